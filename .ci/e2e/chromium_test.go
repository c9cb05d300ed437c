package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// chromium is the browser that the program has opened, seen through Chrome's
// DevTools protocol.
type chromium struct {
	t    *testing.T
	home *home
	dir  string // its profile
}

// browser is the browser of this home. It is started by the program and ended with
// the test.
func (h *home) browser() *chromium {
	c := &chromium{t: h.t, home: h, dir: h.path("chromium")}
	h.t.Cleanup(c.quit)
	return c
}

// target is one entry of the list of what the browser has open.
type target struct {
	ID, Type, URL, Title string
	Socket               string `json:"webSocketDebuggerUrl"`
}

// tabs lists the open tabs; none while the browser does not run.
func (c *chromium) tabs() []target {
	var all, tabs []target
	if c.get("/json/list", &all) != nil {
		return nil
	}
	for _, t := range all {
		if t.Type == "page" && !strings.HasPrefix(t.URL, "devtools:") {
			tabs = append(tabs, t)
		}
	}
	return tabs
}

// until waits until the condition holds; what the browser and the window show instead
// tells why it never did.
func (c *chromium) until(what string, ok func() bool) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(often) {
		if time.Now().After(deadline) {
			c.t.Fatalf("%s never came; the browser shows %+v; the window shows %s", what, c.tabs(), c.home.window.now())
		}
	}
}

func (c *chromium) get(path string, into any) error {
	port, err := os.ReadFile(filepath.Join(c.dir, "DevToolsActivePort"))
	if err != nil {
		return err
	}
	number, _, _ := strings.Cut(string(port), "\n")
	client := http.Client{Timeout: patience}
	response, err := client.Get("http://127.0.0.1:" + number + path)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	return json.NewDecoder(response.Body).Decode(into)
}

// page waits for a tab whose page has what the selector names and has been painted:
// until then the browser drops what is clicked.
func (c *chromium) page(selector string) *page {
	c.t.Helper()
	var found *page
	c.until("a page with "+selector, func() bool {
		for _, t := range c.tabs() {
			if !strings.HasPrefix(t.URL, "http") {
				continue
			}
			p, err := c.attach(t)
			if err != nil {
				continue // it has just gone
			}
			var there bool
			if err := p.eval(`document.readyState === "complete" && performance.getEntriesByType("paint").length > 0 &&
!!document.querySelector(`+quote(selector)+`)`, &there); err == nil && there {
				found = p
				return true
			}
			p.close()
		}
		return false
	})
	c.t.Cleanup(found.close)
	return found
}

// ends waits for a tab whose page says these words, and closes all tabs but an
// empty one.
func (c *chromium) ends(words string) {
	c.t.Helper()
	p := c.page("main h1")
	c.until("a page that says "+strconv.Quote(words), func() bool {
		var text string
		return p.eval(`document.body.innerText`, &text) == nil && strings.Contains(text, words)
	})
	c.tidy()
}

// tidy closes every tab; an empty one keeps the browser alive.
func (c *chromium) tidy() {
	c.t.Helper()
	old := c.tabs()
	c.open("about:blank")
	for _, t := range old {
		c.shut(t)
	}
	until(c.t, "the end of the tabs", func() bool { return len(c.tabs()) == 1 })
}

func (c *chromium) open(url string) {
	c.t.Helper()
	if err := c.put("/json/new?" + url); err != nil {
		c.t.Fatal(err)
	}
}

func (c *chromium) shut(t target) {
	c.t.Helper()
	var answer json.RawMessage
	_ = c.get("/json/close/"+t.ID, &answer) // it answers in words, and the tab may be gone
}

// put is what newer browsers want for what changes something.
func (c *chromium) put(path string) error {
	port, err := os.ReadFile(filepath.Join(c.dir, "DevToolsActivePort"))
	if err != nil {
		return err
	}
	number, _, _ := strings.Cut(string(port), "\n")
	request, err := http.NewRequest(http.MethodPut, "http://127.0.0.1:"+number+path, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// quit ends the browser as its own menu does, and waits until it is gone.
func (c *chromium) quit() {
	lock := filepath.Join(c.dir, "SingletonLock") // a link named after the process
	var version struct {
		Socket string `json:"webSocketDebuggerUrl"`
	}
	if c.get("/json/version", &version) != nil {
		return // it never ran, or has ended
	}
	if p, err := dial(version.Socket); err == nil {
		_ = p.call("Browser.close", nil, nil)
		p.close()
	}
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(often) {
		if _, err := os.Lstat(lock); err != nil {
			_ = os.Remove(filepath.Join(c.dir, "DevToolsActivePort"))
			return
		}
	}
	c.t.Error("the browser did not end")
}

// page is a tab with a debugger attached.
type page struct {
	socket *websocket.Conn
	last   int
}

func (c *chromium) attach(t target) (*page, error) { return dial(t.Socket) }

func dial(socket string) (*page, error) {
	conn, err := websocket.Dial(socket, "", "http://127.0.0.1")
	if err != nil {
		return nil, err
	}
	return &page{socket: conn}, nil
}

func (p *page) close() { _ = p.socket.Close() }

// call sends a command and waits for its answer.
func (p *page) call(method string, params, into any) error {
	p.last++
	if err := p.socket.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if err := websocket.JSON.Send(p.socket, map[string]any{"id": p.last, "method": method, "params": params}); err != nil {
		return err
	}
	for {
		var answer struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := websocket.JSON.Receive(p.socket, &answer); err != nil {
			return err
		}
		switch {
		case answer.ID != p.last: // an event, or nothing of ours
		case answer.Error != nil:
			return fmt.Errorf("%s: %s", method, answer.Error.Message)
		case into == nil:
			return nil
		default:
			return json.Unmarshal(answer.Result, into)
		}
	}
}

// eval reads something off the page.
func (p *page) eval(expression string, into any) error {
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct{ Text string }
	}
	err := p.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true}, &answer)
	switch {
	case err != nil:
		return err
	case answer.ExceptionDetails != nil:
		return fmt.Errorf("%s: %s", expression, answer.ExceptionDetails.Text)
	default:
		return json.Unmarshal(answer.Result.Value, into)
	}
}

// click presses the mouse on what the selector names.
func (p *page) click(t *testing.T, selector string) {
	t.Helper()
	var at struct{ X, Y float64 }
	err := p.call("Page.bringToFront", nil, nil)
	if err == nil {
		err = p.eval(`(() => { const e = document.querySelector(`+quote(selector)+`); e.scrollIntoView({block: "center"});
const r = e.getBoundingClientRect(); return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()`, &at)
	}
	for _, kind := range []string{"mouseMoved", "mousePressed", "mouseReleased"} {
		if err == nil {
			err = p.call("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at.X, "y": at.Y, "button": "left", "clickCount": 1}, nil)
		}
	}
	// A page that goes away at the click may take its debugger's answer along.
	if err != nil && at.X == 0 {
		t.Fatalf("click %s: %v", selector, err)
	}
}

// fill clicks into a field and types.
func (p *page) fill(t *testing.T, selector, text string) {
	t.Helper()
	p.click(t, selector)
	if err := p.call("Input.insertText", map[string]any{"text": text}, nil); err != nil {
		t.Fatal(err)
	}
	var value string
	if err := p.eval(`document.querySelector(`+quote(selector)+`).value`, &value); err != nil || value != text {
		t.Fatalf("%s holds %q: %v", selector, value, err)
	}
}

// quote writes a JavaScript string.
func quote(s string) string {
	b, _ := json.Marshal(s) // a string can not fail
	return string(b)
}
