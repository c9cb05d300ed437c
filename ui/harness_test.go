package ui

import (
	"context"
	"errors"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"signbench/assets"
	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
	"signbench/flows/testkit/headless"
	"signbench/keychain"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// patience bounds what a test waits for; nothing comes near it unless it hangs.
const patience = 30 * time.Second

// desk is a window on a desktop of the test's own: everything of the window runs
// on the test's goroutine, which is therefore the window's thread.
type desk struct {
	t        testing.TB
	app      fyne.App
	bench    *Bench
	dir      string
	vault    *vaultDouble
	browser  *headless.Browser
	idle     bool // the user looks at the page and does nothing
	tenant   *demo.Tenant
	dispatch chan func()
	closed   bool
	longest  time.Duration // that one piece of work has had the window's thread
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, app: test.NewApp(), dir: t.TempDir(), vault: &vaultDouble{entries: map[string]string{}}}
	d.browser = headless.New(map[string]string{"username": "taro", "password": "taro-demo"}, "submit")
	d.tenant = demo.New(demo.Options{Addr: "localhost:0"})
	was := widget.After
	widget.After = func(time.Duration, func()) {} // no toast goes away while a test looks at it
	t.Cleanup(func() {
		d.close()
		widget.After = was
		_ = d.tenant.Close()
	})
	d.open()
	return d
}

// open starts the window on what is stored, as a start of the program does.
func (d *desk) open() {
	d.t.Helper()
	dispatch := make(chan func(), 1024) // of this start only: the last one's may still be running out
	d.dispatch, d.closed = dispatch, false
	pages, err := loopback.NewPages(assets.Pages, func(key string, p map[string]string) string { return text.T(key, text.Params(p)) })
	if err != nil {
		d.t.Fatal(err)
	}
	d.bench = New(Config{
		App: d.app, Dispatch: func(f func()) { dispatch <- f },
		Engine: flows.New(flows.Config{
			Browser: d.browse, Pages: pages, Tenant: d.tenant,
			Pause: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }, // between looks at a message
		}),
		Keychain: keychain.New(keychain.Options{Backend: d.vault, BackendName: "Test keychain", ReadTimeout: time.Second, WriteTimeout: time.Second}),
		Stores:   OpenStores(d.dir), Version: "test", Tenant: d.tenant,
	})
	d.bench.window.Resize(fyne.NewSize(1180, 760))
	d.until("the pages", d.bench.begun)
}

func (d *desk) browse(_ context.Context, url string) error {
	if d.idle {
		return nil
	}
	return d.browser.Launch(url)
}

// close ends the program as the window's close button does.
func (d *desk) close() {
	if d.closed {
		return
	}
	d.closed = true
	dispatch, done := d.dispatch, make(chan struct{})
	defer close(done)
	go func() { // what comes in meanwhile never runs: the window's thread is here
		for {
			select {
			case <-dispatch:
			case <-done:
				return
			}
		}
	}()
	d.bench.close()
}

// until runs the window until the condition holds.
func (d *desk) until(what string, ok func() bool) {
	d.t.Helper()
	deadline := time.After(patience)
	for !ok() {
		select {
		case f := <-d.dispatch:
			start := time.Now()
			f()
			d.longest = max(d.longest, time.Since(start))
		case <-deadline:
			m := d.verdict()
			d.t.Fatalf("%s never came; the window says %q: %q", what, m.Title, m.Detail)
		}
	}
}

// settle runs the window until the queues are dry.
func (d *desk) settle() {
	d.t.Helper()
	disk, vault := d.bench.disk.dry(), d.bench.vault.dry()
	done := func(c <-chan struct{}) func() bool {
		return func() bool {
			select {
			case <-c:
				return true
			default:
				return false
			}
		}
	}
	// The queues report by the dispatcher only when a job has something to say.
	dispatch := d.dispatch
	go func() { <-disk; <-vault; dispatch <- func() {} }()
	d.until("the end of the writes", func() bool { return done(disk)() && done(vault)() })
	for { // what the jobs had to say
		select {
		case f := <-d.dispatch:
			f()
		default:
			return
		}
	}
}

func (d *desk) verdict() widget.VerdictModel { return d.bench.header.Verdict.Model() }

func (d *desk) pill() widget.PillModel { return d.bench.header.Profile.Pill.Model() }

func (d *desk) ended() bool { return !d.bench.state.Of(d.bench.selected).Run.Running() }

// press presses a button of the verdict by its words.
func (d *desk) press(label string) {
	d.t.Helper()
	for _, a := range d.verdict().Actions {
		if a.Label == label {
			a.OnTap()
			return
		}
	}
	d.t.Fatalf("the verdict %q has no button %q: %v", d.verdict().Title, label, d.verdict().Actions)
}

// usePort moves the selected profile to a port that is free and registered. The
// flows' tests take the lower half of them: packages are tested side by side.
func (d *desk) usePort() {
	d.t.Helper()
	for port := 3005; port < 3010; port++ {
		if free(port) {
			p, _ := d.bench.profile(d.bench.selected)
			p.Client.RedirectURI = "http://localhost:" + strconv.Itoa(port) + "/callback"
			p.Client.PostLogoutRedirectURI = "http://localhost:" + strconv.Itoa(port) + "/"
			d.bench.load(p)
			d.bench.profileTyped(p)
			return
		}
	}
	d.t.Fatal("the ports 3005 to 3009 are all taken")
}

func free(port int) bool {
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			return false
		}
		_ = l.Close()
	}
	return true
}

// signIn signs in and waits for the verdict, of this run and not of one before it.
func (d *desk) signIn() {
	d.t.Helper()
	run := func() *state.Run { return d.bench.state.Of(d.bench.selected).Run }
	var before oauth.RunID
	if run() != nil {
		before = run().ID
	}
	d.bench.signInPressed()
	d.until("the end of the sign-in", func() bool { return run() != nil && run().ID != before && d.ended() })
}

// vaultDouble stands for the platform's keychain, to refuse on command. The real
// one is in the tests of the keychain and of the real window.
type vaultDouble struct {
	mu      sync.Mutex
	entries map[string]string
	refuse  error
}

func (v *vaultDouble) Get(service, user string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.refuse != nil {
		return "", v.refuse
	}
	value, ok := v.entries[service+"/"+user]
	if !ok {
		return "", keychain.ErrNotFound
	}
	return value, nil
}

func (v *vaultDouble) Set(service, user, value string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.refuse != nil {
		return v.refuse
	}
	v.entries[service+"/"+user] = value
	return nil
}

func (v *vaultDouble) Delete(service, user string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.refuse != nil {
		return v.refuse
	}
	if _, ok := v.entries[service+"/"+user]; !ok {
		return keychain.ErrNotFound
	}
	delete(v.entries, service+"/"+user)
	return nil
}

// refuses makes every call fail with that error; nil makes it serve again.
func (v *vaultDouble) refuses(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.refuse = err
}

// holds reports whether any entry is exactly that value.
func (v *vaultDouble) holds(value string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, e := range v.entries {
		if e == value {
			return true
		}
	}
	return false
}

var errAbsent = errors.New("no keychain on this machine")
