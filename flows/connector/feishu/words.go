package feishu

import (
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

// told is an answer in one line, in Feishu's words.
func told(a connector.Answer) string {
	if e := readEnvelope(a); e.Code != nil && *e.Code != 0 {
		return strings.TrimSuffix(strconv.Itoa(*e.Code)+": "+e.Msg, ": ")
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
