package tenant

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

var errUnreadable = errors.New("an answer of another form than the one that is known")

// Said is what Logto's API says in an answer that is no success.
type Said struct {
	Code    string // "connector.general"; empty: an exception, of which the answer says nothing
	Message string
	Reason  string // what Data holds of the cause: the connector's words, and the upstream's
	Issuer  string // that an enterprise connector is configured with, where it could not be discovered
}

// Say reads an answer of Logto's API. It reports whether it is one.
func Say(a connector.Answer) (Said, bool) {
	var body struct {
		Code    string
		Message string
		Data    json.RawMessage
	}
	if a.Status() < 400 || json.Unmarshal(a.Body(), &body) != nil || body.Message == "" {
		return Said{}, false
	}
	s := Said{Code: body.Code, Message: body.Message}
	var data struct {
		Message any
		Error   any
		Config  struct{ Issuer string }
	}
	if json.Unmarshal(body.Data, &data) == nil {
		s.Reason, s.Issuer = strings.Join(slicesOf(words(data.Message), words(data.Error)), ": "), data.Config.Issuer
	}
	return s, true
}

func slicesOf(words ...string) []string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

// words are a value in one line: a text as it is, anything else as JSON.
func words(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return ""
	}
	return strings.TrimSpace(out.String())
}

// Fault says what an answer that is no success means: an error that Logto has a code
// for, an exception of which it says nothing, another server, or no answer at all.
func Fault(step oauth.Step, target string, a connector.Answer) fault.Fault {
	f := read(step, target, a)
	f.Evidence = a.IDs
	return f
}

// Unfit is an answer of the sign-in page's API that is a success, and of another form
// than the one that is known.
func Unfit(a connector.Answer) fault.Fault {
	return fault.New(fault.LogtoNoExperience, StepExperience, map[string]string{"Status": a.StatusText()}, a.IDs...)
}

func read(step oauth.Step, target string, a connector.Answer) fault.Fault {
	said, ok := Say(a)
	switch {
	case a.Status() == 0:
		return fault.Transport(step, target, a.Err)
	case errors.Is(a.Err, errUnreadable):
		return Unfit(a)
	case !ok:
		f, _ := fault.Unusable(step, target, a.Response, false)
		return f
	}
	e, _ := fault.ReadErrorResponse(a.Response)
	e.Description = strings.Join(slicesOf(said.Message, said.Reason), " ")
	f := fault.FromErrorResponse(step, oauth.Profile{}, e)
	if said.Code == "" && a.Status() == http.StatusInternalServerError {
		f = fault.New(fault.LogtoInternal, step, map[string]string{"Status": a.StatusText()})
	}
	return connector.LogtoSays(f, a.StatusText(), said.Code, said.Message)
}
