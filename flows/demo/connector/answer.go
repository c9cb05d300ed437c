package connector

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
)

// answer is an upstream's response with its body.
type answer struct {
	status int
	body   []byte
}

const maxBody = 1 << 20

func do(client *http.Client, r *http.Request) (*answer, error) {
	resp, err := client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.Method, r.URL.Redacted(), err)
	}
	defer func() { _ = resp.Body.Close() }() // it was read
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return nil, fmt.Errorf("%s %s: read the body: %w", r.Method, r.URL.Redacted(), err)
	}
	return &answer{resp.StatusCode, body}, nil
}

func (a *answer) ok() bool { return a.status >= 200 && a.status < 300 }

// object is the body as a JSON object.
func (a *answer) object() (map[string]any, bool) {
	var m map[string]any
	err := json.Unmarshal(a.body, &m)
	return m, err == nil && m != nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
