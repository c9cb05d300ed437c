package tenant

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"time"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// Examination is what can be known of a connector of a tenant without a user: what
// Logto would send upstream, and what the first page there says to it. It is a bench
// whose configuration is in the tenant.
type Examination struct {
	Connector Connector
	Patience  time.Duration                                   // of one request
	Enter     func(ctx context.Context) (*Visit, Entrance)    // to the sign-in page
	Built     func(upstream oauth.Secret, redirectURI string) // is told each address that Logto builds
}

var _ connector.Bench = Examination{}

// Setup is what the examination is run with: its rows are of no kind of connector.
func (Examination) Setup() connector.Setup { return connector.Setup{Kind: kind} }

// Faults implements connector.Bench: it finds rows only.
func (Examination) Faults() []fault.Code { return nil }

// Rows implements connector.Bench with the rows that apply to the connector.
func (e Examination) Rows() connector.Catalog {
	return slices.DeleteFunc(Rows(), func(row connector.Entry) bool {
		switch row.ID {
		case connector.RowID(kind, rowDiscovery):
			return e.Connector.Sort != SSO
		case connector.RowID(kind, rowAccount), connector.RowID(kind, rowOther), connector.RowID(kind, rowOtherAccount):
			return !slices.ContainsFunc(e.questions(), func(q question) bool { return connector.RowID(kind, q.row) == row.ID })
		}
		return false
	})
}

// question is a redirect URI that is to be tried.
type question struct{ row, uri string }

// questions are the callbacks for browsers, in the rows that they have: those of the
// endpoint, and those of the issuer where that is at another origin.
func (e Examination) questions() []question {
	rows := map[Use][]string{ForSignIn: {rowSignIn, rowOther}, ForAccount: {rowAccount, rowOtherAccount}}
	var out []question
	for _, c := range e.Connector.Callbacks {
		if free := rows[c.Use]; len(free) > 0 {
			out = append(out, question{free[0], c.URI})
			rows[c.Use] = free[1:]
		}
	}
	return out
}

// Check implements connector.Bench. The questions are asked one after the other: all
// are of one visit, of which Logto keeps one record.
func (e Examination) Check(ctx context.Context, d connector.Desk, s connector.Setup) {
	x := &examining{Examination: e, Sheet: connector.NewSheet(s, e.Rows(), d.Emit), desk: d}
	defer x.Close(ctx, connector.NoAnswer)
	visit, entrance := e.Enter(ctx)
	if entrance.Reason == Overtaken {
		return
	}
	x.Say(rowApp, entrance.Reason, entrance.Evidence, "Got", toldBy(entrance.Fault))
	if visit == nil {
		return
	}
	for _, q := range e.questions() {
		if begun := visit.AuthorizationURI(ctx, e.Connector, random(), q.uri); ctx.Err() != nil || !x.urlRow(ctx, begun, q) {
			return
		}
	}
}

// toldBy is a fault in one line.
func toldBy(f *fault.Fault) string {
	if f == nil {
		return ""
	}
	for _, name := range []string{"Description", "Words", "Error", "Cause"} {
		if v := f.Params[name]; v != "" {
			return v
		}
	}
	return string(f.Code)
}

type examining struct {
	Examination
	*connector.Sheet
	desk connector.Desk
}

// urlRow says what Logto built, and goes there. It reports whether it is worth while
// to ask for another.
func (x *examining) urlRow(ctx context.Context, b Begun, q question) bool {
	target, err := url.Parse(b.URL.Reveal())
	switch said, told := Say(b.Answer); {
	case b.Status() == 0:
		x.Say(rowURL, connector.NoConnection, b.IDs)
	case told:
		x.Say(rowURL, "refused", b.IDs, "Status", b.StatusText(), "Code", said.Code, "Got", toldBy(faultOf(b)))
		if x.Connector.Sort == SSO && said.Code == "connector.invalid_config" {
			x.unseen(ctx, said, b.IDs)
		}
	case !b.OK() || b.ID == "":
		x.Say(rowURL, NoAPI, b.IDs, "Status", b.StatusText())
	case err != nil || target.Host == "":
		x.Say(rowURL, "no_address", b.IDs, "Got", Bare(b.URL))
	default:
		x.Say(rowURL, "built", b.IDs, "Got", Bare(b.URL))
		x.Built(b.URL, q.uri)
		x.upstream(ctx, b, target, q)
		return ctx.Err() == nil
	}
	return false
}

func faultOf(b Begun) *fault.Fault {
	f := Fault(StepExperience, "", b.Answer)
	return &f
}

// upstream makes the request that Logto's page would send the browser to.
func (x *examining) upstream(ctx context.Context, b Begun, target *url.URL, q question) {
	query := target.Query()
	if query.Has("SAMLRequest") {
		for _, row := range []string{rowDiscovery, rowClient, q.row, rowPKCE} {
			x.Say(row, speaksSAML, b.IDs, "URI", SAMLConsumerURL(strings.TrimSuffix(q.uri, "/callback/"+x.Connector.ID), x.Connector.ID))
		}
		return
	}
	if x.Connector.Sort == SSO && !x.Said(rowDiscovery) {
		x.seen(ctx, target, b.IDs)
	}
	g := connector.GlanceAt(ctx, x.desk.Client, b.URL.Reveal(), q.uri, x.Patience)
	if ctx.Err() == nil {
		x.redirectRow(g, q)
		x.clientRows(g, query.Get("client_id"))
	}
}

func (x *examining) redirectRow(g connector.Glance, q question) {
	reason, remedy := unclear, fault.NoRemedy
	switch {
	case g.Seen == probe.Unsent:
		reason = connector.NoConnection
	case x.unregistered(g):
		reason, remedy = "not_registered", fault.CopyRedirectURI
	case x.taken(g):
		reason = "registered"
	case g.Stranger():
		reason = notReached
	}
	x.SayWith(q.row, reason, remedy, g.IDs, "URI", q.uri, "redirect_uri", q.uri, "Status", g.Answer.StatusText(), "Got", g.Refusal())
}

// clientRows say it once for all redirect URIs, by the first that gets so far.
func (x *examining) clientRows(g connector.Glance, clientID string) {
	got := g.Refusal()
	switch {
	case x.taken(g), x.unregistered(g):
		x.Say(rowClient, "known", g.IDs, "ClientID", clientID)
	case g.Stranger():
		x.Say(rowClient, "unknown_client", g.IDs, "ClientID", clientID, "Got", got)
	case g.Seen == probe.Unsent:
		x.Say(rowClient, connector.NoConnection, g.IDs)
	default:
		x.Say(rowClient, unclear, g.IDs, "ClientID", clientID, "Got", got)
	}
	switch {
	case connector.WantsPKCE(g.Code, g.Description):
		x.Say(rowPKCE, "required", g.IDs, "Got", got)
	case x.taken(g) && g.Code == "":
		x.Say(rowPKCE, "not_required", g.IDs)
	case g.Seen == probe.Refused:
		x.Say(rowPKCE, notReached, g.IDs)
	default:
		x.Say(rowPKCE, unclear, g.IDs, "Got", got)
	}
}

// random is a state of nobody.
func random() oauth.Secret {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return oauth.Secret(base64.RawURLEncoding.EncodeToString(b[:]))
}
