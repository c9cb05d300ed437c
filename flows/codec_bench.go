package flows

import (
	"encoding/json"

	"signbench/flows/connector"
)

// The bodies of runs on a connector bench as they stand on disk.
type (
	benchedWire struct {
		Kind        connector.Kind    `json:"kind"`
		Config      textWire          `json:"config"`
		ConnectorID string            `json:"connector_id,omitempty"`
		Origin      string            `json:"origin,omitempty"`
		RedirectURI string            `json:"redirect_uri,omitempty"`
		Domains     []string          `json:"domains,omitempty"`
		Addresses   map[string]string `json:"addresses,omitempty"`
		To          string            `json:"to,omitempty"`
	}
	messageSeenWire struct {
		SID       string `json:"sid"`
		Status    string `json:"status"`
		To        string `json:"to,omitempty"`
		From      string `json:"from,omitempty"`
		Body      string `json:"body,omitempty"`
		Segments  string `json:"num_segments,omitempty"`
		ErrorCode int    `json:"error_code,omitempty"`
		Error     string `json:"error_message,omitempty"`
	}
	mappedWire struct {
		Fields  []connector.Field   `json:"fields,omitempty"`
		Dropped []connector.Dropped `json:"dropped,omitempty"`
		Raw     textWire            `json:"raw"`
	}
)

func packBenched(b Benched) benchedWire {
	return benchedWire{
		Kind: b.Kind, Config: packText(b.Config), ConnectorID: b.ConnectorID, Origin: b.Origin,
		RedirectURI: b.RedirectURI, Domains: b.Domains, Addresses: b.Addresses, To: b.To,
	}
}

func unpackBenched(w benchedWire) Benched {
	return Benched{
		Kind: w.Kind, Config: json.RawMessage(w.Config.unpack()), ConnectorID: w.ConnectorID, Origin: w.Origin,
		RedirectURI: w.RedirectURI, Domains: w.Domains, Addresses: w.Addresses, To: w.To,
	}
}

func packMapped(b Mapped) mappedWire {
	return mappedWire{Fields: b.Profile.Fields, Dropped: b.Profile.Dropped, Raw: packText(b.Profile.Raw)}
}

func unpackMapped(w mappedWire) Mapped {
	return Mapped{Profile: connector.Profile{Fields: w.Fields, Dropped: w.Dropped, Raw: json.RawMessage(w.Raw.unpack())}}
}
