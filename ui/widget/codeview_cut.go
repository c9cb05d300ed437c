package widget

import "unicode/utf8"

// codeBytesPerColumn bounds rows of marks, which take bytes but no columns.
const codeBytesPerColumn = 8

// codeCutter walks a text once and writes the rows of its model.
type codeCutter struct {
	model   *CodeModel
	columns int
	text    string

	start, line int
	flags       uint8
	inString    bool
	escaped     bool
	breaks      dataBreaks

	// The last place where the row may end, and the state there.
	safe      int
	safeCols  int
	safeFlags uint8
	cols      int
}

func (c *codeCutter) run() {
	c.line = 1
	c.begin(0, 0)
	text := c.text
	for i := 0; i < len(text); {
		b := text[i]
		if b == '\n' || b == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			n := 1
			if b == '\r' {
				n = 2
			}
			c.emit(i)
			c.line++
			c.inString, c.escaped = false, false // no JSON string spans lines
			c.begin(i+n, 0)
			if len(c.model.rows) >= codeRowsMax {
				c.stop(i)
				return
			}
			i += n
			continue
		}
		r, n := rune(b), 1
		width := 1
		switch {
		case b >= 0x20 && b < 0x7f:
		case b < utf8.RuneSelf:
			shown, _ := dataVisible(r, 1, b)
			width = len(shown)
		default:
			r, n = utf8.DecodeRuneInString(text[i:])
			width = c.special(r, n, b)
		}
		if c.breaks.next(r) {
			c.safe, c.safeCols, c.safeFlags = i, c.cols, c.state()
		}
		if (c.cols+width > c.columns || i-c.start >= codeBytesPerColumn*c.columns) && c.safe > c.start {
			if len(c.model.rows) >= codeRowsMax {
				c.stop(c.start)
				return
			}
			rest := c.cols - c.safeCols
			c.wrap(rest)
		}
		c.cols += width
		if c.model.json {
			c.lex(b)
		}
		i += n
	}
	c.emit(len(text))
	c.model.lines = c.line
}

// special is the width of a rune beyond ASCII.
func (c *codeCutter) special(r rune, n int, b byte) int {
	if r == utf8.RuneError && n == 1 || r < 0xa0 || dataHidden(r) {
		shown, _ := dataVisible(r, n, b)
		return len(shown)
	}
	return dataColumns(r)
}

// lex follows JSON strings, so that a row in the middle of one is coloured as one.
func (c *codeCutter) lex(b byte) {
	switch {
	case c.escaped:
		c.escaped = false
	case c.inString && b == '\\':
		c.escaped = true
	case b == '"':
		c.inString = !c.inString
	}
}

func (c *codeCutter) state() uint8 {
	var f uint8
	if c.inString {
		f |= codeInString
	}
	if c.escaped {
		f |= codeEscaped
	}
	return f
}

func (c *codeCutter) begin(at int, flags uint8) {
	c.start, c.safe, c.flags, c.cols, c.safeCols = at, at, flags, 0, 0
	c.safeFlags = flags &^ codeContinued
	if flags&codeContinued == 0 {
		c.breaks = dataBreaks{}
	}
}

func (c *codeCutter) emit(end int) {
	c.model.rows = append(c.model.rows, codeRow{
		start: uint32(c.start), end: uint32(end), line: uint32(c.line), flags: c.flags, // #nosec G115 -- bounded by PrepareCode
	})
	c.model.wide = max(c.model.wide, c.cols)
}

// wrap ends the row at the last safe place; what stands behind it moves on.
func (c *codeCutter) wrap(rest int) {
	at, flags := c.safe, c.safeFlags
	c.cols = c.safeCols
	c.emit(at)
	c.begin(at, flags|codeContinued)
	c.cols = rest
}

// stop gives up at the largest number of rows; the rest is there to copy and save.
func (c *codeCutter) stop(at int) {
	c.model.shown = at
	c.model.lines = int(c.model.rows[len(c.model.rows)-1].line)
}
