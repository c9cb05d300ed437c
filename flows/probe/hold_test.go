package probe_test

import (
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"signbench/assets"
	"signbench/flows/probe"
)

// holdRequests checks that a run is polite: bounded, nothing asked twice, and
// introduced.
func (b *bench) holdRequests() {
	b.t.Helper()
	if n := len(b.exchanges); n > probe.MaxRequests+3 { // a few redirects beside
		b.t.Errorf("%d requests were made", n)
	}
	asked := map[string]int{}
	for id, ex := range b.exchanges {
		if ex.Request.Header.Get("User-Agent") != probe.UserAgent {
			b.t.Errorf("exchange %d does not say who asks", id)
		}
		if ex.Step == "" {
			b.t.Errorf("exchange %d has no step", id)
		}
		u, err := url.Parse(ex.Request.URL)
		if err != nil {
			b.t.Error(err)
			continue
		}
		query := u.Query()
		for _, fresh := range []string{"state", "nonce", "code_challenge"} {
			if query.Has(fresh) {
				query.Set(fresh, "")
			}
		}
		form, _ := url.ParseQuery(string(ex.Request.Body.Bytes))
		form.Del("code_verifier")
		key := ex.Request.Method + u.Path + query.Encode() + ex.Request.Header.Get("Authorization") + form.Encode() + u.Host
		if other := asked[key]; other != 0 {
			b.t.Errorf("exchanges %d and %d ask the same", other, id)
		}
		asked[key] = id
	}
}

// holdTexts checks that no row holds the secret and that every sentence about it
// can be filled in.
func (b *bench) holdTexts() {
	b.t.Helper()
	have := texts(b.t)
	secret := b.setup.Secret.Reveal()
	for id, row := range b.rows {
		raw, err := json.Marshal(row)
		if err != nil {
			b.t.Error(err)
		}
		client := b.setup.Profile.Client.ID
		for _, form := range []string{
			secret, url.QueryEscape(secret), url.PathEscape(secret), "signbench-no-such-code-",
			base64.StdEncoding.EncodeToString([]byte(client + ":" + secret)),
			base64.StdEncoding.EncodeToString([]byte(client + ":" + url.QueryEscape(secret))),
		} {
			if form != "" && strings.Contains(string(raw), form) {
				b.t.Errorf("%s holds a secret: %s", id, raw)
			}
		}
		for _, key := range []string{"name", row.Reason, row.Reason + ".remedy"} {
			for _, m := range placeholder.FindAllStringSubmatch(have["probe."+id+"."+key], -1) {
				if _, ok := row.Params[m[1]]; !ok {
					b.t.Errorf("probe.%s.%s mentions %s, which the row does not have", id, key, m[1])
				}
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{\{\.([A-Za-z_]+)\}\}`)

func texts(t *testing.T) map[string]string {
	t.Helper()
	b, err := fs.ReadFile(assets.Translations, "translations/en/probes.json")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}
