package probe

import (
	"context"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"

	"signbench/flows/fault"
)

// nearLimit bounds how many variants of a redirect URI are tried.
const nearLimit = 8

// unregistered, after a refusal that is or may be about the redirect URI, looks for a variant of the redirect URI that is registered: what
// people mistype is a slash, the scheme, localhost for 127.0.0.1, the port, the path.
func (r *run) unregistered(ctx context.Context, uri string, own reply) {
	variants := near(uri)
	replies := make([]reply, len(variants))
	var side sync.WaitGroup
	for i, v := range variants {
		side.Go(func() {
			replies[i] = r.authorize(ctx, authorization{redirectURI: v, challenge: "S256", silent: true})
		})
	}
	side.Wait()
	answers := []*answer{own.answer}
	var found []string
	for i, p := range replies {
		answers = append(answers, p.answer)
		if p.Accepted() {
			found = append(found, variants[i])
		}
	}
	if ctx.Err() != nil {
		return
	}
	switch {
	case len(found) == 0 && !wrongRedirect(own): // an error page without words may be about anything
		r.say("redirect_uri.registered", unclear, got(own.Words()), by(answers...))
		r.say("client.known", unclear, got(own.Words()), by(answers...))
		return
	case len(found) == 0:
		r.say("redirect_uri.registered", "not_registered", got(uri), by(answers...),
			param("redirect_uri", uri), remedy(fault.CopyRedirectURI))
		return
	}
	r.say("client.known", "known", got(r.profile.Client.ID), by(answers...))
	r.say("redirect_uri.registered", "near_variant", want(uri), got(found[0]), by(answers...),
		param("redirect_uri", uri), param("Registered", strings.Join(found, " ")), remedy(fault.CopyRedirectURI))
}

// near lists variants of a redirect URI, the likeliest first, and at most nearLimit.
func near(uri string) []string {
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" {
		return nil
	}
	var out []string
	add := func(change func(*url.URL)) {
		v := *u
		change(&v)
		if s := v.String(); s != uri && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	add(func(v *url.URL) { v.RawQuery = "" })
	add(func(v *url.URL) { // the slash
		if v.Path == "" || strings.HasSuffix(v.Path, "/") {
			v.Path = strings.TrimSuffix(v.Path, "/")
		} else {
			v.Path += "/"
		}
	})
	for _, host := range hosts(u) {
		add(func(v *url.URL) { v.Host = host })
	}
	add(func(v *url.URL) { v.Path = "/callback" })
	for _, port := range ports(u) {
		add(func(v *url.URL) { v.Host = net.JoinHostPort(v.Hostname(), port) })
	}
	add(func(v *url.URL) { // the scheme
		switch v.Scheme {
		case "http":
			v.Scheme = "https"
		case "https":
			v.Scheme = "http"
		}
	})
	add(func(v *url.URL) { v.Path = "/" })
	return out[:min(len(out), nearLimit)]
}

// hosts are the other names of loopback, and www. for a name of the Internet.
func hosts(u *url.URL) []string {
	loops := []string{"localhost", "127.0.0.1", "::1"}
	var out []string
	if u.Scheme != "http" && u.Scheme != "https" { // a custom scheme has no host, RFC 8252 7.1
		return nil
	}
	if !slices.Contains(loops, u.Hostname()) {
		if rest, ok := strings.CutPrefix(u.Host, "www."); ok {
			return []string{rest}
		}
		return []string{"www." + u.Host}
	}
	for _, name := range loops {
		switch {
		case name == u.Hostname():
		case u.Port() != "":
			out = append(out, net.JoinHostPort(name, u.Port()))
		case name == "::1":
			out = append(out, "[::1]")
		default:
			out = append(out, name)
		}
	}
	return out
}

// ports are those of the tutorials: Logto's samples on 3000, Flask's on 5000.
func ports(u *url.URL) []string {
	if !loopback(u.Hostname()) {
		return nil
	}
	return slices.DeleteFunc([]string{"3000", "5000"}, func(p string) bool { return p == u.Port() })
}
