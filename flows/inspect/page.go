package inspect

import (
	"strings"

	"golang.org/x/net/html"

	"signbench/flows/fault"
)

// maxWords bounds the text that is taken from a page.
const maxWords = 4000

// readPage takes the title and the words out of an HTML page. Nothing of it is
// rendered, fetched or run.
func readPage(text string) Document {
	d := Document{Kind: Page}
	d.readWords(text)
	if f, ok := fault.FromWords(d.Title + " " + d.Words); ok {
		d.Faults = []fault.Fault{f}
	}
	return d
}

func (d *Document) readWords(text string) {
	tokens := html.NewTokenizer(strings.NewReader(text))
	tokens.SetMaxBuf(1 << 20)
	var words strings.Builder
	hidden, inTitle := "", false
	for words.Len() < maxWords {
		switch tokens.Next() {
		case html.ErrorToken:
			d.Words = strings.TrimSpace(words.String())
			return
		case html.StartTagToken:
			name, _ := tokens.TagName()
			switch tag := string(name); tag {
			case "script", "style", "noscript", "template", "svg":
				hidden = tag
			case "title":
				inTitle = hidden == ""
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if string(name) == hidden {
				hidden = ""
			}
			inTitle = inTitle && string(name) != "title"
		case html.TextToken:
			line := strings.Join(strings.Fields(string(tokens.Text())), " ")
			switch {
			case line == "" || hidden != "":
			case inTitle:
				d.Title = head(line)
			default:
				_, _ = words.WriteString(line[:min(len(line), maxWords)] + "\n") // a Builder never fails
			}
		}
	}
	d.Words = strings.ToValidUTF8(strings.TrimSpace(words.String()), "")
	d.note(NoteMore)
}
