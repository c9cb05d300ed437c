package trace

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// sent is what a curl command would send, as its arguments say.
type sent struct {
	method, url, user string
	headers           []string
	body              string
	pairs             []string // of a form, decoded
	globoff           bool
}

// runInShell gives the command to a real shell, in which curl prints its arguments
// and what it is given to read.
func runInShell(t *testing.T, command string, env ...string) sent {
	t.Helper()
	script := `curl() { printf '%s\0' "$@"; for a in "$@"; do if [ "$a" = "@-" ]; then printf 'STDIN\0'; cat; fi; done; }` + "\n" + command
	cmd := exec.Command("sh", "-eu")
	cmd.Stdin = strings.NewReader(script)
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("%v: %s\n%s", err, stderr.String(), command)
	}
	arguments, stdin, hasStdin := bytes.Cut(out, []byte("STDIN\x00"))
	return understood(t, strings.Split(strings.TrimSuffix(string(arguments), "\x00"), "\x00"), string(stdin), hasStdin)
}

// understood reads arguments as curl does.
func understood(t *testing.T, args []string, stdin string, hasStdin bool) sent {
	t.Helper()
	s := sent{method: http.MethodGet}
	var data []string
	explicit := ""
	for i := 0; i < len(args); i++ {
		next := func() string {
			i++
			if i >= len(args) {
				t.Fatalf("%q has no value", args[i-1])
			}
			return args[i]
		}
		switch args[i] {
		case "--url":
			s.url = next()
		case "--globoff":
			s.globoff = true
		case "--head":
			explicit = http.MethodHead
		case "--request":
			explicit = next()
		case "--user":
			s.user = next()
		case "--header":
			s.headers = append(s.headers, next())
		case "--data-raw":
			piece := next()
			data, s.pairs = append(data, piece), append(s.pairs, decodedPair(piece))
		case "--data-urlencode":
			name, value, ok := strings.Cut(next(), "=")
			if !ok {
				t.Fatalf("--data-urlencode %q would be a file", args[i])
			}
			data, s.pairs = append(data, name+"="+url.QueryEscape(value)), append(s.pairs, unescaped(name)+"="+value)
		case "--data-binary":
			if next() != "@-" || !hasStdin {
				t.Fatal("no standard input")
			}
			data = append(data, stdin)
		default:
			t.Fatalf("argument %q of %q", args[i], args)
		}
	}
	if len(data) > 0 {
		s.method, s.body = http.MethodPost, strings.Join(data, "&")
	}
	if explicit != "" {
		s.method = explicit
	}
	return s
}

func decodedPair(pair string) string {
	name, value, ok := strings.Cut(pair, "=")
	if !ok {
		return pair
	}
	return unescaped(name) + "=" + unescaped(value)
}

// hostile makes a text of the bytes on which quoting founders.
func hostile(r *rand.Rand, most int) string {
	const awkward = "'\"\\$`!#&;|<>(){}[]*?~%^=+,:@-/ \t\n\r\x01\x7f\xff\xc3\xa9ab0"
	var b strings.Builder
	for range r.IntN(most) {
		if r.IntN(6) == 0 {
			b.WriteString([]string{"$(id)", "`id`", "'\\''", "${HOME}", "%0a", "--", "EOF\n", "$STATE", "\\n", "%s"}[r.IntN(10)])
			continue
		}
		b.WriteByte(awkward[r.IntN(len(awkward))])
	}
	return b.String()
}

// Whatever a request holds: a shell hands it to curl as it was sent.
func TestCurlArrivesAsItWas(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2)) // the same inputs in every run
	for i := range 250 {
		ex := &Exchange{Channel: BackChannel, Request: Request{
			Method: []string{"GET", "POST", "PUT", "DELETE"}[i%4],
			URL:    "https://x.example/p?q=" + strings.ReplaceAll(hostile(r, 20), "\n", ""),
			Header: http.Header{"X-Odd": {strings.TrimSpace(oneLine(hostile(r, 20)))}, "X-Twice": {"one", "two"}},
		}}
		body := hostile(r, 60)
		formBody := i%3 == 0
		if formBody {
			body = ""
			for range 1 + r.IntN(4) {
				body += "&" + url.QueryEscape(hostile(r, 8)) + "=" + url.QueryEscape(hostile(r, 12))
			}
			body = body[1:]
			ex.Request.Header.Set("Content-Type", formType)
		} else if i%5 == 0 {
			body += "\x00" + hostile(r, 10)
		}
		ex.Request.Body.Bytes = []byte(body)

		command := Curl(ex, CurlOptions{Reveal: true})
		got := runInShell(t, command)
		if got.method != ex.Request.Method || got.url != ex.Request.URL {
			t.Fatalf("%s %q, want %s %q", got.method, got.url, ex.Request.Method, ex.Request.URL)
		}
		if strings.ContainsAny(got.url, "[]{}") && !got.globoff {
			t.Fatalf("curl would take %q for a pattern", got.url)
		}
		if formBody {
			var want []string
			for pair := range strings.SplitSeq(body, "&") {
				want = append(want, decodedPair(pair))
			}
			if !slices.Equal(got.pairs, want) {
				t.Fatalf("%q, want %q\n%s", got.pairs, want, command)
			}
		} else if got.body != body {
			t.Fatalf("%q, want %q\n%s", got.body, body, command)
		}
		odd := "X-Odd: " + ex.Request.Header.Get("X-Odd")
		if ex.Request.Header.Get("X-Odd") == "" {
			odd = "X-Odd;"
		}
		if !slices.Contains(got.headers, odd) || !slices.Contains(got.headers, "X-Twice: two") {
			t.Fatalf("headers %q, want %q", got.headers, odd)
		}
	}
}

func TestCurlHidesSecrets(t *testing.T) {
	n := newNest()
	ex := n.exchanges[2] // the token request
	command := Curl(ex, CurlOptions{})
	mustNotHold(t, "curl", command, n.canaries)
	for _, want := range []string{`--user 'app:'"$CLIENT_SECRET"`, `--data-urlencode 'code='"$CODE"`, `'grant_type=authorization_code'`, "# Set first: "} {
		if !strings.Contains(command, want) {
			t.Errorf("no %s in\n%s", want, command)
		}
	}
	got := runInShell(t, command, "CLIENT_SECRET=a $b 'c'", "CODE=c&d", "CODE_VERIFIER=v", "DPOP=d", "PROXY_AUTHORIZATION=p")
	if got.user != "app:a $b 'c'" || !slices.Contains(got.pairs, "code=c&d") {
		t.Errorf("%+v", got)
	}
}

func TestCurlReveals(t *testing.T) {
	n := newNest()
	command := Curl(n.exchanges[2], CurlOptions{Reveal: true})
	got := runInShell(t, command)
	want := "code=" + canary("code")
	if !slices.Contains(got.pairs, want) || got.user != "app:"+url.QueryEscape(canary("client-secret")) {
		t.Errorf("%+v", got)
	}
	if strings.Contains(command, "Set first") {
		t.Errorf("variables in\n%s", command)
	}
}

// What was removed cannot be revealed: it is a variable, and the command runs.
func TestCurlOfDisarmed(t *testing.T) {
	n := newNest()
	clean, _ := n.disarmAll()
	for _, reveal := range []bool{false, true} {
		command := Curl(clean[2], CurlOptions{Reveal: reveal})
		if strings.Contains(command, "[removed") || !strings.Contains(command, `'app:'"$CLIENT_SECRET"`) {
			t.Errorf("reveal %v:\n%s", reveal, command)
		}
	}
	got := runInShell(t, Curl(clean[5], CurlOptions{Reveal: true}), "ACCESS_TOKEN=t0ken")
	if !slices.Contains(got.headers, "Authorization: Bearer t0ken") {
		t.Errorf("%+v", got)
	}
}

func TestCurlOfOddRequests(t *testing.T) {
	for name, c := range map[string]struct {
		ex   Exchange
		want sent
	}{
		"nothing": {Exchange{}, sent{method: "GET"}},
		"head":    {Exchange{Request: Request{Method: "HEAD", URL: "http://a/"}}, sent{method: "HEAD", url: "http://a/"}},
		"a method with a body": {
			Exchange{Request: Request{Method: "GET", URL: "http://a/", Body: Body{Bytes: []byte("x")}}},
			sent{method: "GET", url: "http://a/", body: "x"},
		},
		"a post without one": {Exchange{Request: Request{Method: "POST", URL: "http://a/"}}, sent{method: "POST", url: "http://a/"}},
		"a file's name":      {Exchange{Request: Request{Method: "POST", URL: "http://a/", Body: Body{Bytes: []byte("@/etc/passwd")}}}, sent{method: "POST", url: "http://a/", body: "@/etc/passwd"}},
		"IPv6":               {Exchange{Request: Request{Method: "GET", URL: "http://[::1]:3000/"}}, sent{method: "GET", url: "http://[::1]:3000/", globoff: true}},
		"headers of HTTP/2": {
			Exchange{Request: Request{URL: "http://a/", Header: http.Header{":path": {"/"}, "@file": {"x"}, "Content-Length": {"1"}, "Host": {"a"}}}},
			sent{method: "GET", url: "http://a/"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := runInShell(t, Curl(&c.ex, CurlOptions{}))
			if got.method != c.want.method || got.url != c.want.url || got.body != c.want.body || len(got.headers) != 0 || got.globoff != c.want.globoff {
				t.Errorf("%+v", got)
			}
		})
	}
	if Curl(nil, CurlOptions{}) != "" {
		t.Error("a command for nothing")
	}
}
