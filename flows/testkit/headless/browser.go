// Package headless plays the user and the browser in tests: it opens a URL,
// keeps cookies, follows redirects, fills in and submits HTML forms, until a
// page has nothing left to submit, which is the page of our loopback.
//
// It runs no JavaScript. A form without anything to fill in or press is one that
// a page submits by itself, and is submitted.
//
// It is for tests only.
package headless

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Limits of one visit.
const (
	maxHops = 40
	maxBody = 4 << 20
)

// ErrRefused is returned when a page shows again the form that was just answered:
// the answer was not accepted.
var ErrRefused = errors.New("the page asks the same again")

// ErrLost is returned when redirects and forms do not end.
var ErrLost = errors.New("too many redirects and forms")

// Visit is one request that the browser made. URL keeps the fragment.
type Visit struct {
	Method string
	URL    *url.URL
	Status int
}

// Page is what the browser shows.
type Page struct {
	URL    *url.URL // with the fragment that the last redirect gave it
	Status int
	Header http.Header
	Title  string
	Text   string // the visible text, spaces folded
	HTML   string
	Forms  []*Form
}

// Browser is a browser with one user. Its fields are set before it is used.
type Browser struct {
	// Fill has what the user types, by the name of the field.
	Fill map[string]string
	// Press has the buttons that the user prefers, by their value or text; on a
	// page that has none of them, the first button of the first form is pressed.
	Press []string
	// Answer, when set, takes the decision instead: it returns the form to send,
	// filled in, and the button pressed (nil for none), or no form to stop here,
	// as a user who closes the tab.
	Answer func(*Page) (*Form, *Button)
	// Far, when set, says which addresses this browser can not reach, as one on
	// another machine. A visit ends there, at a page without a status.
	Far func(*url.URL) bool

	client  *http.Client
	running sync.WaitGroup
	mu      sync.Mutex
	visits  []Visit
	page    *Page
	err     error
}

// New returns a browser without cookies.
func New(fill map[string]string, press ...string) *Browser {
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	return &Browser{
		Fill:  fill,
		Press: press,
		client: &http.Client{
			Jar:     jar,
			Timeout: time.Minute,
			// A transport of its own: it uses no proxy, and a test that guards
			// http.DefaultTransport sees only the program's requests.
			Transport:     &http.Transport{},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Launch is what a flow calls to open the system's browser: it returns at once
// and visits the URL meanwhile. Wait has the outcome.
func (b *Browser) Launch(rawURL string) error {
	b.running.Add(1)
	go func() {
		defer b.running.Done()
		page, err := b.Visit(context.Background(), rawURL)
		b.mu.Lock()
		defer b.mu.Unlock()
		b.page, b.err = page, err
	}()
	return nil
}

// Wait waits for the visits that Launch began and returns the outcome of the
// last one.
func (b *Browser) Wait() (*Page, error) {
	b.running.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.page, b.err
}

// Visits lists every request so far.
func (b *Browser) Visits() []Visit {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.visits)
}

// ForgetCookies makes the browser a fresh one, as a private window.
func (b *Browser) ForgetCookies() {
	b.client.Jar, _ = cookiejar.New(nil)
}

// Visit opens the URL and goes on until a page has no form to send. The page is
// returned also with an error, when there is one.
func (b *Browser) Visit(ctx context.Context, rawURL string) (*Page, error) {
	target, err := url.Parse(rawURL)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return nil, err
	}
	var page *Page
	sent := map[string]bool{}
	for range maxHops {
		if b.Far != nil && b.Far(request.URL) {
			return &Page{URL: request.URL}, nil
		}
		response, err := b.send(request)
		if err != nil {
			return page, err
		}
		if next, err := redirect(ctx, request, response); err != nil || next != nil {
			_ = response.Body.Close()
			if err != nil {
				return page, err
			}
			request = next
			continue
		}
		page, err = read(request, response)
		if err != nil {
			return page, err
		}
		form, button := b.answer(page)
		if form == nil {
			return page, nil
		}
		request, err = form.request(ctx, button)
		if err != nil {
			return page, err
		}
		// The visible question counts: a page that puts a fresh token into
		// a hidden field still asks the same.
		key := form.identity()
		if !form.automatic() && sent[key] {
			return page, fmt.Errorf("%w: %s", ErrRefused, page.Text)
		}
		sent[key] = true
	}
	return page, ErrLost
}

func (b *Browser) send(request *http.Request) (*http.Response, error) {
	request.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	request.Header.Set("Accept-Language", "en")
	request.Header.Set("User-Agent", "Mozilla/5.0 (signbench tests)")
	response, err := b.client.Do(request)
	visit := Visit{Method: request.Method, URL: request.URL}
	if err == nil {
		visit.Status = response.StatusCode
	}
	b.mu.Lock()
	b.visits = append(b.visits, visit)
	b.mu.Unlock()
	return response, err
}

// redirect returns the request that a response asks for, or nil.
func redirect(ctx context.Context, from *http.Request, response *http.Response) (*http.Request, error) {
	switch response.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil // no redirect
	}
	location := response.Header.Get("Location")
	if location == "" {
		return nil, nil // shown as it is, as browsers do
	}
	target, err := from.URL.Parse(location)
	if err != nil {
		return nil, fmt.Errorf("redirect of %s: %w", from.URL.Redacted(), err)
	}
	if target.Scheme != "http" && target.Scheme != "https" {
		return nil, fmt.Errorf("redirect of %s to a URL that no browser opens: %s", from.URL.Redacted(), target.Scheme)
	}
	if target.Fragment == "" {
		target.Fragment = from.URL.Fragment // RFC 9110 10.2.2
	}
	keep := response.StatusCode == http.StatusTemporaryRedirect || response.StatusCode == http.StatusPermanentRedirect
	if !keep || from.Method == http.MethodGet {
		return http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	}
	body, err := from.GetBody()
	if err != nil {
		return nil, err
	}
	next, err := http.NewRequestWithContext(ctx, from.Method, target.String(), body)
	if err != nil {
		return nil, err
	}
	next.GetBody = from.GetBody
	next.Header.Set("Content-Type", from.Header.Get("Content-Type"))
	return next, nil
}

func read(request *http.Request, response *http.Response) (*Page, error) {
	defer func() { _ = response.Body.Close() }()
	page := &Page{URL: request.URL, Status: response.StatusCode, Header: response.Header}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody))
	if err != nil {
		return page, err
	}
	page.HTML = string(body)
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if kind != "text/html" && kind != "application/xhtml+xml" {
		page.Text = page.HTML
		return page, nil
	}
	return page, page.parse()
}

// answer decides what the user does with the page.
func (b *Browser) answer(page *Page) (*Form, *Button) {
	for _, form := range page.Forms {
		if form.automatic() {
			return form, nil
		}
	}
	if b.Answer != nil {
		return b.Answer(page)
	}
	if len(page.Forms) == 0 {
		return nil, nil
	}
	for _, form := range page.Forms {
		form.Fill(b.Fill)
	}
	for _, want := range b.Press {
		for _, form := range page.Forms {
			if button := form.Button(want); button != nil {
				return form, button
			}
		}
	}
	first := page.Forms[0]
	if len(first.Buttons) == 0 {
		return first, nil
	}
	return first, &first.Buttons[0]
}

// Button returns the button with this value, name or text, or nil.
func (f *Form) Button(want string) *Button {
	for i := range f.Buttons {
		button := &f.Buttons[i]
		if button.Value == want || button.Name == want || strings.EqualFold(button.Text, want) {
			return button
		}
	}
	return nil
}
