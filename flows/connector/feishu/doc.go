// Package feishu holds the bench of Logto's Feishu connector, feishu-web. It signs
// users in at Feishu's passport host, whose address is fixed in Logto; the open
// platform, which Logto never asks, tells the bench what is set up there, and Lark
// whether the app is one of the other cloud.
package feishu

import (
	"time"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

// Bench is the bench. The zero value is ready.
type Bench struct {
	// Patience is how long it waits for one answer. Logto asks with got and sets no
	// limit, so this one is the bench's own. 0: 15 seconds.
	Patience time.Duration
}

var _ connector.Ticker = Bench{}

const (
	defaultPatience = 15 * time.Second

	retries = 2 // of a GET, by got
)

// The paths at the passport host and at the open platform.
const (
	authorizePath = "/suite/passport/oauth/authorize"
	tokenPath     = "/suite/passport/oauth/token" // #nosec G101 -- a path
	userInfoPath  = "/suite/passport/oauth/userinfo"

	tenantTokenPath = "/open-apis/auth/v3/tenant_access_token/internal" // #nosec G101 -- a path
	applicationPath = "/open-apis/application/v6/applications/"
)

// Rows implements connector.Bench.
func (Bench) Rows() connector.Catalog { return rows }

// Ticks implements connector.Ticker.
func (Bench) Ticks() connector.Catalog { return ticks }

// Faults implements connector.Bench.
func (Bench) Faults() []fault.Code { return codes() }

func (b Bench) hop(d connector.Desk, s connector.Setup) *hop {
	h := &hop{Desk: d, setup: s, config: s.Config, patience: b.Patience}
	if h.patience == 0 {
		h.patience = defaultPatience
	}
	return h
}
