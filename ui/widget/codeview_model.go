package widget

import (
	"strings"
	"unicode/utf8"
)

// The limits of CodeView when CodeLimit leaves them open.
const (
	CodeColumns = 160       // one drawn line is one texture, and those have a largest width
	CodeGate    = 256 << 10 // above this, only the beginning is shown until asked for
	CodeShown   = 64 << 10
	codeRowsMax = 400_000 // positions are float32: beyond, neighbouring rows would meet
)

// CodeLimit bounds what PrepareCode makes rows of. Zero members take the defaults.
type CodeLimit struct {
	Columns int // cut lines here
	Gate    int // show only the beginning of texts longer than this; negative: show all
	Shown   int // how much the beginning is
}

// CodeModel is a text cut into rows that can be drawn. It is immutable, so it can
// be prepared away from the window's thread and handed over.
type CodeModel struct {
	text  string
	shown int // bytes of text that have rows
	json  bool
	wide  int // columns of the widest row
	lines int
	rows  []codeRow
}

// codeRow is a part of one line. The bytes between two rows are exactly the line
// break that stood there.
type codeRow struct {
	start, end uint32
	line       uint32
	flags      uint8
}

const (
	codeContinued uint8 = 1 << iota // not the first row of its line
	codeInString                    // the row begins inside a JSON string
	codeEscaped                     // and just after a backslash
)

// CodeRow is a row as data.
type CodeRow struct {
	Line      int  // from 1
	Continued bool // the row goes on with the line of the row before
	Text      string
}

// PrepareCode cuts a text into rows: one per line, more for long lines. It is
// pure, reads the text once, and never cuts inside what is drawn as one character.
func PrepareCode(text string, limit CodeLimit) CodeModel {
	if limit.Columns <= 0 {
		limit.Columns = CodeColumns
	}
	if limit.Gate == 0 {
		limit.Gate = CodeGate
	}
	if limit.Shown <= 0 {
		limit.Shown = CodeShown
	}
	m := CodeModel{text: text, shown: len(text), json: looksLikeJSON(text)}
	if limit.Gate > 0 && len(text) > limit.Gate {
		m.shown = cutBefore(text, min(limit.Shown, len(text)))
	}
	const most = 1<<32 - 1
	m.shown = min(m.shown, most)
	c := codeCutter{model: &m, columns: limit.Columns, text: text[:m.shown]}
	c.run()
	return m
}

// cutBefore moves a cut back to the start of a rune.
func cutBefore(text string, at int) int {
	for back := 0; back < utf8.UTFMax && at > 0 && at < len(text); back++ {
		if utf8.RuneStart(text[at]) {
			break
		}
		at--
	}
	return at
}

// looksLikeJSON decides whether to colour: by the first character only, because
// half a document should be coloured too.
func looksLikeJSON(text string) bool {
	for i := 0; i < min(len(text), 64); i++ {
		switch text[i] {
		case ' ', '\t', '\r', '\n':
			continue
		case '{', '[':
			return true
		}
		return false
	}
	return false
}

// Len is the number of rows.
func (m CodeModel) Len() int { return len(m.rows) }

// Lines is the number of lines the rows belong to.
func (m CodeModel) Lines() int { return m.lines }

// Text is the whole text, shown or not.
func (m CodeModel) Text() string { return m.text }

// Shown is the number of bytes that have rows; less than the text's when it is long.
func (m CodeModel) Shown() int { return m.shown }

// Cut tells that rows are there for the beginning only.
func (m CodeModel) Cut() bool { return m.shown < len(m.text) }

// Row returns a row as data.
func (m CodeModel) Row(i int) CodeRow {
	r := m.rows[i]
	return CodeRow{Line: int(r.line), Continued: r.flags&codeContinued != 0, Text: m.text[r.start:r.end]}
}

// Line is the whole line that a row belongs to.
func (m CodeModel) Line(row int) string {
	if row < 0 || row >= len(m.rows) {
		return ""
	}
	start := int(m.rows[row].start)
	for i := row; i >= 0 && m.rows[i].line == m.rows[row].line; i-- {
		start = int(m.rows[i].start)
	}
	rest := m.text[start:]
	if n := strings.IndexByte(rest, '\n'); n >= 0 {
		rest = strings.TrimSuffix(rest[:n], "\r")
	}
	return rest
}
