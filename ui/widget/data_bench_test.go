package widget

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func BenchmarkPrepareCode(b *testing.B) {
	for name, text := range map[string]string{
		"10MB one line": strings.Repeat("x", 10<<20),
		"10MB JSON":     strings.Repeat(`{"key": "value", "n": 12345.678}`+"\n", 10<<20/33),
		"10MB Japanese": strings.Repeat("山田太郎", 10<<20/12),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for range b.N {
				PrepareCode(text, CodeLimit{Gate: -1})
			}
		})
	}
}

func BenchmarkFind10MB(b *testing.B) {
	m := PrepareCode(strings.Repeat("the quick brown fox\n", 10<<20/20), CodeLimit{Gate: -1})
	for range b.N {
		m.Find("Lazy dog")
	}
}

func benchJSON(size int) string {
	var out strings.Builder
	out.WriteString("{\n")
	for i := 0; out.Len() < size; i++ {
		fmt.Fprintf(&out, "  \"claim_%d\": \"%s\",\n", i, strings.Repeat("v", i%60))
	}
	return out.String() + "  \"end\": true\n}"
}

// BenchmarkOpenJSON is all that opening a body costs the window's thread.
func BenchmarkOpenJSON(b *testing.B) {
	for _, kb := range []int{10, 100, 256} {
		b.Run(fmt.Sprint(kb, "KB"), func(b *testing.B) {
			dataBench(b)
			text := benchJSON(kb << 10)
			w := test.NewWindow(nil)
			defer w.Close()
			w.Resize(fyne.NewSize(600, 600))
			for range b.N {
				v := NewCodeView(CodeLabels{})
				v.SetText(text)
				w.SetContent(v)
			}
		})
	}
}

func BenchmarkTableFirstLayout(b *testing.B) {
	dataBench(b)
	rows := tableRows(10_000)
	w := test.NewWindow(nil)
	defer w.Close()
	w.Resize(fyne.NewSize(600, 600))
	for range b.N {
		table := newTestTable(false)
		table.SetRows(rows)
		w.SetContent(table)
	}
}

func BenchmarkTableScroll(b *testing.B) {
	dataBench(b)
	table := newTestTable(false)
	table.SetRows(tableRows(10_000))
	w := test.NewWindow(table)
	defer w.Close()
	w.Resize(fyne.NewSize(600, 600))
	y := float32(0)
	for range b.N {
		y += 100
		if y > 300_000 {
			y = 0
		}
		table.body.scrollTo(0, y)
	}
}

func BenchmarkTableRefresh(b *testing.B) {
	dataBench(b)
	table := newTestTable(false)
	table.SetRows(tableRows(10_000))
	w := test.NewWindow(table)
	defer w.Close()
	w.Resize(fyne.NewSize(600, 600))
	for range b.N {
		table.Refresh()
	}
}

func BenchmarkSetCell(b *testing.B) {
	dataBench(b)
	table := newTestTable(false)
	table.SetRows(tableRows(10_000))
	w := test.NewWindow(table)
	defer w.Close()
	w.Resize(fyne.NewSize(600, 600))
	texts := [2]string{"58:11", "58:10"}
	b.ReportAllocs()
	for i := range b.N {
		table.SetCell(3, 2, Cell{Text: texts[i%2], Tone: CellTonePass})
	}
}

func BenchmarkTokenView1MB(b *testing.B) {
	dataBench(b)
	m := testToken(1000, 1<<20, 86)
	v := NewTokenView(TokenLabels{"More", "Less"})
	w := test.NewWindow(v)
	defer w.Close()
	w.Resize(fyne.NewSize(600, 400))
	b.Run("set", func(b *testing.B) {
		for range b.N {
			v.Set(m)
		}
	})
	v.SetExpanded(true)
	b.Run("resize", func(b *testing.B) {
		for i := range b.N {
			v.Resize(fyne.NewSize(400+float32(i%100), 400))
		}
	})
}

func BenchmarkDetail1MB(b *testing.B) {
	dataBench(b)
	d := NewTableDetail("Copy")
	w := test.NewWindow(d)
	defer w.Close()
	w.Resize(fyne.NewSize(600, 200))
	fields := []DetailField{{Title: "Value", Text: strings.Repeat("v", 1<<20), Mono: true}}
	for range b.N {
		d.Set(fields)
	}
}
