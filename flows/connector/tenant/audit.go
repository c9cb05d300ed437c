package tenant

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"signbench/flows/fault"
)

// Window is what part of the audit log is looked at. The times are those of Logto's
// clock.
type Window struct {
	From, To time.Time
	ClientID string // of the app; empty: any
	UserID   string // empty: any
}

// Reason is an entry of the audit log about something that failed. It is the real one
// where the API says no more than that there was an error.
type Reason struct {
	ID        string
	Key       string // "Interaction.SignIn.Verification.Social.Submit"
	At        time.Time
	Connector string // its ID, where the entry names one
	Code      string // Logto's code, where it has one
	Text      string
}

// logPage is how many entries are read at most, the latest.
const logPage = 100

// Reasons reads what failed in that part of the audit log, the latest first.
func (c *Console) Reasons(ctx context.Context, w Window) ([]Reason, *fault.Fault) {
	query := url.Values{"page": {"1"}, "page_size": {strconv.Itoa(logPage)}, "enableCap": {"true"}}
	set := func(name, value string) {
		if value != "" {
			query.Set(name, value)
		}
	}
	set("applicationId", w.ClientID)
	set("userId", w.UserID)
	for name, at := range map[string]time.Time{"start_time": w.From, "end_time": w.To} {
		if !at.IsZero() {
			query.Set(name, strconv.FormatInt(at.UnixMilli(), 10))
		}
	}
	var list []struct {
		ID        string
		Key       string
		CreatedAt int64
		Payload   struct {
			Result      string
			ConnectorID string
			Error       json.RawMessage
		}
	}
	if f := c.call(ctx, http.MethodGet, "/api/logs", query, "", &list); f != nil {
		return nil, f
	}
	var out []Reason
	for _, e := range list {
		if e.Payload.Result != "Error" {
			continue
		}
		r := Reason{ID: e.ID, Key: e.Key, At: time.UnixMilli(e.CreatedAt), Connector: e.Payload.ConnectorID}
		r.Code, r.Text = reasonOf(e.Payload.Error)
		out = append(out, r)
	}
	return out, nil
}

// reasonOf reads the error of an entry: an object of Logto's, or the text of one.
func reasonOf(raw json.RawMessage) (code, reason string) {
	var whole string
	if json.Unmarshal(raw, &whole) == nil { // of the token endpoint: JSON in a string
		var oauthError struct {
			Error       string `json:"error"`
			Description string `json:"error_description"`
			Detail      string `json:"error_detail"`
		}
		if json.Unmarshal([]byte(whole), &oauthError) != nil || oauthError.Error == "" {
			return "", whole
		}
		return "oidc." + oauthError.Error, strings.Join(slicesOf(oauthError.Description, oauthError.Detail), ": ")
	}
	var e struct {
		Code    string
		Message string
		Data    struct{ Message, Error any }
	}
	if json.Unmarshal(raw, &e) != nil {
		return "", ""
	}
	more := slicesOf(words(e.Data.Message), words(e.Data.Error))
	if len(more) > 0 {
		e.Message = strings.TrimSuffix(e.Message, ".")
	}
	return e.Code, strings.Join(slicesOf(append([]string{e.Message}, more...)...), ": ")
}
