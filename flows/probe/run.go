package probe

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// run is one run of Check setup.
type run struct {
	*sender
	setup   Setup
	profile oauth.Profile
	machine Machine
	nonce   string // makes the codes and URIs of this run ones that cannot exist
	doc     oauth.Metadata
	source  *answer // what the document came with
	group   sync.WaitGroup

	mu   sync.Mutex
	emit func(Row)
	open map[string]bool // rows that are planned and not yet known
}

// Run asks everything that Plan lists and calls emit with each row as soon as it is
// known, one call at a time. It returns when every row has been emitted; when ctx
// ends, the rows that are still open say so at once.
//
// The client is the caller's traced one. Its cookies are not used. The IDs in
// Row.Evidence are those of a trace.Recorder that has recorded nothing before this
// run and records nothing else meanwhile.
func Run(ctx context.Context, client *http.Client, s Setup, m Machine, emit func(Row)) {
	s.Profile = s.Profile.Clone()
	r := &run{
		sender: newSender(client), setup: s, profile: s.Profile, machine: m,
		nonce: random(12), emit: emit, open: map[string]bool{},
	}
	for _, p := range Plan(s) {
		if planned(p.ID, m) {
			r.open[p.ID] = true
		}
	}
	r.checkMachine(ctx)
	if r.profile.Kind.IsLogto() {
		r.group.Go(func() { r.checkExperience(ctx) })
	}
	r.group.Go(func() { r.checkProvider(ctx) })
	r.group.Wait()
	// Whatever is still open was overtaken by the end of the run.
	r.close(cancelled, nil, Groups()...)
}

func planned(id string, m Machine) bool {
	switch id {
	case rowHint:
		return false
	case "machine.port":
		return m.Port != nil
	case "machine.browser":
		return m.Browser != nil
	case "machine.keychain":
		return m.Keychain != nil
	}
	return true
}

// checkProvider asks for the discovery document, and then side by side for what it
// leads to.
func (r *run) checkProvider(ctx context.Context) {
	if r.isLocalhost() {
		r.group.Go(func() { r.checkLocalhost(ctx) })
	}
	a := r.document(ctx, oauth.StepDiscovery, place(r.profile.IssuerID()))
	if ctx.Err() != nil {
		return
	}
	r.reachRows(a)
	r.clockRow(a)
	if !r.discovered(ctx, a) {
		return
	}
	r.group.Go(func() { r.checkKeys(ctx) })
	r.group.Go(func() { r.checkClient(ctx) })
	r.group.Go(func() { r.checkSecret(ctx) })
	r.group.Go(func() { r.checkSignOut(ctx) })
}

// option fills in what a row says beside its reason.
type option func(*Row)

func want(s string) option         { return func(row *Row) { row.Want = s } }
func got(s string) option          { return func(row *Row) { row.Got = s } }
func param(name, v string) option  { return func(row *Row) { row.Params[name] = v } }
func remedy(m fault.Remedy) option { return func(row *Row) { row.Remedy = m } }
func params(m map[string]string) option {
	return func(row *Row) { maps.Copy(row.Params, m) }
}

// by names the requests that prove the row.
func by(answers ...*answer) option {
	return func(row *Row) {
		for _, a := range answers {
			if a == nil {
				continue
			}
			row.Evidence = append(row.Evidence, a.ids...)
			row.Took = max(row.Took, a.took)
		}
		slices.Sort(row.Evidence)
	}
}

// say emits a row once; a row that is not planned, or known already, is not
// emitted. Where a request failed because the run ended, the row says that.
func (r *run) say(id, reason string, options ...option) {
	e := byID[id]
	row := Row{
		ID: id, Group: e.group, Verdict: VerdictOf(id, reason), Reason: reason, Spec: e.spec,
		Params: map[string]string{},
	}
	for _, o := range options {
		o(&row)
	}
	row.Want, row.Got = r.safe(row.Want), r.safe(row.Got)
	for name, value := range row.Params {
		row.Params[name] = r.safe(value)
	}
	row.Params["Want"], row.Params["Got"] = row.Want, row.Got
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.open[id] {
		return
	}
	delete(r.open, id)
	r.emit(row)
}

// close ends all rows of the groups that are still open with one reason: they have
// one cause, which has a row of its own.
func (r *run) close(reason string, a *answer, groups ...Group) {
	for _, e := range catalog {
		if slices.Contains(groups, e.group) && VerdictOf(e.id, reason) != "" {
			r.say(e.id, reason, by(a))
		}
	}
}

// ended reports whether the answer is missing only because the run ended.
func ended(ctx context.Context, answers ...*answer) bool {
	if ctx.Err() == nil {
		return false
	}
	return slices.ContainsFunc(answers, func(a *answer) bool { return a != nil && a.err != nil })
}

// random is n bytes of crypto/rand in hexadecimal.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// seconds is a duration as a person reads it.
func seconds(d time.Duration) string { return d.Round(time.Second).String() }
