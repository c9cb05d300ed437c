package flows

import (
	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
)

// ConnectorChosen says which connector of the tenant a run is about.
type ConnectorChosen struct {
	ID     string
	Sort   tenant.Sort
	Name   string
	Target string
}

// UpstreamBuilt is the address to which Logto would send the browser, as Logto
// builds it. tenant.Explain takes it apart.
type UpstreamBuilt struct {
	URL         oauth.Secret // holds state and nonce
	RedirectURI string
}

func (ConnectorChosen) body() {}
func (UpstreamBuilt) body()   {}

// chosen is the event that begins a run about a connector.
func chosen(c tenant.Connector) ConnectorChosen {
	return ConnectorChosen{ID: c.ID, Sort: c.Sort, Name: c.Name(), Target: c.Target}
}

// The bodies as they stand on disk.
type (
	connectorChosenWire struct {
		ID     string      `json:"id"`
		Sort   tenant.Sort `json:"sort"`
		Name   string      `json:"name,omitempty"`
		Target string      `json:"target,omitempty"`
	}
	upstreamBuiltWire struct {
		URL         string `json:"url"`
		RedirectURI string `json:"redirect_uri"`
	}
)

func packUpstreamBuilt(b UpstreamBuilt) upstreamBuiltWire {
	return upstreamBuiltWire{URL: b.URL.Reveal(), RedirectURI: b.RedirectURI}
}

func unpackUpstreamBuilt(w upstreamBuiltWire) UpstreamBuilt {
	return UpstreamBuilt{URL: oauth.Secret(w.URL), RedirectURI: w.RedirectURI}
}
