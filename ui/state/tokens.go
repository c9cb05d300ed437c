package state

import (
	"slices"
	"time"

	"signbench/flows"
	"signbench/flows/check"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// Trust says how far a token may be believed.
type Trust string

// The degrees of trust. They never look the same on the screen.
const (
	DecodedOnly  Trust = "decoded"       // read, and nothing of it verified
	Rejected     Trust = "rejected"      // verified, and refused
	SetAside     Trust = "set_aside"     // refused, or not to be relied on, and the run was told to go on
	Verified     Trust = "verified"      // every check passed in a run of this window
	VerifiedThen Trust = "verified_then" // every check passed when it was brought; read from the keychain since
)

// Tokens is what the Tokens page shows.
type Tokens struct {
	Set      oauth.TokenSet
	Decoded  flows.Decoded
	Trust    Trust
	Verified time.Time // when, for VerifiedThen
	Reports  []Report
	UserInfo *oauth.UserInfo
	SetAside []oauth.Allowance // the rules that a session was brought without
	Failed   bool              // they come from a run that failed: there is no session with them
}

// Results is the report on that subject.
func (t Tokens) Results(subject string) check.Report {
	for _, r := range t.Reports {
		if r.Subject == subject {
			return r.Results
		}
	}
	return nil
}

// Tokens are the tokens to show: those of a failed run where there are any, since
// they are what is being looked for; else those of the session.
func (b Bench) Tokens() (Tokens, bool) {
	if r := b.Run; r != nil && r.Tokens != nil && (r.Running() || r.Failed()) {
		t := Tokens{
			Set: r.Tokens.Tokens, Decoded: r.Tokens.Decoded, Trust: DecodedOnly, Reports: r.Reports,
			UserInfo: r.UserInfo, Failed: !r.Running(),
		}
		if report := t.Results("id_token"); report != nil {
			t.Trust = trustOf(report, r.Reports)
		}
		return t, true
	}
	if s := b.Session; s != nil {
		t := Tokens{Set: s.Tokens, Decoded: s.Decoded, Trust: Verified, Reports: s.Reports, UserInfo: s.UserInfo, Verified: s.VerifiedAt, SetAside: s.SetAside}
		if s.Restored && b.Run != nil && b.Run.brought(s.Session) {
			t.Reports = b.Run.Reports // kept with the run, as its checks said then
		}
		switch {
		case len(s.SetAside) > 0:
			t.Trust = SetAside
		case s.VerifiedAt.IsZero():
			t.Trust = DecodedOnly
		case s.Restored:
			t.Trust = VerifiedThen
		}
		return t, true
	}
	return Tokens{}, false
}

// trustOf is how far the checks of an ID token let it be believed. Where a check of
// anything before it was set aside, the token is not verified either.
func trustOf(idToken check.Report, reports []Report) Trust {
	aside := func(r Report) bool {
		return slices.ContainsFunc(r.Results, func(res check.Result) bool { return res.SetAside })
	}
	refused := func(res check.Result) bool { return res.Verdict == check.Fail && !res.SetAside }
	switch {
	case slices.ContainsFunc(idToken, refused):
		return Rejected
	case slices.ContainsFunc(reports, aside):
		return SetAside
	}
	return Verified
}

// brought reports whether the run is the one that brought the session.
func (r *Run) brought(s oauth.Session) bool {
	return r.Tokens != nil && r.Tokens.Tokens.ReceivedAt.Equal(s.Tokens.ReceivedAt)
}

// User is the name by which a person would know who is signed in: from the ID
// token, or from the user info, where many providers put the names alone.
func (s *Session) User() string {
	places := []*jose.Object{s.Decoded.ID.Claims}
	if s.UserInfo != nil {
		if o, err := jose.ParseObject(s.UserInfo.Claims); err == nil {
			places = append(places, o)
		}
	}
	for _, claim := range []string{"name", "preferred_username", "username", "email", "sub"} {
		for _, o := range places {
			if o == nil {
				continue
			}
			if v, ok := o.String(claim); ok && v != "" {
				return v
			}
		}
	}
	return ""
}

// ExpiresAt is when the signed-in state ends: the expiry of the ID token, which is
// what an application goes by. Zero when the token does not say.
func (s *Session) ExpiresAt() time.Time {
	if s.Decoded.ID.Claims == nil {
		return time.Time{}
	}
	exp, _ := s.Decoded.ID.Claims.Time("exp")
	return exp
}
