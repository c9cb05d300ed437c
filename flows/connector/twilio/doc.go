// Package twilio holds the bench of the Twilio SMS connector. Check looks at the
// account, the messaging service, its senders, their registrations and the
// permission for a country without sending anything. SendTest makes Logto's own
// request, once and only when it is called, and follows the message to its end:
// Logto takes every answer of 2xx for success and never looks again.
package twilio

import (
	"context"
	"time"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

// Bench is the bench of the Twilio SMS connector.
type Bench struct{}

var _ connector.Messenger = Bench{}

// patience is how long one request may take. Logto's library waits for ever: the
// bench stands in for the user's patience.
const patience = 15 * time.Second

// Rows implements connector.Bench.
func (Bench) Rows() connector.Catalog { return rows }

// Faults implements connector.Bench.
func (Bench) Faults() []fault.Code { return codes() }

// Check implements connector.Bench. It makes at most nine requests and one more for
// each toll-free number, none of which sends or changes anything.
func (Bench) Check(ctx context.Context, d connector.Desk, s connector.Setup) { check(ctx, d, s) }

// SendTest implements connector.Messenger.
func (Bench) SendTest(ctx context.Context, d connector.Desk, s connector.Setup, m connector.Message) ([]fault.Fault, error) {
	return send(ctx, d, s, m)
}
