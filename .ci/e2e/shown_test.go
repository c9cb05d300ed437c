package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"signbench/ui/text"
)

// shown is what the window shows, as it writes it itself: see ui/observe.go.
type shown struct {
	Page     string
	Pages    []string
	Profile  string
	Profiles []string
	Pill     string
	Verdict  struct {
		Kind, Title, Detail, Raw string
		Actions                  []string
	}
	Rail          []string
	Banner        string
	Toast         string
	Trust         string
	Secret        string
	Busy, Menu    bool
	Width, Height float32
	Focus         struct {
		Type, Label         string
		X, Y, Width, Height int
		Turn, Length        int
	}
	Shown bool
}

// says reports whether the verdict's title is that translation.
func (s shown) says(key string, params ...text.Params) bool {
	return s.Verdict.Title == text.T(key, params...)
}

// works reports whether a run ended well.
func (s shown) works(scenario string) bool {
	return !s.Busy && s.says("verdict.works", text.Params{"Scenario": text.T("scenario." + scenario)})
}

// failed reports whether a run ended with a failure, or what looks like one.
func (s shown) failed() bool { return !s.Busy && s.Verdict.Kind == "fail" }

// now is what the window shows at the moment. The last line may be half written.
func (w *window) now() shown {
	data, err := os.ReadFile(w.said)
	end := bytes.LastIndexByte(data, '\n')
	if err != nil || end < 0 {
		return shown{}
	}
	var s shown
	line := data[bytes.LastIndexByte(data[:end], '\n')+1 : end]
	if err := json.Unmarshal(line, &s); err != nil {
		w.t.Fatalf("%v in %s", err, line)
	}
	return s
}

// changes counts how often something else was shown.
func (w *window) changes() int {
	data, _ := os.ReadFile(w.said) // it is not there before the first page
	return bytes.Count(data, []byte("\n"))
}

// until waits until the window shows what is waited for.
func (w *window) until(what string, ok func(shown) bool) shown {
	w.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(often) {
		s := w.now()
		if ok(s) {
			return s
		}
		select {
		case err := <-w.exited:
			w.exited <- err
			w.t.Fatalf("the program ended (%v) before it showed %s\n%s", err, what, w.output)
		default:
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("the window never showed %s; it shows %s", what, s)
		}
	}
}

func (s shown) String() string {
	return fmt.Sprintf("page %s of %q, %s: %s: %s %q; rail %s; banner %q; toast %q; pill %q; focus %s %q; buttons %q",
		s.Page, s.Profile, s.Verdict.Kind, s.Verdict.Title, s.Verdict.Detail, s.Verdict.Raw,
		strings.Join(s.Rail, ", "), s.Banner, s.Toast, s.Pill, s.Focus.Type, s.Focus.Label, s.Verdict.Actions)
}
