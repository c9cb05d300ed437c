package widget

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// rejoin puts the rows together with the line breaks that stood between them.
func rejoin(t testing.TB, m CodeModel) string {
	var out strings.Builder
	at := uint32(0)
	for i, row := range m.rows {
		gap := m.text[at:row.start]
		if i == 0 && gap != "" {
			t.Fatalf("the first row begins at %d", row.start)
		}
		want := row.flags&codeContinued != 0
		if i > 0 && want != (gap == "") {
			t.Fatalf("row %d: continued %v after %q", i, want, gap)
		}
		if gap != "" && gap != "\n" && gap != "\r\n" {
			t.Fatalf("row %d stands after the lost text %q", i, gap)
		}
		out.WriteString(gap)
		out.WriteString(m.text[row.start:row.end])
		at = row.end
	}
	return out.String()
}

func checkModel(t testing.TB, text string, limit CodeLimit) {
	m := PrepareCode(text, limit)
	if got := rejoin(t, m); got != text[:m.Shown()] {
		t.Fatalf("rows of %.40q do not add up: %d of %d bytes", text, len(got), m.Shown())
	}
	columns := limit.Columns
	if columns <= 0 {
		columns = CodeColumns
	}
	valid := utf8.ValidString(text)
	for i := range m.rows {
		row := m.Row(i)
		if strings.ContainsRune(row.Text, '\n') {
			t.Fatalf("row %d holds a line break", i)
		}
		if n := len(row.Text); n > codeBytesPerColumn*columns+4*dataClusterMax+utf8.UTFMax {
			t.Fatalf("row %d has %d bytes", i, n)
		}
		if valid && !utf8.ValidString(row.Text) {
			t.Fatalf("row %d cuts a character: %q", i, row.Text)
		}
		if spans := m.spans(i); len(spans) > 0 {
			texts, _ := codeLayers(spans, func(s string) float32 { return float32(len(s)) })
			if len(texts) > codeSpanMax {
				t.Fatalf("row %d is drawn as %d texts", i, len(texts))
			}
			for _, s := range texts {
				if !utf8.ValidString(s.text) || strings.ContainsAny(s.text, "\x00\x1b\r\n\t") {
					t.Fatalf("row %d cannot be drawn: %q", i, s.text)
				}
			}
		}
	}
}

func TestPrepareCodeLosesNothing(t *testing.T) {
	for _, text := range awkward {
		for _, columns := range []int{0, 1, 7, 80} {
			checkModel(t, text, CodeLimit{Columns: columns, Gate: -1})
			checkModel(t, `{"k": "`+text+`"}`, CodeLimit{Columns: columns})
		}
	}
}

func FuzzPrepareCode(f *testing.F) {
	for _, text := range awkward[:17] {
		f.Add(text, 10)
	}
	f.Add(`{"a":"b\"c\\","d":[1,true]}`, 3)
	f.Add("a\r\nb\rc\n", 160)
	f.Fuzz(func(t *testing.T, text string, columns int) {
		if columns > 1000 {
			columns = 1000
		}
		checkModel(t, text, CodeLimit{Columns: columns})
		checkModel(t, "["+text, CodeLimit{Columns: columns, Gate: 16, Shown: 8})
	})
}

func TestPrepareCodeShowsTheBeginningOfLongTexts(t *testing.T) {
	m := PrepareCode(strings.Repeat("山", 200_000), CodeLimit{})
	if !m.Cut() || m.Shown() > CodeShown || m.Shown() < CodeShown-3 || len(m.Text()) != 600_000 {
		t.Errorf("shown %d of %d", m.Shown(), len(m.Text()))
	}
	if m := PrepareCode(strings.Repeat("x", CodeGate), CodeLimit{}); m.Cut() {
		t.Error("a text at the limit was cut")
	}
	if m := PrepareCode(strings.Repeat("x", 1<<20), CodeLimit{Gate: -1}); m.Cut() || m.Len() != 6554 {
		t.Errorf("%d rows", m.Len())
	}
}

func TestPrepareCodeStopsAtTheLargestNumberOfRows(t *testing.T) {
	m := PrepareCode(strings.Repeat("\n", codeRowsMax+500), CodeLimit{Gate: -1})
	if m.Len() != codeRowsMax || !m.Cut() {
		t.Errorf("%d rows, cut %v", m.Len(), m.Cut())
	}
}

func TestRowsAndLines(t *testing.T) {
	m := PrepareCode("first\r\n"+strings.Repeat("y", 25)+"\nlast", CodeLimit{Columns: 10})
	want := []CodeRow{{1, false, "first"}, {2, false, "yyyyyyyyyy"}, {2, true, "yyyyyyyyyy"}, {2, true, "yyyyy"}, {3, false, "last"}}
	if m.Len() != len(want) || m.Lines() != 3 {
		t.Fatalf("%d rows, %d lines", m.Len(), m.Lines())
	}
	for i, w := range want {
		if got := m.Row(i); got != w {
			t.Errorf("row %d = %+v, want %+v", i, got, w)
		}
	}
	if got := m.Line(3); got != strings.Repeat("y", 25) {
		t.Errorf("line = %q", got)
	}
	if got := m.Line(0); got != "first" {
		t.Errorf("line = %q", got)
	}
	if m.Line(-1) != "" || m.Line(99) != "" {
		t.Error("a line that is not there")
	}
}

func TestSpansColourJSON(t *testing.T) {
	m := PrepareCode(`{"key": "va\"l", "n": -1.5e3, "t": true}`, CodeLimit{})
	kinds := map[string]codeKind{}
	for _, s := range m.spans(0) {
		kinds[s.text] = s.kind
	}
	for text, kind := range map[string]codeKind{`"key"`: codeKey, `"va\"l"`: codeString, `"n"`: codeKey, "-1.5e3": codeNumber, "true": codeNumber} {
		if got, ok := kinds[text]; !ok || got != kind {
			t.Errorf("%s is kind %d (there: %v), want %d", text, got, ok, kind)
		}
	}
	m = PrepareCode(`{"k":"`+strings.Repeat("s", 30)+`"}`, CodeLimit{Columns: 10})
	if s := m.spans(2); len(s) != 1 || s[0].kind != codeString {
		t.Errorf("inside of a string: %+v", s)
	}
	if s := PrepareCode(`GET "x" 1`, CodeLimit{}).spans(0); len(s) != 1 || s[0].kind != codePlain {
		t.Errorf("no JSON: %+v", s)
	}
}

func TestSpansSpellOutWhatHides(t *testing.T) {
	m := PrepareCode("a\u202eb\x1b\xff", CodeLimit{})
	shown := ""
	for _, s := range m.spans(0) {
		shown += s.text
	}
	if shown != `a\u202eb\x1b\xff` {
		t.Errorf("shown as %q", shown)
	}
}

func TestLayersDrawEveryColumn(t *testing.T) {
	m := PrepareCode(`{"a":1,"b":"two","c":[1,2,3],"d":{"e":"f"},"g":true}`, CodeLimit{})
	texts, _ := codeLayers(m.spans(0), func(s string) float32 { return float32(len(s)) })
	drawn := []byte(strings.Repeat(" ", len(m.Text())))
	for _, s := range texts {
		for i := range len(s.text) {
			if s.text[i] != ' ' {
				if drawn[i] != ' ' {
					t.Fatalf("column %d is drawn twice", i)
				}
				drawn[i] = s.text[i]
			}
		}
	}
	if string(drawn) != m.Text() {
		t.Errorf("drawn as %s", drawn)
	}
}

func TestFindInTheModel(t *testing.T) {
	m := PrepareCode("Alpha beta ALPHA", CodeLimit{})
	if got := m.Find("alpha"); len(got) != 2 || got[1] != (CodeMatch{11, 16}) {
		t.Errorf("found %v", got)
	}
	if m.Find("") != nil || m.Find("gamma") != nil {
		t.Error("found what is not there")
	}
	if got := PrepareCode(strings.Repeat("a", 50_000), CodeLimit{}).Find("a"); len(got) != codeMatchMax {
		t.Errorf("%d matches", len(got))
	}
}
