package widget

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestOtherScriptsStandOnTheLine(t *testing.T) {
	bench(t)
	for text, marked := range map[string]bool{"": false, "alice": false, "Žofie": false, "Ольга": false, "山田 太郎": true, "สมชาย": true, "👍": true, "\xff": false} {
		if got := onBaseline(text); (got != text) != marked {
			t.Errorf("%q is drawn as %q", text, got)
		}
	}
	f := face{13, fyne.TextStyle{}}
	if a, b := f.width("山田"), f.width(onBaseline("山田")); a != b {
		t.Errorf("the mark takes %v", b-a)
	}
	text := Body("山田 太郎")
	inWindow(t, text, 200, 20)
	if text.Shown() != "山田 太郎" {
		t.Errorf("shown is %q", text.Shown())
	}
}
