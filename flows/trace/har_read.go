package trace

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
)

// ReadHAR reads a recording of a sign-in by Chromium, Firefox or Signbench: the
// exchanges of it, with the step that each looks like, and what it says of itself.
// Pictures, scripts and styles are counted and left out. It holds no more of the
// file than the limits allow; zero limits are the default ones. Errors are
// *HARError.
func ReadHAR(r io.Reader, limits HARLimits) ([]*Exchange, HARInfo, error) {
	limits = limits.orDefault()
	h := &harReader{limits: limits, classifier: newClassifier()}
	h.dec = json.NewDecoder(newHARFilter(r, limits))
	if err := h.document(); err != nil {
		return nil, h.info, h.problem(err)
	}
	if h.signIn == 0 {
		return nil, h.info, &HARError{Problem: HARNoSignIn, Params: map[string]string{"Entries": strconv.Itoa(h.info.Entries)}}
	}
	h.info.Kept = len(h.out)
	return h.out, h.info, nil
}

type harReader struct {
	dec        *json.Decoder
	limits     HARLimits
	info       HARInfo
	out        []*Exchange
	bodies     int64
	signIn     int // exchanges that belong to one
	entries    bool
	classifier *classifier
}

// problem gives an error its name.
func (h *harReader) problem(err error) error {
	var named *HARError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &named):
		return named
	case errors.Is(err, errHARBytes), errors.Is(err, errHAREntry):
		limit := h.limits.Bytes
		if errors.Is(err, errHAREntry) {
			limit = h.limits.Entry
		}
		return &HARError{Problem: HARTooLarge, Params: map[string]string{"Limit": strconv.FormatInt(limit, 10)}}
	case errors.As(err, &syntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &HARError{Problem: HARNotJSON, Params: map[string]string{"Offset": strconv.FormatInt(h.dec.InputOffset(), 10)}}
	}
	return &HARError{Problem: HARUnreadable, Err: err}
}

func notHAR() error { return &HARError{Problem: HARNotHAR} }

// document reads {"log":{...}}; other members are passed over.
func (h *harReader) document() error {
	first, err := h.dec.Token()
	if err != nil {
		return err
	}
	if first != json.Delim('{') {
		if err := h.rest(first); err != nil {
			return err
		}
		return notHAR()
	}
	found := false
	err = h.members(func(name string) error {
		if name != "log" || found {
			return h.skip()
		}
		found = true
		return h.log()
	})
	if err != nil {
		return err
	}
	if !found || !h.entries {
		return notHAR()
	}
	return nil
}

// rest reads on after a value that is no object: what is no JSON at all is not
// called a wrong kind of it.
func (h *harReader) rest(first json.Token) error {
	depth := 0
	if first == json.Delim('[') {
		depth = 1
	}
	return h.close(depth)
}

// members reads an object whose brace has been read, and calls member for each.
func (h *harReader) members(member func(name string) error) error {
	for h.dec.More() {
		token, err := h.dec.Token()
		if err != nil {
			return err
		}
		name, ok := token.(string)
		if !ok {
			return notHAR()
		}
		if err := member(name); err != nil {
			return err
		}
	}
	_, err := h.dec.Token()
	return err
}

// skip passes over one value without holding it.
func (h *harReader) skip() error {
	token, err := h.dec.Token()
	if err != nil {
		return err
	}
	if token == json.Delim('{') || token == json.Delim('[') {
		return h.close(1)
	}
	return nil
}

func (h *harReader) close(depth int) error {
	for depth > 0 {
		token, err := h.dec.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

func (h *harReader) log() error {
	token, err := h.dec.Token()
	if err != nil {
		return err
	}
	if token != json.Delim('{') {
		return notHAR()
	}
	return h.members(func(name string) error {
		switch name {
		case "version":
			return h.version()
		case "creator":
			s, err := h.program()
			h.info.Creator, h.info.Own = s, strings.HasPrefix(s, harCreator+" ") || s == harCreator
			return err
		case "browser":
			s, err := h.program()
			h.info.Browser = s
			return err
		case "_receipt":
			var receipt Receipt
			if err := h.decode(&receipt); err != nil {
				return err
			}
			h.info.Receipt = &receipt
			return nil
		case "pages":
			var pages []harPage
			if err := h.decode(&pages); err != nil {
				return err
			}
			if len(pages) > 0 {
				h.info.Title = pages[0].Title
			}
			return nil
		case "entries":
			return h.list()
		}
		return h.skip()
	})
}

// decode reads one value. Members of a wrong type are left empty: recordings have
// null, and texts for numbers.
func (h *harReader) decode(v any) error {
	err := h.dec.Decode(v)
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return nil
	}
	return err
}

func (h *harReader) program() (string, error) {
	var p struct{ Name, Version string }
	err := h.decode(&p)
	return strings.TrimSpace(clip(p.Name) + " " + clip(p.Version)), err
}

// version refuses what is newer than 1.2: its members may mean something else.
func (h *harReader) version() error {
	var v any
	if err := h.decode(&v); err != nil {
		return err
	}
	switch v := v.(type) {
	case string:
		h.info.Version = clip(v)
	case float64:
		h.info.Version = strconv.FormatFloat(v, 'f', -1, 64)
	}
	major, minor, _ := strings.Cut(h.info.Version, ".")
	m, err := strconv.Atoi(major)
	if err != nil {
		return nil // Firefox has written an empty one
	}
	n, _ := strconv.Atoi(minor)
	if m > 1 || m == 1 && n > 2 {
		return &HARError{Problem: HARNewerVersion, Params: map[string]string{"Version": h.info.Version}}
	}
	return nil
}

func (h *harReader) list() error {
	token, err := h.dec.Token()
	if err != nil {
		return err
	}
	if token != json.Delim('[') {
		return notHAR()
	}
	h.entries = true
	for h.dec.More() {
		var e harEntry
		if err := h.decode(&e); err != nil {
			return err
		}
		h.entry(&e)
	}
	_, err = h.dec.Token()
	return err
}

// entry takes one entry in, or counts it as skipped.
func (h *harReader) entry(e *harEntry) {
	h.info.Entries++
	ex := exchangeOf(e, h.limits.Text)
	classified := h.classifier.classify(ex, e)
	if len(h.out) >= h.limits.Entries || !classified && isAsset(e) || ex.Request.URL == "" {
		h.info.Skipped++
		return
	}
	if classified {
		h.signIn++
	}
	for _, body := range bodiesOf(ex) {
		if h.bodies += int64(len(body.Bytes)); h.bodies > h.limits.Bodies {
			h.bodies -= int64(len(body.Bytes))
			body.Bytes, body.Truncated = nil, true
		}
		if body.Truncated {
			h.info.Cut++
		}
	}
	if ex.ID = e.ID; !h.info.Own || ex.ID <= 0 {
		ex.ID = len(h.out) + 1
	}
	h.out = append(h.out, ex)
}

func bodiesOf(ex *Exchange) []*Body {
	out := []*Body{&ex.Request.Body}
	if ex.Response != nil {
		out = append(out, &ex.Response.Body)
	}
	return out
}
