package view

import (
	"strconv"
	"strings"

	"signbench/flows/check"
	"signbench/flows/inspect"
	"signbench/flows/jose"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// Inspected is a pasted text, drawn: each document in it with its rows. It is made
// off the window's thread, because a token can have ten thousand claims.
type Inspected struct{ parts []inspectedPart }

type inspectedPart struct {
	doc    inspect.Document
	claims []claimRow
	rows   [][]widget.Cell // members, or keys
	keys   bool            // the rows are keys
	notes  []string
	faults []faultWords
	checks []widget.Check
}

// faultWords are the sentences about a fault.
type faultWords struct{ title, words string }

// DrawInspected draws a document and everything that was found in it.
func DrawInspected(d inspect.Document) *Inspected {
	out := &Inspected{}
	d.Walk(func(d inspect.Document) { out.parts = append(out.parts, drawPart(d)) })
	return out
}

// With adds what a JWE turned out to hold.
func (i *Inspected) With(d inspect.Document) *Inspected {
	return &Inspected{parts: append(append([]inspectedPart{}, i.parts...), DrawInspected(d).parts...)}
}

// Document is one of the documents, in the order of the buttons.
func (i *Inspected) Document(part int) inspect.Document { return i.parts[part].doc }

// Len is how many documents there are.
func (i *Inspected) Len() int { return len(i.parts) }

func drawPart(d inspect.Document) inspectedPart {
	p := inspectedPart{doc: d, claims: claimRows(d.Token.Claims, nil), checks: checkRows(d.Report)}
	for _, m := range d.Members {
		p.rows = append(p.rows, []widget.Cell{
			{Text: m.Name, Style: widget.CellMono}, {Text: m.Value.Reveal(), Style: widget.CellMono}, {Text: text.Member(string(d.Kind), m.Name)},
		})
	}
	for _, k := range d.Keys.Keys {
		p.keys = true
		p.rows = append(p.rows, keyCells(k))
	}
	for _, n := range d.Notes {
		p.notes = append(p.notes, text.T("inspect.note."+n.Code, text.Params(n.Params)))
	}
	for _, problem := range d.Token.Problems {
		p.notes = append(p.notes, text.Flaw(string(problem.Code), problem.Where, problem.Member))
	}
	for _, f := range d.Faults {
		p.faults = append(p.faults, faultWords{text.FaultTitle(f), strings.TrimSpace(text.FaultCause(f) + " " + text.FaultRemedy(f))})
	}
	return p
}

// keyCells is a key as a row: its name, what it is, whether it serves.
func keyCells(k jose.Key) []widget.Cell {
	kind := strings.TrimSpace(k.Kty + " " + k.Crv)
	if k.Bits > 0 && k.Kty == "RSA" {
		kind += " " + strconv.Itoa(k.Bits)
	}
	state := widget.Cell{Text: text.KeyState(k.Usable, k.Problem), Sign: sign(check.Pass), Tone: widget.CellTonePass}
	if !k.Usable {
		state.Sign, state.Tone = sign(check.Fail), widget.CellToneFail
	}
	return []widget.Cell{
		{Text: firstOf(k.KID, "–"), Style: widget.CellMono},
		{Text: strings.TrimSpace(kind + " " + k.Alg)},
		state,
		{Text: k.Thumbprint, Style: widget.CellMono},
	}
}

// partName is what the button of a document says.
func partName(d inspect.Document) string {
	kind := text.T("inspect.kind." + string(d.Kind))
	if d.Where == "" || d.Where == string(d.Kind) {
		return kind
	}
	return d.Where + " · " + kind
}
