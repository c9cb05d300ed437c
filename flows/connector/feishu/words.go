package feishu

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

// envelope is an answer of the open platform, and of the passport host where it does
// not speak OAuth.
type envelope struct {
	Code *int   `json:"code"` // 0: success; nil: it is none
	Msg  string `json:"msg"`
}

func readEnvelope(a connector.Answer) envelope {
	var e envelope
	if json.Unmarshal(a.Body(), &e) != nil {
		return envelope{}
	}
	return e
}

// told is an answer in one line, in Feishu's words. Of one of success, which may hold
// a token, it is the text of a page, or the type alone.
func told(a connector.Answer) string {
	e := readEnvelope(a)
	switch {
	case e.Code != nil && *e.Code != 0:
		return strings.TrimSuffix(strconv.Itoa(*e.Code)+": "+e.Msg, ": ")
	case a.OK():
		return cmp.Or(page(a), contentType(a))
	}
	return a.Told()
}

// page is the text of a web page; of anything else, which may hold a token, nothing.
func page(a connector.Answer) string {
	if strings.HasPrefix(strings.TrimSpace(string(a.Body())), "<") {
		return fault.PageText(a.Body())
	}
	return ""
}

func contentType(a connector.Answer) string { return a.Response.Header.Get("Content-Type") }
