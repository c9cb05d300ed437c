package trace

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// canary makes a value that stands nowhere by chance, with characters that every
// escaping changes.
func canary(name string) string { return "CANARY " + name + `/+7"é&x%` }

// plainCanary has only characters of a token.
func plainCanary(name string) string { return "CANARY-" + name + "-4f7c2d9e8b1a6350" }

// jwtOf makes a JWT whose signature is a canary.
func jwtOf(claims, signature string) string {
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(`{"alg":"RS256","kid":"k1"}`)) + "." + enc([]byte(claims)) + "." + enc([]byte(signature))
}

// everyForm returns how a canary may be found in bytes by somebody who looks for it.
func everyForm(v string) map[string]string {
	out := map[string]string{
		"plain": v, "query": url.QueryEscape(v), "path": url.PathEscape(v),
		"query small": lowerEscapes(url.QueryEscape(v)),
		"hex":         hex.EncodeToString([]byte(v)), "HEX": strings.ToUpper(hex.EncodeToString([]byte(v))),
		"base64": base64.RawStdEncoding.EncodeToString([]byte(v)), "base64url": base64.RawURLEncoding.EncodeToString([]byte(v)),
	}
	quoted, _ := json.Marshal(v)
	out["json"] = string(quoted[1 : len(quoted)-1])
	out["json plain"] = jsonEscape(v)
	every := ""
	for i := range len(v) {
		every += fmt.Sprintf("%%%02X", v[i])
	}
	out["every byte"] = every
	for shift := 1; shift < 3; shift++ {
		out[fmt.Sprint("base64 at ", shift)] = inBase64(v, shift)
		out[fmt.Sprint("base64url at ", shift)] = strings.NewReplacer("+", "-", "/", "_").Replace(inBase64(v, shift))
	}
	return out
}

// mustNotHold fails when any form of any canary is in the text, also behind
// escapes.
func mustNotHold(t *testing.T, where, text string, canaries []string) {
	t.Helper()
	decoded := views(text)
	for _, c := range canaries {
		for form, s := range everyForm(c) {
			for level, v := range decoded {
				if i := strings.Index(v.text, s); i >= 0 {
					t.Errorf("%s: %q is there, %s, decoded %d times: ...%s...", where, c, form, level,
						v.text[max(0, i-60):min(len(v.text), i+len(s)+20)])
				}
			}
		}
	}
}

func TestNoCanarySurvives(t *testing.T) {
	n := newNest()
	clean, d := n.disarmAll()
	for i, ex := range clean {
		where := fmt.Sprintf("exchange %d (%s)", ex.ID, ex.Step)
		mustNotHold(t, where, dump(ex), n.canaries)
		mustNotHold(t, where+" as curl", Curl(ex, CurlOptions{}), n.canaries)
		mustNotHold(t, where+" as curl, revealing", Curl(ex, CurlOptions{Reveal: true}), n.canaries)
		mustNotHold(t, where+" as curl of the exchange as it was", d.Text(Curl(n.exchanges[i], CurlOptions{})), n.canaries)
		for _, f := range FactsIn(ex, clean) {
			mustNotHold(t, where+" facts", fmt.Sprint(f), n.canaries)
		}
	}
	receipt := d.Receipt()
	var har, light, dark strings.Builder
	if err := WriteHAR(&har, HARMeta{Title: "run", Receipt: &receipt}, clean); err != nil {
		t.Fatal(err)
	}
	mustNotHold(t, "HAR", har.String(), n.canaries)
	for _, exchanges := range [][]*Exchange{clean, n.exchanges} {
		msgs := Messages(exchanges)
		mustNotHold(t, "rows", fmt.Sprint(msgs), n.canaries)
		mustNotHold(t, "Mermaid", Mermaid(msgs, ActorLabels{}), n.canaries)
	}
	if err := errors.Join(SVG(&light, Messages(clean), ActorLabels{}, ThemeLight), SVG(&dark, Messages(clean), ActorLabels{}, ThemeDark)); err != nil {
		t.Fatal(err)
	}
	mustNotHold(t, "SVG", light.String()+dark.String(), n.canaries)
	mustNotHold(t, "receipt", fmt.Sprint(receipt), n.canaries)
	for _, c := range n.canaries {
		if strings.Contains(c, "compressed") || strings.Contains(c, "saml/") || strings.Contains(c, "ciphertext") || strings.Contains(c, "signature") {
			continue // these stand nowhere as themselves, so that there is nothing to know
		}
		for form, s := range everyForm(c) {
			mustNotHold(t, "text with "+form, d.Text("before "+s+" after"), []string{c})
		}
	}
}

// dump writes every string of an exchange, without any escaping of its own.
func dump(ex *Exchange) string {
	var b strings.Builder
	fmt.Fprintln(&b, ex.Request.Method, ex.Request.URL, ex.Request.Header, string(ex.Request.Body.Bytes), ex.Err, ex.Proxy, ex.Remote, ex.Request.Body.Err)
	if ex.Response != nil {
		fmt.Fprintln(&b, ex.Response.Status, ex.Response.Header, string(ex.Response.Body.Bytes), ex.Response.Body.Err)
	}
	for _, name := range slices.Sorted(maps.Keys(ex.Request.Header)) {
		for _, v := range ex.Request.Header[name] {
			for _, word := range strings.Fields(v) {
				if raw, err := base64.StdEncoding.DecodeString(word); err == nil {
					fmt.Fprintln(&b, string(raw))
				}
			}
		}
	}
	return b.String()
}

// The canaries are where they are searched for, or the test above would prove
// nothing.
func TestCanariesAreThere(t *testing.T) {
	n := newNest()
	var all strings.Builder
	for _, ex := range n.exchanges {
		all.WriteString(dump(ex))
	}
	text := all.String()
	decoded := views(text)
	for _, c := range n.canaries {
		found := strings.Contains(c, "utf16")
		for _, s := range everyForm(c) {
			for _, v := range decoded {
				found = found || strings.Contains(v.text, s)
			}
		}
		if !found {
			t.Errorf("%q is nowhere", c)
		}
	}
	if len(n.canaries) < 45 {
		t.Errorf("%d canaries", len(n.canaries))
	}
}
