package flows

import (
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// Imported tells a recording of somebody else's sign-in as the events of a run, so
// that it shows on the same pages with the same explanations. What only the
// program that signed in can know, such as which state it sent, is not judged.
func Imported(name string, exchanges []*trace.Exchange) []Event {
	id := oauth.NewRunID()
	profile := oauth.Profile{ID: oauth.ProfileID("recording"), Name: name, Kind: oauth.KindOIDC}
	var events []Event
	add := func(at time.Time, b Body) {
		events = append(events, Event{Run: id, Profile: profile.ID, Seq: len(events), At: at, Body: b})
	}
	var begin, end time.Time
	if len(exchanges) > 0 {
		begin, end = exchanges[0].Started, exchanges[len(exchanges)-1].Started
	}
	for _, ex := range exchanges {
		if ex.Step == oauth.StepAuthorize {
			profile.Client = clientOf(ex.Request.URL)
		}
	}
	var metadata *oauth.Metadata
	var faults []fault.Fault
	var bodies []Body
	for _, ex := range exchanges {
		bodies = append(bodies, Exchanged{Exchange: ex})
		if f, wrong := examine(profile, ex); wrong {
			faults = append(faults, f)
		}
		switch {
		case ex.Response == nil:
		case ex.Step == oauth.StepDiscovery:
			var doc oauth.Metadata
			if json.Unmarshal(ex.Response.Body.Bytes, &doc) == nil && doc.Issuer != "" {
				doc.Raw, profile.Issuer, metadata = ex.Response.Body.Bytes, doc.Issuer, &doc
			}
		case ex.Step == oauth.StepToken || ex.Step == oauth.StepRefresh:
			if tokens, ok := tokensOf(ex); ok {
				bodies = append(bodies, TokensReceived{Tokens: tokens, Decoded: Decode(tokens)})
			}
		}
	}
	add(begin, Started{Scenario: oauth.ScenarioImported, Profile: profile})
	if metadata != nil {
		add(begin, Discovered{Metadata: *metadata})
	}
	for _, b := range bodies {
		at := end
		if e, ok := b.(Exchanged); ok {
			at = e.Exchange.Started
		}
		add(at, b)
	}
	ended := Ended{Outcome: OK, Faults: told(profile, metadata, faults)}
	if len(faults) > 0 {
		ended.Outcome, ended.Step = Failed, ended.Faults[0].Step
	}
	add(end, ended)
	return events
}

// told puts the faults of a recording in the order of their causes and says in
// whose console they are mended.
func told(p oauth.Profile, metadata *oauth.Metadata, faults []fault.Fault) []fault.Fault {
	if metadata == nil {
		metadata = &oauth.Metadata{}
	}
	vendor := fault.VendorOf(p, *metadata)
	out := fault.Order(faults)
	for i := range out {
		out[i].Vendor = vendor.For(out[i].Code)
	}
	return out
}

// clientOf reads the registration out of an authorization request.
func clientOf(raw string) oauth.Client {
	u, err := url.Parse(raw)
	if err != nil {
		return oauth.Client{}
	}
	q := u.Query()
	return oauth.Client{ID: q.Get("client_id"), RedirectURI: q.Get("redirect_uri")}
}

// tokensOf reads a token response.
func tokensOf(ex *trace.Exchange) (oauth.TokenSet, bool) {
	var body struct {
		AccessToken  string `json:"access_token"`
		TokenType    string `json:"token_type"`
		RefreshToken string `json:"refresh_token"`
		IDToken      string `json:"id_token"`
		Scope        string `json:"scope"`
	}
	if json.Unmarshal(ex.Response.Body.Bytes, &body) != nil || body.AccessToken == "" && body.IDToken == "" {
		return oauth.TokenSet{}, false
	}
	return oauth.TokenSet{
		AccessToken: oauth.Secret(body.AccessToken), TokenType: body.TokenType, RefreshToken: oauth.Secret(body.RefreshToken),
		IDToken: oauth.Secret(body.IDToken), Scope: body.Scope, ReceivedAt: ex.Started,
	}, true
}

// examine says what an exchange shows to be wrong by itself.
func examine(p oauth.Profile, ex *trace.Exchange) (fault.Fault, bool) {
	f, wrong := judged(p, ex)
	f.Evidence = []int{ex.ID}
	return f, wrong
}

func judged(p oauth.Profile, ex *trace.Exchange) (fault.Fault, bool) {
	if ex.Err != nil {
		return fault.Transport(ex.Step, ex.Request.URL, ex.Err), true
	}
	switch ex.Step {
	case oauth.StepCallback:
		_, query, _ := strings.Cut(ex.Request.URL, "?")
		query, _, _ = strings.Cut(query, "#")
		params, err := url.ParseQuery(query)
		if err != nil || params.Get("error") == "" {
			return fault.Fault{}, false
		}
		return fault.FromErrorResponse(ex.Step, p, fault.ErrorResponse{
			Code: params.Get("error"), Description: params.Get("error_description"), URI: params.Get("error_uri"),
		}), true
	case oauth.StepReturn:
		return fault.Fault{}, false // the page of an application, whatever it answers
	default:
		if ex.Response == nil || ex.Response.Status < 400 {
			return fault.Fault{}, false
		}
		if answer, ok := fault.ReadErrorResponse(ex.Response); ok && ex.Step != oauth.StepDiscovery && ex.Step != oauth.StepJWKS {
			return fault.FromErrorResponse(ex.Step, p, answer), true
		}
		return fault.Unusable(ex.Step, ex.Request.URL, ex.Response, false)
	}
}
