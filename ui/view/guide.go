package view

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"

	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// guideModel is what the Guide says about one exchange: rows of data, made by a
// pure function and drawn afterwards.
type guideModel struct {
	Title    string
	Purpose  string
	Look     string
	Spec     string
	Badge    string
	Kind     widget.Kind
	Faults   []foundFault
	Sent     [][]widget.Cell // parameters of the request
	Received [][]widget.Cell // members of the answer
	Facts    [][]widget.Cell // what the wire really said
}

// newGuide explains one exchange of a run.
func newGuide(ex *trace.Exchange, exchanges []*trace.Exchange, faults []fault.Fault) guideModel {
	step := string(ex.Step)
	if _, ok := text.Lookup("guide." + step + ".title"); !ok {
		step = "upstream"
	}
	g := guideModel{
		Title: text.T("guide." + step + ".title"), Purpose: text.T("guide." + step + ".purpose"),
		Look: text.T("guide." + step + ".look"),
	}
	g.Spec, _ = text.Lookup("guide." + step + ".spec") // no clause says what an upstream of Logto is asked
	found, all := proven(ex.ID, faults)
	g.Faults = found
	g.Badge, g.Kind = exchangeBadge(ex, all)
	g.Sent = paramRows(sentParams(ex))
	g.Received = memberRows(ex.Response)
	for _, f := range trace.FactsIn(ex, exchanges) {
		g.Facts = append(g.Facts, factRow(f))
	}
	return g
}

// exchangeBadge is the outcome of an exchange in a word or two. A transport
// failure and an error answer are different things and never look alike.
func exchangeBadge(ex *trace.Exchange, faults []fault.Fault) (string, widget.Kind) {
	kind := widget.KindPass
	for _, f := range faults {
		if f.Severity == fault.Error {
			kind = widget.KindFail
		} else if kind == widget.KindPass {
			kind = widget.KindWarn
		}
	}
	switch {
	case ex.Err != nil:
		return text.T("flow.no_answer"), widget.KindFail
	case ex.Response == nil:
		return text.T("flow.in_browser"), widget.KindNone
	case ex.Channel == trace.FrontChannel && ex.Response.Status >= 400:
		return text.T("flow.turned_away"), widget.KindWarn
	case ex.Response.Status >= 400:
		words := fmt.Sprint(ex.Response.Status)
		if code := errorCode(ex.Response); code != "" {
			words += " " + code
		}
		return words, widget.KindFail
	case ex.Channel == trace.FrontChannel:
		return text.T("flow.arrived"), kind
	default:
		return fmt.Sprint(ex.Response.Status), kind
	}
}

func errorCode(r *trace.Response) string {
	var body struct {
		Error string `json:"error"`
	}
	_ = json.Unmarshal(r.Body.Bytes, &body)
	return body.Error
}

type param struct{ name, value string }

// sentParams are the parameters of a request, of its query and of its form.
func sentParams(ex *trace.Exchange) []param {
	var out []param
	if u, err := url.Parse(ex.Request.URL); err == nil {
		out = append(out, sorted(u.Query())...)
		if fragment, err := url.ParseQuery(u.Fragment); err == nil && u.Fragment != "" {
			out = append(out, sorted(fragment)...)
		}
	}
	mediaType, _, _ := mime.ParseMediaType(ex.Request.Header.Get("Content-Type"))
	if mediaType == "application/x-www-form-urlencoded" {
		if form, err := url.ParseQuery(string(ex.Request.Body.Bytes)); err == nil {
			out = append(out, sorted(form)...)
		}
	}
	if id, _, ok := (&http.Request{Header: ex.Request.Header}).BasicAuth(); ok {
		out = append(out, param{"Authorization", "Basic " + unescaped(id)})
	}
	return out
}

func sorted(values url.Values) []param {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	var out []param
	for _, name := range names {
		for _, v := range values[name] {
			out = append(out, param{name, v})
		}
	}
	return out
}

func paramRows(params []param) [][]widget.Cell {
	var rows [][]widget.Cell
	for _, p := range params {
		meaning, _ := text.Lookup("param." + p.name)
		rows = append(rows, []widget.Cell{{Text: p.name, Style: widget.CellMono}, {Text: p.value, Style: widget.CellMono}, {Text: meaning}})
	}
	return rows
}

// shownMembers is how many members of an answer are explained.
const shownMembers = 60

// memberRows are the members of a JSON answer that are known by name.
func memberRows(r *trace.Response) [][]widget.Cell {
	if r == nil {
		return nil
	}
	o, err := jose.ParseObject(r.Body.Bytes)
	if err != nil {
		return nil
	}
	var rows [][]widget.Cell
	for _, m := range o.Members {
		meaning, known := text.Lookup("param." + m.Name)
		if !known {
			meaning, known = text.Lookup("claim." + m.Name)
		}
		if !known {
			continue // it is in Raw
		}
		rows = append(rows, []widget.Cell{{Text: m.Name, Style: widget.CellMono}, {Text: plainValue(m.Raw), Style: widget.CellMono}, {Text: meaning}})
		if len(rows) == shownMembers {
			break
		}
	}
	return rows
}

// stepLabel is the short name of a step on the rail and in the diagram.
func stepLabel(s oauth.Step) string { return text.T("step." + string(s)) }

// factRow is one thing that the wire really said.
func factRow(f trace.Fact) []widget.Cell {
	value := widget.Cell{Text: f.Value, Style: widget.CellMono}
	params := text.Params{"Value": f.Value}
	for name, v := range f.Params {
		params[name] = v
	}
	if words, ok := text.Lookup("fact."+string(f.Name)+".value", params); ok {
		value = widget.Cell{Text: words}
	}
	switch f.Name {
	case trace.FactFailure, trace.FactExpired, trace.FactBroken:
		value.Tone, value.Sign = widget.CellToneFail, "✕"
	case trace.FactTruncated, trace.FactFound, trace.FactOversized, trace.FactAttempt:
		value.Tone, value.Sign = widget.CellToneWarn, "!"
	}
	return []widget.Cell{{Text: text.T("fact." + string(f.Name))}, value}
}
