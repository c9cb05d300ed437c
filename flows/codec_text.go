package flows

import (
	"encoding/json"
	"errors"
	"unicode/utf8"

	"signbench/flows/trace"
)

// textWire is a document or a body as it came: a JSON string where that keeps every
// byte and people can read it, else base64.
type textWire struct {
	Text   string `json:"text,omitempty"`
	Base64 []byte `json:"base64,omitempty"`
}

func packText(b []byte) textWire {
	if readable(b) {
		return textWire{Text: string(b)}
	}
	return textWire{Base64: b}
}

// readable reports whether a JSON string keeps the bytes and does not become many
// times as long: a control character takes six.
func readable(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	escaped := 0
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			escaped++
		}
	}
	return escaped <= len(b)/16
}

func (w textWire) unpack() []byte {
	switch {
	case w.Base64 != nil:
		return w.Base64
	case w.Text != "":
		return []byte(w.Text)
	default:
		return nil
	}
}

// errorWire is a *trace.Failure: all that is left of an error on disk.
type errorWire struct {
	Class trace.Class `json:"class,omitempty"`
	Text  string      `json:"text"`
}

// packError writes a *trace.Failure, which is what disarming makes of every error.
// Of any other, whose words nobody has looked through, it writes nothing.
func packError(err error) *errorWire {
	if err == nil {
		return nil
	}
	var failure *trace.Failure
	if !errors.As(err, &failure) {
		return &errorWire{}
	}
	w := errorWire(*failure)
	return &w
}

func (w *errorWire) unpack() error {
	if w == nil {
		return nil
	}
	failure := trace.Failure(*w)
	return &failure
}

// repaired keeps a document that was JSON from being none after values were taken
// out of it: readers rely on its being an object.
func repaired(before, after json.RawMessage) json.RawMessage {
	if len(before) > 0 && json.Valid(before) && !json.Valid(after) {
		return json.RawMessage(`{}`)
	}
	return after
}
