package oidc

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"signbench/flows/connector"
	"signbench/flows/jose"
)

// keys are fetched and looked at as the verification will.
func (c *checking) keys(ctx context.Context) {
	if c.jwksURI == "" {
		return
	}
	set, a := c.fetchKeys(ctx)
	if ctx.Err() != nil {
		return
	}
	if a.Status() != 0 {
		c.clock(a)
	}
	switch what := readKeys(a); what {
	case "":
	case unsent:
		c.Say(rowKeys, "unreachable", a.IDs, "URL", c.jwksURI, "Got", c.cause(c.jwksURI, a))
		c.Say(rowAlgorithms, connector.NoAnswer, a.IDs)
		c.Say(rowClock, connector.NoAnswer, a.IDs)
		return
	default:
		c.Say(rowKeys, strings.TrimPrefix(what, "keys_"), a.IDs, "URL", c.jwksURI, "Status", a.StatusText(), "Got", a.Told())
		c.Say(rowAlgorithms, connector.NoAnswer, a.IDs)
		return
	}
	usable := slices.DeleteFunc(slices.Clone(set.Keys), func(k jose.Key) bool { return !k.Usable })
	switch {
	case len(set.Keys) == 0:
		c.Say(rowKeys, "empty", a.IDs, "URL", c.jwksURI)
	case len(usable) == 0:
		c.Say(rowKeys, "none_usable", a.IDs, "URL", c.jwksURI, "Got", set.Keys[0].Problem)
	default:
		c.Say(rowKeys, "usable", a.IDs, "Count", strconv.Itoa(len(usable)))
		c.algorithmRow(set, a.IDs)
		return
	}
	c.Say(rowAlgorithms, connector.NoAnswer, a.IDs)
}

// clock compares the provider's clock with this machine's, by the Date header, which
// is exact to a second. Logto tolerates nothing at exp, and single sign-on ten
// minutes at iat.
func (c *checking) clock(a connector.Answer) {
	date, err := http.ParseTime(a.Response.Header.Get("Date"))
	if err != nil {
		c.Say(rowClock, "no_date", a.IDs)
		return
	}
	skew := date.Sub(a.Started.Add(a.Instants.Done)).Round(time.Second)
	reason := "exact"
	switch {
	case skew.Abs() > window:
		reason = "far"
	case skew.Abs() > time.Minute:
		reason = "skewed"
	}
	c.Say(rowClock, reason, a.IDs, "Got", skew.String())
}

// algorithmRow asks whether each algorithm that the provider may sign with has one
// key. jose refuses a token for which several keys fit, and they do where neither
// they nor the token have a key ID.
func (c *checking) algorithmRow(set jose.KeySet, ids []int) {
	want := c.config.Strings(verification + "algorithms")
	if len(want) == 0 && c.doc != nil {
		want = c.doc.IDTokenAlgs
	}
	if len(want) == 0 {
		c.Say(rowAlgorithms, "unstated", ids)
		return
	}
	var uncovered []string
	for _, alg := range want {
		if jose.AlgClass(alg) != "asymmetric" {
			continue
		}
		fit := set.Candidates(jose.Token{Form: jose.JWS, Header: jose.Header{Alg: alg}})
		nameless := slices.ContainsFunc(fit, func(k jose.Key) bool { return k.KID == "" })
		switch {
		case len(fit) == 0:
			uncovered = append(uncovered, alg)
		case len(fit) > 1 && nameless:
			c.Say(rowAlgorithms, "ambiguous", ids, "Got", alg, "Count", strconv.Itoa(len(fit)))
		}
	}
	if len(uncovered) > 0 {
		c.Say(rowAlgorithms, "uncovered", ids, "Got", strings.Join(uncovered, ", "))
	}
	c.Say(rowAlgorithms, "covered", ids, "Got", strings.Join(want, ", "))
}
