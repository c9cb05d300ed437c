package trace

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// errHARBytes and errHAREntry end the reading of a recording that is too large.
var (
	errHARBytes = errors.New("larger than the limit")
	errHAREntry = errors.New("an entry is larger than the limit")
)

// harFilter passes JSON through and cuts long strings, so that the decoder behind
// it never holds more than a bounded part of a file: a recording may have a film in
// a string. It also ends a file that is too large, and knows its byte order mark.
type harFilter struct {
	r      *bufio.Reader
	limits HARLimits

	inString bool
	escape   int // bytes of an escape that are still to come
	length   int // of the string
	depth    int
	err      error // a limit was passed: there is nothing more to read
	entry    int64 // bytes since the depth was that of the list of entries
}

// harListDepth is inside of log and entries: {"log":{"entries":[
const harListDepth = 3

func newHARFilter(r io.Reader, limits HARLimits) io.Reader {
	buffered := bufio.NewReaderSize(&countedReader{r: r, left: limits.Bytes}, 64<<10)
	f := &harFilter{r: buffered, limits: limits}
	switch mark, _ := buffered.Peek(3); {
	case len(mark) == 3 && string(mark) == "\xef\xbb\xbf":
		_, _ = buffered.Discard(3)
	case len(mark) >= 2 && (string(mark[:2]) == "\xff\xfe" || string(mark[:2]) == "\xfe\xff"):
		_, _ = buffered.Discard(2)
		f.r = bufio.NewReaderSize(&utf16Reader{r: buffered, big: mark[0] == 0xfe}, 64<<10)
	}
	return f
}

// Read implements io.Reader.
func (f *harFilter) Read(p []byte) (int, error) {
	for {
		if f.err != nil {
			return 0, f.err
		}
		chunk, err := f.r.Peek(min(len(p), 32<<10))
		if len(chunk) == 0 {
			return 0, err
		}
		var n int
		n, f.err = f.pass(p, chunk)
		if _, err := f.r.Discard(len(chunk)); err != nil {
			return n, err
		}
		if n > 0 {
			return n, f.err
		}
	}
}

// pass copies what is kept of in to out, and returns its length.
func (f *harFilter) pass(out, in []byte) (int, error) {
	n, quote := 0, -1
	for i := 0; i < len(in); i++ {
		if f.inString && f.escape == 0 { // most of a recording: strings, and in them nothing special
			if quote < i {
				if quote = bytes.IndexByte(in[i:], '"'); quote < 0 {
					quote = len(in)
				} else {
					quote += i
				}
			}
			plain := in[i:quote]
			if j := bytes.IndexByte(plain, '\\'); j >= 0 {
				plain = plain[:j]
			}
			kept := copy(out[n:], plain[:min(len(plain), max(0, f.limits.Text-f.length))])
			n, f.length, f.entry = n+kept, f.length+len(plain), f.entry+int64(kept)
			if i += len(plain); i == len(in) {
				break
			}
		}
		c, keep := in[i], true
		switch {
		case f.inString:
			keep = f.inside(c)
		case c == '"':
			f.inString, f.length = true, 0
		case c == '{' || c == '[':
			f.depth++
		case c == '}' || c == ']':
			f.depth--
		}
		if f.depth <= harListDepth && !f.inString && isHARBreak(c) {
			f.entry = 0
		}
		if keep {
			out[n] = c
			n++
			if f.entry++; f.entry > f.limits.Entry {
				return n, errHAREntry
			}
		}
	}
	return n, nil
}

// isHARBreak reports whether a byte ends a value in a list. Spaces and digits do
// not, or a number without end would never be too large.
func isHARBreak(c byte) bool {
	return c == ',' || c == '{' || c == '}' || c == '[' || c == ']'
}

// inside reports whether a byte of a string is kept. An escape is kept or dropped
// as a whole.
func (f *harFilter) inside(c byte) bool {
	switch {
	case f.escape > 0:
		if f.escape--; f.escape == 0 && c == 'u' {
			f.escape = -4
		}
		return f.length <= f.limits.Text
	case f.escape < 0:
		f.escape++
		return f.length <= f.limits.Text
	case c == '"':
		f.inString = false
		return true
	case c == '\\':
		f.escape = 1
	}
	f.length++
	return f.length <= f.limits.Text
}

// countedReader fails where the file is too large, instead of ending it.
type countedReader struct {
	r    io.Reader
	left int64
	over bool
}

// Read implements io.Reader.
func (c *countedReader) Read(p []byte) (int, error) {
	if c.over {
		return 0, errHARBytes
	}
	if c.left <= 0 {
		if n, err := c.r.Read(p[:1]); n == 0 {
			return 0, err
		}
		c.over = true
		return 0, errHARBytes
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

// utf16Reader decodes UTF-16: some tools of Windows save in it.
type utf16Reader struct {
	r    *bufio.Reader
	big  bool
	rest []byte
}

// Read implements io.Reader.
func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.rest) == 0 {
		unit, err := u.unit()
		if err != nil {
			return 0, err
		}
		r := rune(unit)
		if utf16.IsSurrogate(r) {
			low, err := u.unit()
			if err != nil {
				low = 0xfffd
			}
			r = utf16.DecodeRune(r, rune(low))
		}
		u.rest = utf8.AppendRune(u.rest[:0], r)
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

func (u *utf16Reader) unit() (uint16, error) {
	var b [2]byte
	if _, err := io.ReadFull(u.r, b[:]); err != nil {
		return 0, io.EOF
	}
	if u.big {
		return uint16(b[0])<<8 | uint16(b[1]), nil
	}
	return uint16(b[1])<<8 | uint16(b[0]), nil
}
