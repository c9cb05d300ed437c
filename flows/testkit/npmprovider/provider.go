// Package npmprovider starts an OpenID provider written by other hands, npm's
// oidc-provider, for tests: what passes against our own demo tenant and against
// this one does not rest on one reading of the specifications.
//
// It is for tests only. The provider's code is .ci/provider/server.mjs.
package npmprovider

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// readyIn is how long the provider may take to start; it makes RSA keys, and
// the machine may be busy with a compiler.
const readyIn = 60 * time.Second

// Client is one registration, in the names of RFC 7591.
type Client struct {
	ID                string   `json:"client_id"`
	Secret            string   `json:"client_secret,omitempty"`
	AuthMethod        string   `json:"token_endpoint_auth_method"`
	ApplicationType   string   `json:"application_type,omitempty"` // "" is web; native may use any loopback port
	RedirectURIs      []string `json:"redirect_uris"`
	PostLogoutURIs    []string `json:"post_logout_redirect_uris,omitempty"`
	IDTokenAlg        string   `json:"id_token_signed_response_alg,omitempty"`
	GrantTypes        []string `json:"grant_types"`
	ResponseTypes     []string `json:"response_types"`
	RequirePAR        bool     `json:"require_pushed_authorization_requests,omitempty"`
	DefaultMaxAge     *int     `json:"default_max_age,omitempty"`
	UserinfoSignedAlg string   `json:"userinfo_signed_response_alg,omitempty"`
}

// Account is a user who can sign in. Claims must have "sub".
type Account struct {
	Username string         `json:"username"`
	Password string         `json:"password"`
	Claims   map[string]any `json:"claims"`
}

// Config is what the provider is started with. The zero value of every field has
// a meaning that suits most tests; see Start.
type Config struct {
	Host      string            `json:"host"`          // default 127.0.0.1
	Port      int               `json:"port"`          // 0: any free port
	Path      string            `json:"path"`          // path of the issuer, "" or "/oidc"
	Clients   []Client          `json:"clients"`       // default DefaultClients()
	Accounts  []Account         `json:"accounts"`      // default Accounts()
	Resources map[string]string `json:"resources"`     // resource indicator: its scopes; default Resource: "read write"
	TTL       map[string]int    `json:"ttl,omitempty"` // lifetimes in seconds, e.g. {"AccessToken": 2}

	OptionalPKCE     bool `json:"optionalPKCE"`     // PKCE is required of public clients only
	KeepRefreshToken bool `json:"keepRefreshToken"` // refresh tokens do not rotate
}

// Where the ready-made clients return to.
const (
	RedirectURI   = "http://localhost:3000/callback"
	PostLogoutURI = "http://localhost:3000/"
)

// Resource is the resource indicator that gets a JWT access token.
const Resource = "https://api.signbench.test"

// IDs and the secret of the ready-made clients.
const (
	BasicID  = "bench-basic"  // client_secret_basic, RS256
	PostID   = "bench-post"   // client_secret_post, ES384
	PublicID = "bench-public" // no secret, native: any loopback port
	Secret   = "a secret: with/special+characters%"
)

// NewClient returns a registration for the code flow with refresh tokens.
func NewClient(id, secret, authMethod, alg string) Client {
	return Client{
		ID: id, Secret: secret, AuthMethod: authMethod, IDTokenAlg: alg,
		RedirectURIs:   []string{RedirectURI},
		PostLogoutURIs: []string{PostLogoutURI},
		GrantTypes:     []string{"authorization_code", "refresh_token"},
		ResponseTypes:  []string{"code"},
	}
}

// DefaultClients are one client for each way to authenticate.
func DefaultClients() []Client {
	public := NewClient(PublicID, "", "none", "RS256")
	public.ApplicationType = "native"
	return []Client{
		NewClient(BasicID, Secret, "client_secret_basic", "RS256"),
		NewClient(PostID, Secret, "client_secret_post", "ES384"),
		public,
	}
}

// Accounts are the two users of every test: one with a plain name, one with a
// name that a careless program breaks.
func Accounts() []Account {
	return []Account{
		{Username: "alice", Password: "wonder-land-1", Claims: map[string]any{
			"sub": "u-alice-0001", "name": "Alice Example", "given_name": "Alice", "family_name": "Example",
			"preferred_username": "alice", "email": "alice@example.test", "email_verified": true,
			"locale": "en-GB", "zoneinfo": "Europe/London", "updated_at": 1730000000,
		}},
		{Username: "hanako", Password: "sakura-saku-2", Claims: map[string]any{
			"sub": "u-hanako-0002", "name": "山田 花子", "given_name": "花子", "family_name": "山田",
			"preferred_username": "hanako", "email": "hanako@example.test", "email_verified": false,
			"locale": "ja-JP", "zoneinfo": "Asia/Tokyo", "updated_at": 1730000001,
		}},
	}
}

// Provider is a running provider.
type Provider struct {
	Issuer string

	stop func()
}

// Stop ends the provider before the test does, for tests of a provider that goes
// away. It may be called twice.
func (p *Provider) Stop() { p.stop() }

// Start starts a provider and ends it with the test. It never skips: a machine
// that cannot run it fails the test and is told what is missing.
func Start(t testing.TB, cfg Config) *Provider {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("npmprovider: Node.js 20 or newer is not in PATH; make test installs what the tests need")
	}
	dir := filepath.Join(moduleRoot(t), ".ci", "provider")
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "oidc-provider")); err != nil {
		t.Fatal("npmprovider: .ci/provider/node_modules is missing; run make test, or npm ci in .ci/provider")
	}
	input, err := json.Marshal(cfg.withDefaults())
	if err != nil {
		t.Fatal(err)
	}

	cmd := exec.Command(node, "server.mjs")
	cmd.Dir = dir
	var stderr lockedBuffer
	cmd.Stderr = &stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	stop := func() {
		once.Do(func() {
			_ = stdin.Close() // the provider ends when its input does
			kill := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
			_ = cmd.Wait()
			kill.Stop()
		})
	}
	t.Cleanup(func() {
		stop()
		if text := stderr.String(); text != "" && t.Failed() {
			t.Logf("the provider's errors:\n%s", text)
		}
	})
	if _, err := stdin.Write(append(input, '\n')); err != nil {
		t.Fatalf("npmprovider: %v\n%s", err, stderr.String())
	}

	issuer, err := waitForIssuer(stdout)
	if err != nil {
		stop()
		t.Fatalf("npmprovider: the provider did not start: %v\n%s", err, stderr.String())
	}
	return &Provider{Issuer: issuer, stop: stop}
}

func (c Config) withDefaults() Config {
	if c.Host == "" {
		c.Host = "127.0.0.1"
	}
	if c.Clients == nil {
		c.Clients = DefaultClients()
	}
	if c.Accounts == nil {
		c.Accounts = Accounts()
	}
	if c.Resources == nil {
		c.Resources = map[string]string{Resource: "read write"}
	}
	return c
}

func waitForIssuer(stdout io.Reader) (string, error) {
	type ready struct {
		issuer string
		err    error
	}
	done := make(chan ready, 1)
	go func() {
		line, err := bufio.NewReader(stdout).ReadBytes('\n')
		if err != nil {
			done <- ready{err: err}
			return
		}
		var out struct {
			Issuer string `json:"issuer"`
		}
		err = json.Unmarshal(line, &out)
		done <- ready{out.Issuer, err}
	}()
	select {
	case r := <-done:
		return r.issuer, r.err
	case <-time.After(readyIn):
		return "", os.ErrDeadlineExceeded
	}
}

func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("npmprovider: no go.mod above the test")
		}
		dir = parent
	}
}

// lockedBuffer can be read while the child still writes.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
