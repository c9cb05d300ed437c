package terminal

import (
	"bytes"
	"encoding/json"
	"strings"

	"signbench/flows/check"
	"signbench/flows/inspect"
	"signbench/ui/text"
)

// inspected tells what a document is and what it says.
func (v *voice) inspected(d inspect.Document) {
	title := text.T("inspect.kind." + string(d.Kind))
	if d.Where != "" {
		title += v.paint.in(dim, " · "+d.Where)
	}
	v.line(0, v.paint.in(bold, title))
	for _, n := range d.Notes {
		v.line(1, v.paint.in(dim, text.T("inspect.note."+n.Code, text.Params(n.Params))))
	}
	for _, p := range d.Token.Problems {
		v.line(1, v.mark("warn")+text.Flaw(string(p.Code), p.Where, p.Member))
	}
	if d.Signed() || d.Encrypted() {
		v.json("header", d.Token.Header.Raw)
		v.json("payload", d.Token.Payload)
	}
	for _, m := range d.Members {
		v.line(1, pad(m.Name, 24)+v.paint.in(dim, text.Member(string(d.Kind), m.Name)))
	}
	for _, k := range d.Keys.Keys {
		outcome := "pass"
		if !k.Usable {
			outcome = "fail"
		}
		what := strings.Join(strings.Fields(k.KID+" "+k.Kty+" "+k.Crv+" "+k.Alg), " ")
		v.line(1, v.mark(outcome)+strings.TrimSpace(what+" "+k.Thumbprint)+v.paint.in(dim, ": ")+text.KeyState(k.Usable, k.Problem))
	}
	if d.Title != "" || d.Words != "" {
		v.line(1, strings.TrimSpace(d.Title+"\n"+d.Words))
	}
}

// checked tells what a check found. A value that its sentence leaves out stands behind it.
func (v *voice) checked(r check.Result) {
	key, outcome := "check."+r.ID+"."+r.Reason, string(r.Verdict)
	switch r.Verdict {
	case check.Pass:
		key = "check." + r.ID + ".pass"
	case check.Skip:
		outcome = "skipped"
	}
	got := text.Found(r.Reason, r.Got)
	said := text.T(key, text.Params{"Want": r.Want, "Got": got})
	if got != "" && !strings.Contains(said, got) {
		said += v.paint.in(dim, " ("+got+")")
	}
	v.line(1, v.mark(outcome)+text.T("check."+r.ID+".name")+v.paint.in(dim, ": ")+said)
}

// json prints a part of a token that is JSON.
func (v *voice) json(name string, raw []byte) {
	var out bytes.Buffer
	if json.Indent(&out, raw, "    ", "  ") == nil && out.Len() > 0 {
		v.line(1, v.paint.in(dim, name))
		v.line(2, out.String())
	}
}
