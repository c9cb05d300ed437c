package view

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"signbench/flows/check"
	"signbench/flows/jose"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// claimRow is one claim as the Tokens page shows it.
type claimRow struct {
	Name  string
	Value string
	When  time.Time // of a claim that is a time; zero otherwise
	Check check.Result
}

// checkOf is the check that is about a claim, where there is one.
var checkOf = map[string]string{
	"iss": "id_token.iss", "sub": "id_token.sub", "aud": "id_token.aud", "azp": "id_token.azp", "exp": "id_token.exp",
	"nbf": "id_token.nbf", "iat": "id_token.iat", "nonce": "id_token.nonce", "at_hash": "id_token.at_hash",
	"acr": "id_token.acr", "auth_time": "id_token.auth_time", "updated_at": "id_token.updated_at",
}

// timeClaims are the registered claims whose number is a time.
var timeClaims = map[string]bool{
	"exp": true, "iat": true, "nbf": true, "auth_time": true, "updated_at": true, "created_at": true,
}

// claimRows lists the members of an object in the order in which they came.
func claimRows(o *jose.Object, report check.Report) []claimRow {
	if o == nil {
		return nil
	}
	rows := make([]claimRow, 0, len(o.Members))
	for _, m := range o.Members {
		row := claimRow{Name: m.Name, Value: plainValue(m.Raw)}
		if timeClaims[m.Name] {
			row.When = claimTime(m.Raw)
		}
		if id, ok := checkOf[m.Name]; ok {
			row.Check, _ = report.Find(id)
		}
		rows = append(rows, row)
	}
	return rows
}

// plainValue is a JSON value as a person reads it: a string without its quotes,
// anything else on one line.
func plainValue(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil && len(raw) > 0 && raw[0] == '"' {
		return s
	}
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return string(raw)
	}
	return b.String()
}

// claimTime reads a NumericDate (RFC 7519 2), also one in milliseconds, as Logto
// writes some.
func claimTime(raw json.RawMessage) time.Time {
	seconds, err := strconv.ParseFloat(string(raw), 64)
	switch {
	case err != nil || seconds <= 0:
		return time.Time{}
	case seconds > 1e11:
		return time.UnixMilli(int64(seconds))
	default:
		return time.Unix(int64(seconds), 0)
	}
}

// cells draws a claim: name, value, meaning, check.
func (r claimRow) cells(now time.Time) []widget.Cell {
	return []widget.Cell{
		{Text: r.Name, Style: widget.CellMono},
		{Text: r.Value, Style: widget.CellMono},
		r.meaning(now),
		r.checked(),
	}
}

func (r claimRow) meaning(now time.Time) widget.Cell {
	meaning, known := text.Lookup("claim." + r.Name)
	if r.When.IsZero() {
		if !known {
			return widget.Cell{}
		}
		return widget.Cell{Text: meaning}
	}
	params := text.Params{"When": moment(r.When, now)}
	switch {
	case r.Name == "exp" && now.Before(r.When):
		params["Left"] = countdown(r.When.Sub(now))
		return widget.Cell{Text: text.T("tokens.expires_in", params), Full: text.T("tokens.expires_in.full", params)}
	case r.Name == "exp":
		params["Ago"] = ago(now.Sub(r.When))
		return widget.Cell{Text: text.T("tokens.expired_since", params), Full: text.T("tokens.expired_since.full", params), Tone: widget.CellToneWarn}
	case now.Before(r.When):
		params["In"] = ago(r.When.Sub(now))
		return widget.Cell{Text: text.T("tokens.at.future", params)}
	default:
		params["Ago"] = ago(now.Sub(r.When))
		return widget.Cell{Text: text.T("tokens.at", params), Full: meaning + " · " + text.T("tokens.at.full", params)}
	}
}

func (r claimRow) checked() widget.Cell {
	if r.Check.ID == "" || r.Check.Verdict == check.Skip {
		return widget.Cell{}
	}
	return widget.Cell{Text: shortResult(r.Check), Sign: sign(r.Check.Verdict), Tone: tone(r.Check.Verdict), Full: ResultText(r.Check)}
}

// shortResult is a result in a few words: those of its pass, or its verdict.
func shortResult(r check.Result) string {
	if r.Verdict == check.Pass {
		if s, ok := text.Lookup("check."+r.ID+".pass", resultParams(r)); ok {
			return s
		}
	}
	return text.T("tokens.verdict." + string(r.Verdict))
}

// ResultText is the sentence about a result.
func ResultText(r check.Result) string {
	if r.Verdict == check.Pass {
		return shortResult(r)
	}
	if s, ok := text.Lookup("check."+r.ID+"."+r.Reason, resultParams(r)); ok {
		return s
	}
	return text.T("tokens.verdict." + string(r.Verdict))
}

func resultParams(r check.Result) text.Params {
	return text.Params{"Want": r.Want, "Got": text.Found(r.Reason, r.Got)}
}

func sign(v check.Verdict) string {
	switch v {
	case check.Pass:
		return "✓"
	case check.Fail:
		return "✕"
	case check.Warn:
		return "!"
	default:
		return "–"
	}
}

func tone(v check.Verdict) widget.CellTone {
	switch v {
	case check.Pass:
		return widget.CellTonePass
	case check.Fail:
		return widget.CellToneFail
	case check.Warn:
		return widget.CellToneWarn
	default:
		return widget.CellToneMuted
	}
}

// checkRows draws a report.
func checkRows(report check.Report) []widget.Check {
	rows := make([]widget.Check, 0, len(report))
	for _, r := range report {
		word := text.T("tokens.verdict." + string(r.Verdict))
		if r.SetAside {
			word += ", " + text.T("set_aside.verdict")
		}
		rows = append(rows, widget.Check{
			Tone: tone(r.Verdict), Sign: sign(r.Verdict), Word: word,
			Name: text.T("check." + r.ID + ".name"), Found: text.Found(r.Reason, r.Got), Expected: r.Want, Clause: r.Spec, Sentence: ResultText(r),
		})
	}
	return rows
}
