package probe

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// discovered reads the discovery document and says what is to be said of it. False:
// there is none, and every row that needs one has been told.
func (r *run) discovered(ctx context.Context, a *answer) bool {
	if a.err != nil && a.status == 0 {
		return false // reachRows has said so
	}
	if !parses(a, &r.doc) {
		r.elsewhere(ctx, a)
		if ctx.Err() == nil {
			r.close(noDiscovery, a, Discovery, Keys, Client, Secret, SignOut)
		}
		return false
	}
	r.doc.Raw, r.source = json.RawMessage(a.body), a
	r.say("discovery.found", "found", got(bare(a.target)), by(a))
	r.documentRows(a)
	return true
}

// parses reads an answer that must be a JSON object with an issuer or an endpoint.
func parses(a *answer, doc *oauth.Metadata) bool {
	if a.err != nil || a.status != http.StatusOK || json.Unmarshal(a.body, doc) != nil {
		return false
	}
	return doc.Issuer != "" || doc.AuthorizationEndpoint != ""
}

// unusable says why an answer is not the document that it should be.
func unusable(a *answer) string {
	body := bytes.ToLower(bytes.TrimSpace(a.body[:min(len(a.body), 256)]))
	page := strings.Contains(a.header.Get("Content-Type"), "text/html") ||
		bytes.HasPrefix(body, []byte("<!doctype html")) || bytes.HasPrefix(body, []byte("<html"))
	switch {
	case a.status == http.StatusNotFound:
		return "not_found"
	case page:
		return "html"
	case a.status != http.StatusOK:
		return "status"
	}
	return "not_json"
}

// elsewhere asks at the other places where people's addresses lead to, and says
// which of them has a document.
func (r *run) elsewhere(ctx context.Context, first *answer) {
	places := places(r.profile.IssuerID())
	answers := make([]*answer, len(places))
	done := make(chan int, len(places))
	for i, p := range places {
		go func() {
			answers[i] = r.document(ctx, StepReach, p)
			done <- i
		}()
	}
	for range places {
		<-done
	}
	if ctx.Err() != nil {
		return
	}
	all := append([]*answer{first}, answers...)
	for i, a := range answers {
		var doc oauth.Metadata
		if !parses(a, &doc) {
			continue
		}
		use := remedy(fault.EditEndpoint)
		if !r.profile.Kind.IsLogto() {
			use = remedy(fault.UseIssuer)
		}
		r.say("discovery.found", "elsewhere", want(bare(first.target)), got(bare(places[i])), by(all...),
			param("found_issuer", doc.Issuer), param("Issuer", doc.Issuer), use)
		return
	}
	r.say("discovery.found", unusable(first), got(bare(first.target)), by(all...), remedy(fault.EditEndpoint),
		param("Status", strconv.Itoa(first.status)))
}

// places are the other addresses where a document may be: the issuer with and
// without /oidc, without its path, with what was pasted once too often taken off, in
// the form of Discovery 1.0 (appended) and of RFC 8414 3 (inserted before the path).
func places(issuer string) []string {
	u, err := url.Parse(issuer)
	if err != nil || u.Host == "" {
		return nil
	}
	root := u.Scheme + "://" + u.Host
	path := strings.TrimSuffix(u.Path, "/")
	inserted := func(name string) string { return root + "/.well-known/" + name + path }
	out := []string{inserted("oauth-authorization-server"), inserted("openid-configuration")}
	if before, _, pasted := strings.Cut(path, "/.well-known/"); pasted {
		out = append(out, root+before+wellKnown)
	}
	if before, ok := strings.CutSuffix(path, "/oidc"); ok {
		out = append(out, root+before+wellKnown)
		if again, ok := strings.CutSuffix(before, "/oidc"); ok {
			out = append(out, root+again+"/oidc"+wellKnown)
		}
	} else {
		out = append(out, root+path+"/oidc"+wellKnown)
	}
	out = append(out, root+wellKnown, root+"/oidc"+wellKnown, root+path+"/v2.0"+wellKnown)
	var unique []string
	for _, p := range out {
		if p != place(issuer) && !slices.Contains(unique, p) {
			unique = append(unique, p)
		}
	}
	return unique[:min(len(unique), 8)]
}

// documentRows sums up check.Discovery: what stops a flow fails, what only departs
// from the letter warns.
func (r *run) documentRows(a *answer) {
	issuer := r.profile.IssuerID()
	report := check.Discovery(issuer, r.doc)
	scheme := r.schemeRow(a)
	var broken, departs, noRS256 []string
	for _, res := range report {
		name := strings.TrimPrefix(res.ID, "discovery.")
		switch {
		case res.ID == "discovery.issuer":
			r.issuerRow(a, res)
		case res.Verdict == check.Fail:
			broken = append(broken, name+": "+res.Reason)
		case res.Verdict == check.Warn && res.Reason == check.NoRS256:
			noRS256 = append(noRS256, res.Got)
		case res.Verdict == check.Warn && (res.Reason != check.NotHTTPS || scheme):
			departs = append(departs, name+": "+res.Reason)
		}
	}
	if len(broken) > 0 {
		r.say("discovery.required", "broken", got(strings.Join(broken, ", ")), by(a))
	} else {
		r.say("discovery.required", "complete", by(a))
	}
	switch {
	case len(departs) > 0:
		r.say("discovery.recommended", "departs", got(strings.Join(departs, ", ")), by(a))
	case len(noRS256) > 0:
		r.say("discovery.recommended", "without_rs256", got(strings.Join(noRS256, ", ")), by(a))
	default:
		r.say("discovery.recommended", "followed", by(a))
	}
	r.hostsRow(a)
}

func (r *run) issuerRow(a *answer, res check.Result) {
	if res.Verdict == check.Pass {
		r.say("discovery.issuer", "equal", want(res.Want), got(res.Got), by(a))
		return
	}
	use := remedy(fault.EditEndpoint)
	if !r.profile.Kind.IsLogto() && res.Got != "" {
		use = remedy(fault.UseIssuer)
	}
	r.say("discovery.issuer", res.Reason, want(res.Want), got(res.Got), by(a), use, param("found_issuer", res.Got))
}

// endpoints are the members of the document that hold an address.
func (r *run) endpoints() map[string]string {
	m := map[string]string{
		"issuer": r.doc.Issuer, "authorization_endpoint": r.doc.AuthorizationEndpoint, "token_endpoint": r.doc.TokenEndpoint,
		"userinfo_endpoint": r.doc.UserInfoEndpoint, "jwks_uri": r.doc.JWKSURI,
		"end_session_endpoint": r.doc.EndSessionEndpoint, "revocation_endpoint": r.doc.RevocationEndpoint,
	}
	for name, v := range m {
		if v == "" {
			delete(m, name)
		}
	}
	return m
}

// schemeRow looks for http in a document that was fetched by https: a proxy ended
// TLS and the provider was not told (X-Forwarded-Proto).
func (r *run) schemeRow(a *answer) bool {
	if !strings.HasPrefix(a.target, "https:") {
		r.say("discovery.scheme", "consistent", by(a))
		return true
	}
	var plain []string
	for name, v := range r.endpoints() {
		if strings.HasPrefix(v, "http:") {
			plain = append(plain, name)
		}
	}
	if len(plain) == 0 {
		r.say("discovery.scheme", "consistent", by(a))
		return true
	}
	slices.Sort(plain)
	r.say("discovery.scheme", "http_behind_tls", got(strings.Join(plain, ", ")), by(a))
	return false
}

// hostsRow names other hosts. With Logto they mean a wrong ENDPOINT; elsewhere they
// are common, and only worth knowing.
func (r *run) hostsRow(a *answer) {
	own := hostOf(a.target)
	var others []string
	for _, v := range r.endpoints() {
		if h := hostOf(v); h != own && !slices.Contains(others, h) {
			others = append(others, h)
		}
	}
	slices.Sort(others)
	switch {
	case len(others) == 0:
		r.say("discovery.hosts", "one", got(own), by(a))
	case r.profile.Kind.IsLogto():
		r.say("discovery.hosts", "other_hosts", want(own), got(strings.Join(others, ", ")), by(a))
	default:
		r.say("discovery.hosts", "several", want(own), got(strings.Join(others, ", ")), by(a))
	}
}
