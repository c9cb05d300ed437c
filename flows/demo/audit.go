package demo

import (
	"encoding/json"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// logEntry is one line of the audit log, as Logto's API has it.
type logEntry struct {
	ID        string         `json:"id"`
	Key       string         `json:"key"`
	Payload   map[string]any `json:"payload"`
	CreatedAt int64          `json:"createdAt"` // milliseconds
}

// audit is the tenant's audit log, in memory, the latest last.
type audit struct {
	mu      sync.Mutex
	entries []logEntry
}

// maxEntries is how many the log holds; the oldest go.
const maxEntries = 1000

// record writes down what an app's user did, with the error when it failed.
func (t *Tenant) record(r *http.Request, client *app, key string, payload map[string]any, e *apiError) {
	payload["result"] = "Success"
	if e != nil {
		payload["result"], payload["error"] = "Error", e
		if e.log != "" {
			payload["error"] = map[string]any{"message": e.log}
		}
	}
	t.enter(r, client, key, payload)
}

// grantKeys are the keys of what happens at the token endpoint.
var grantKeys = map[string]string{
	"authorization_code": "ExchangeTokenBy.AuthorizationCode",
	"refresh_token":      "ExchangeTokenBy.RefreshToken",
	"client_credentials": "ExchangeTokenBy.ClientCredentials",
}

// recordTokens writes down a token request of a client that was authenticated.
func (t *Tenant) recordTokens(r *http.Request, client *app, grantType string, e *oauthError) {
	key := grantKeys[grantType]
	if key == "" {
		return
	}
	payload := map[string]any{"result": "Success"}
	if e != nil {
		text, err := json.Marshal(map[string]string{"error": e.code, "error_description": e.description})
		if err != nil {
			text = []byte(e.code)
		}
		payload["result"], payload["error"] = "Error", string(text)
	}
	t.enter(r, client, key, payload)
}

func (t *Tenant) enter(r *http.Request, client *app, key string, payload map[string]any) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	payload["key"], payload["applicationId"] = key, client.id
	payload["ip"], payload["userAgent"] = host, r.UserAgent()
	entry := logEntry{newHandle()[:21], key, payload, t.now().UnixMilli()}
	t.audit.mu.Lock()
	defer t.audit.mu.Unlock()
	t.audit.entries = append(t.audit.entries, entry)
	if over := len(t.audit.entries) - maxEntries; over > 0 {
		t.audit.entries = slices.Delete(t.audit.entries, 0, over)
	}
}

// logFilter is what a request for the log asks for. What is empty does not matter.
type logFilter struct {
	key        string // the key or what it begins with
	app, user  string
	start, end int64 // milliseconds
}

func (f logFilter) takes(e logEntry) bool {
	return (f.key == "" || e.Key == f.key || strings.HasPrefix(e.Key, f.key+".")) &&
		(f.app == "" || e.Payload["applicationId"] == f.app) &&
		(f.user == "" || e.Payload["userId"] == f.user) &&
		(f.start == 0 || e.CreatedAt >= f.start) && (f.end == 0 || e.CreatedAt <= f.end)
}

// find returns the entries, the latest first.
func (a *audit) find(takes func(logEntry) bool) []logEntry {
	a.mu.Lock()
	defer a.mu.Unlock()
	found := []logEntry{}
	for _, e := range slices.Backward(a.entries) {
		if takes(e) {
			found = append(found, e)
		}
	}
	return found
}
