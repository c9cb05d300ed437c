package connector

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// MaxConfig is the size in bytes from which a text is no configuration but
// something that was pasted by mistake.
const MaxConfig = 1 << 20

// maxDepth is how deep a configuration may be nested. Logto's are three deep.
const maxDepth = 32

// Why a text is no configuration. Sentences are under connector.parse.<code>. Params
// of those with a place: Line, Column.
const (
	ParseEmpty      = "empty"
	ParseTooLarge   = "too_large" // Params: Max, Size in KB
	ParseEncoding   = "encoding"  // not UTF-8
	ParseSyntax     = "syntax"
	ParseUnfinished = "unfinished" // it ends too early
	ParseNotObject  = "not_object"
	ParseTooDeep    = "too_deep"
)

// ParseCodes lists every code of a ParseError.
func ParseCodes() []string {
	return []string{ParseEmpty, ParseTooLarge, ParseEncoding, ParseSyntax, ParseUnfinished, ParseNotObject, ParseTooDeep}
}

// ParseError says why and where a text is no configuration. It quotes nothing of
// the text, which holds secrets.
type ParseError struct {
	Code   string
	Line   int // from 1; 0 where no place is to blame
	Column int // from 1, in characters
	Params map[string]string
}

// Error implements error.
func (e *ParseError) Error() string {
	if e.Line == 0 {
		return "configuration: " + e.Code
	}
	return fmt.Sprintf("configuration: %s at line %d, column %d", e.Code, e.Line, e.Column)
}

// Parse reads a configuration as Logto's console shows it. Members that the schema
// does not know are kept. Of a name that comes twice the last value counts, as in
// JavaScript. Every error is a *ParseError.
func Parse(kind Kind, data []byte) (Config, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	switch {
	case len(data) > MaxConfig:
		return Config{}, &ParseError{Code: ParseTooLarge, Params: map[string]string{
			"Max": fmt.Sprint(MaxConfig >> 10), "Size": fmt.Sprint(len(data) >> 10),
		}}
	case len(bytes.TrimSpace(data)) == 0:
		return Config{}, &ParseError{Code: ParseEmpty}
	case !utf8.Valid(data):
		return Config{}, at(ParseEncoding, data, firstInvalid(data))
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	r := reader{decoder: decoder}
	root, err := r.value("", 0)
	if err == nil {
		if _, rest := decoder.Token(); rest != io.EOF {
			err = errTrailing
		}
	}
	if err != nil {
		return Config{}, explain(data, int(decoder.InputOffset()), err)
	}
	if root.kind != Object {
		return Config{}, at(ParseNotObject, data, 0)
	}
	return Config{kind: kind, root: &root, repeated: r.repeated}, nil
}

var (
	errTrailing = errors.New("something follows the object")
	errTooDeep  = errors.New("nested too deep")
)

// explain finds the place of a mistake. The decoder stands before the token that it
// could not read; encoding/json says for whole documents which byte it was.
func explain(data []byte, offset int, err error) *ParseError {
	var syntax *json.SyntaxError
	var whole json.RawMessage
	switch {
	case errors.Is(err, errTooDeep):
		return at(ParseTooDeep, data, offset)
	case errors.As(json.Unmarshal(data, &whole), &syntax):
		if int(syntax.Offset) >= len(bytes.TrimRight(data, " \t\r\n")) && unfinished(data) {
			return at(ParseUnfinished, data, len(data))
		}
		return at(ParseSyntax, data, int(syntax.Offset)-1)
	}
	return at(ParseSyntax, data, offset)
}

// unfinished reports whether the text is the beginning of something valid.
func unfinished(data []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(data))
	var whole json.RawMessage
	return errors.Is(decoder.Decode(&whole), io.ErrUnexpectedEOF)
}

func at(code string, data []byte, offset int) *ParseError {
	before := data[:max(0, min(offset, len(data)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return &ParseError{
		Code: code, Line: line, Column: column,
		Params: map[string]string{"Line": strconv.Itoa(line), "Column": strconv.Itoa(column)},
	}
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}

// reader builds values from tokens, because a map would lose their order.
type reader struct {
	decoder  *json.Decoder
	repeated []string // paths that came more than once
}

func (r *reader) value(path string, depth int) (value, error) {
	if depth > maxDepth {
		return value{}, errTooDeep
	}
	token, err := r.decoder.Token()
	if err != nil {
		return value{}, err
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return r.object(path, depth)
		}
		return r.array(path, depth)
	case string:
		return text(t), nil
	case json.Number:
		return value{kind: Number, text: t.String()}, nil
	case bool:
		return value{kind: Boolean, text: fmt.Sprint(t)}, nil
	}
	return value{kind: Null}, nil
}

func (r *reader) object(path string, depth int) (value, error) {
	out := value{kind: Object}
	seen := map[string]int{}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return value{}, err
		}
		name, _ := token.(string) // the decoder takes nothing else
		inner := join(path, Object, name)
		member, err := r.value(inner, depth+1)
		if err != nil {
			return value{}, err
		}
		if i, again := seen[name]; again {
			out.values[i] = member
			r.repeated = append(r.repeated, inner)
			continue
		}
		seen[name] = len(out.names)
		out.names, out.values = append(out.names, name), append(out.values, member)
	}
	_, err := r.decoder.Token()
	return out, err
}

func (r *reader) array(path string, depth int) (value, error) {
	out := value{kind: Array}
	for r.decoder.More() {
		item, err := r.value(join(path, Array, fmt.Sprint(len(out.values))), depth+1)
		if err != nil {
			return value{}, err
		}
		out.values = append(out.values, item)
	}
	_, err := r.decoder.Token()
	return out, err
}
