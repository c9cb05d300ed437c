package flows_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/oauth"
)

// spoils are the secrets that a run really used, by what they are.
type spoils map[string]string

func (s spoils) add(what, value string) {
	if value != "" {
		s[value] = what
	}
}

// token adds what of a token is secret: of a JWT its signature only.
func (s spoils) token(what, token string) {
	if parts := strings.Split(token, "."); len(parts) == 3 {
		s.add(what+" signature", parts[2])
		return
	}
	s.add(what, token)
}

// The nonce is no secret: it is a claim of the ID token, and claims are kept.
func (s spoils) parameters(form url.Values) {
	for _, name := range []string{"state", "code", "code_verifier", "client_secret"} {
		s.add(name, form.Get(name))
	}
	for _, name := range []string{"refresh_token", "access_token", "id_token", "token", "id_token_hint"} {
		s.token(name, form.Get(name))
	}
}

func (s spoils) header(h http.Header) {
	for _, line := range h["Authorization"] {
		_, credentials, _ := strings.Cut(line, " ")
		s.token("Authorization", credentials)
	}
	for _, c := range (&http.Request{Header: h}).Cookies() {
		s.add("cookie "+c.Name, c.Value)
	}
	for _, c := range (&http.Response{Header: h}).Cookies() {
		s.add("cookie "+c.Name, c.Value)
	}
}

// rob takes every secret out of the true events of a run.
func (s spoils) rob(t *testing.T, run *flows.Run) {
	t.Helper()
	for _, b := range bodies(run) {
		switch b := b.(type) {
		case flows.TokensReceived:
			s.token("access token", b.Tokens.AccessToken.Reveal())
			s.token("refresh token", b.Tokens.RefreshToken.Reveal())
			s.token("ID token", b.Tokens.IDToken.Reveal())
		case flows.Exchanged:
			u, err := url.Parse(b.Exchange.Request.URL)
			if err != nil {
				t.Fatal(err)
			}
			s.parameters(u.Query())
			if form, err := url.ParseQuery(string(b.Exchange.Request.Body.Bytes)); err == nil {
				s.parameters(form)
			}
			s.header(b.Exchange.Request.Header)
			if b.Exchange.Response != nil {
				s.header(b.Exchange.Response.Header)
			}
		}
	}
	for _, secret := range run.Secrets() {
		s.token("run's own", secret.Reveal())
	}
}

// disguises are the ways in which the value may stand in a file. Of base64 they are
// the characters that the value alone decides, for each place in a group of three.
func disguises(value string) map[string]string {
	percent := ""
	for _, c := range []byte(value) {
		percent += fmt.Sprintf("%%%02X", c)
	}
	out := map[string]string{
		"plain": value, "query": url.QueryEscape(value), "path": url.PathEscape(value), "percent": percent,
		"percent in small letters": strings.ToLower(percent),
		"hex":                      hex.EncodeToString([]byte(value)), "HEX": strings.ToUpper(hex.EncodeToString([]byte(value))),
	}
	for shift := range 3 {
		text := make([]byte, shift, shift+len(value))
		text = append(text, value...)
		from, to := (8*shift+5)/6, 8*len(text)/6
		out[fmt.Sprintf("base64 at %d", shift)] = base64.StdEncoding.EncodeToString(text)[from:to]
		out[fmt.Sprintf("base64url at %d", shift)] = base64.URLEncoding.EncodeToString(text)[from:to]
	}
	return out
}

// search looks for every secret in every byte and every name under the folder.
func (s spoils) search(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text := d.Name() + "\n" + string(data)
		for value, what := range s {
			for how, disguise := range disguises(value) {
				if at := strings.Index(text, disguise); at >= 0 {
					t.Errorf("%s: the %s, %s: ...%.120s...", d.Name(), what, how, text[max(0, at-60):])
				}
			}
		}
		return nil
	})
	if err != nil || files == 0 {
		t.Fatalf("%d files: %v", files, err)
	}
}

// cookies sets a cookie in each answer, as load balancers do, and quotes what it was
// sent in each refusal, as thoughtless providers do.
type cookies struct{ base http.RoundTripper }

const canaryCookie = "CANARY.cookie-0b5e7d39c2"

func (c cookies) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.base.RoundTrip(r)
	if err == nil {
		resp.Header.Add("Set-Cookie", "lb="+canaryCookie+"; Path=/; HttpOnly")
		if auth := r.Header.Get("Authorization"); auth != "" {
			resp.Header.Set("X-Debug-Request", auth+"&secret=CANARY-secret/with+signs&%C3%A9")
		}
	}
	return resp, err
}

// Nothing that a run kept on disk lets anybody in: not one of the secrets that it
// really used, in any encoding.
func TestNoSecretReachesTheDisk(t *testing.T) {
	for _, method := range []oauth.AuthMethod{oauth.ClientSecretBasic, oauth.ClientSecretPost} {
		t.Run(string(method), func(t *testing.T) {
			s := newStage(t)
			cfg := s.config()
			cfg.Transport = cookies{base: &http.Transport{}}
			s.engine = flows.New(cfg)
			s.profile.Client.AuthMethod = method
			dir := t.TempDir()
			runs := openRuns(t, dir)
			found := spoils{}
			keep := func(run *flows.Run) *flows.Run {
				closed := kept(t, runs, run)
				outcome(t, run)
				closed()
				found.rob(t, run)
				return run
			}

			in := last[flows.SignedIn](t, keep(s.engine.SignIn(t.Context(), s.request())))
			request := s.request()
			request.Session = &in.Session
			renewed := last[flows.SignedIn](t, keep(s.engine.Refresh(t.Context(), request)))
			request.Session = &renewed.Session
			keep(s.engine.SignOut(t.Context(), request))
			keep(s.engine.Prove(t.Context(), request))
			keep(s.engine.Refresh(t.Context(), request)) // refused: the provider's words are kept
			s.secret = "CANARY-secret/with+signs&é"
			keep(s.engine.SignIn(t.Context(), s.request()))
			found.add("client secret", s.secret.Reveal())
			found.add("client secret", demo.AppSecret)
			found.add("cookie", canaryCookie)

			kinds := map[string]bool{}
			for _, what := range found {
				kinds[what] = true
			}
			if len(runs.List()) != 6 || len(found) < 20 {
				t.Fatalf("%d runs, %d secrets: %v", len(runs.List()), len(found), kinds)
			}
			found.search(t, dir)
		})
	}
}

// The search itself finds what it should.
func TestTheSearchFinds(t *testing.T) {
	const value = "Aa0-_.~+/=é\"\\ secret"
	for _, prefix := range []string{"", "a", "ab"} {
		for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
			text, hit := encoding.EncodeToString([]byte(prefix+value+"tail")), false
			for _, disguise := range disguises(value) {
				hit = hit || strings.Contains(text, disguise)
			}
			if !hit {
				t.Errorf("not found behind %q in %s", prefix, text)
			}
		}
	}
}
