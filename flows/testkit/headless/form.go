package headless

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Field is one field of a form with its present value.
type Field struct {
	Name    string
	Type    string // the type of the input, "select" or "textarea"
	Value   string
	Checked bool // check boxes and radio buttons
}

// Button is one button that sends a form.
type Button struct {
	Name, Value, Text string
	action            *url.URL // formaction
	method            string   // formmethod
}

// Form is one form of a page.
type Form struct {
	ID      string
	Method  string
	Action  *url.URL
	Fields  []Field
	Buttons []Button

	origin string // of the page
}

// Fill types the values into the fields of these names. Hidden fields are not
// the user's to change.
func (f *Form) Fill(values map[string]string) {
	for i := range f.Fields {
		field := &f.Fields[i]
		value, ok := values[field.Name]
		if !ok || field.Type == "hidden" {
			continue
		}
		switch field.Type {
		case "checkbox":
			field.Checked = value != ""
		case "radio":
			field.Checked = field.Value == value
		default:
			field.Value = value
		}
	}
}

// automatic reports whether nothing is left to a user, so that the page sends
// the form by itself.
func (f *Form) automatic() bool {
	for _, field := range f.Fields {
		if field.Type != "hidden" {
			return false
		}
	}
	return len(f.Buttons) == 0
}

// identity tells forms apart by what the user sees of them.
func (f *Form) identity() string {
	parts := []string{f.Method, f.Action.String()}
	for _, field := range f.Fields {
		if field.Type != "hidden" {
			parts = append(parts, field.Name+"="+field.Value)
		}
	}
	for _, button := range f.Buttons {
		parts = append(parts, button.Name+":"+button.Value+":"+button.Text)
	}
	return strings.Join(parts, "\n")
}

// values are the successful controls of the form (HTML, form submission).
func (f *Form) values(button *Button) url.Values {
	values := url.Values{}
	for _, field := range f.Fields {
		if field.Name == "" {
			continue
		}
		if (field.Type == "checkbox" || field.Type == "radio") && !field.Checked {
			continue
		}
		values.Add(field.Name, field.Value)
	}
	if button != nil && button.Name != "" {
		values.Add(button.Name, button.Value)
	}
	return values
}

func (f *Form) request(ctx context.Context, button *Button) (*http.Request, error) {
	action, method := f.Action, f.Method
	if button != nil && button.action != nil {
		action = button.action
	}
	if button != nil && button.method != "" {
		method = button.method
	}
	encoded := f.values(button).Encode()
	if method != http.MethodPost {
		target := *action
		target.RawQuery = encoded
		return http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	}
	body := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(encoded)), nil }
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, action.String(), strings.NewReader(encoded))
	if err != nil {
		return nil, err
	}
	request.GetBody = body
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", f.origin)
	return request, nil
}

// parse fills in title, text and forms from the page's HTML.
func (p *Page) parse() error {
	root, err := html.Parse(strings.NewReader(p.HTML))
	if err != nil {
		return err
	}
	reader := pageReader{page: p, base: p.URL, byID: map[string]*Form{}}
	reader.findForms(root)
	reader.walk(root, nil)
	p.Title = strings.Join(strings.Fields(p.Title), " ")
	p.Text = strings.Join(strings.Fields(reader.text.String()), " ")
	return nil
}

type pageReader struct {
	page *Page
	base *url.URL
	byID map[string]*Form
	node map[*html.Node]*Form
	text strings.Builder
}

// findForms comes first: a button may name a form that is further down.
func (r *pageReader) findForms(n *html.Node) {
	if n.Type == html.ElementNode && n.DataAtom == atom.Base {
		if base, err := r.page.URL.Parse(attr(n, "href")); err == nil {
			r.base = base
		}
	}
	if n.Type == html.ElementNode && n.DataAtom == atom.Form {
		action, err := r.base.Parse(attr(n, "action"))
		if err != nil {
			action = r.page.URL
		}
		target := *action
		target.Fragment = ""
		form := &Form{
			ID: attr(n, "id"), Method: strings.ToUpper(attr(n, "method")), Action: &target,
			origin: r.page.URL.Scheme + "://" + r.page.URL.Host,
		}
		if form.Method != http.MethodPost {
			form.Method = http.MethodGet
		}
		if r.node == nil {
			r.node = map[*html.Node]*Form{}
		}
		r.node[n] = form
		if form.ID != "" {
			r.byID[form.ID] = form
		}
		r.page.Forms = append(r.page.Forms, form)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		r.findForms(child)
	}
}

func (r *pageReader) walk(n *html.Node, form *Form) {
	switch n.Type {
	case html.TextNode:
		r.text.WriteString(n.Data)
		r.text.WriteByte(' ')
	case html.ElementNode:
		if own := r.node[n]; own != nil {
			form = own
		}
		switch n.DataAtom {
		case atom.Title:
			r.page.Title = textOf(n)
			return
		case atom.Script, atom.Style, atom.Template, atom.Noscript:
			return
		}
		r.control(n, form)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		r.walk(child, form)
	}
}

// control adds a field or a button to the form that owns it.
func (r *pageReader) control(n *html.Node, form *Form) {
	if id := attr(n, "form"); id != "" {
		form = r.byID[id]
	}
	if form == nil || has(n, "disabled") {
		return
	}
	switch n.DataAtom {
	case atom.Input:
		kind := strings.ToLower(attr(n, "type"))
		switch kind {
		case "submit", "image":
			form.Buttons = append(form.Buttons, r.button(n, attr(n, "value")))
		case "button", "reset", "file":
		default:
			value := attr(n, "value")
			if (kind == "checkbox" || kind == "radio") && !has(n, "value") {
				value = "on"
			}
			form.Fields = append(form.Fields, Field{Name: attr(n, "name"), Type: kind, Value: value, Checked: has(n, "checked")})
		}
	case atom.Button:
		if kind := strings.ToLower(attr(n, "type")); kind == "" || kind == "submit" {
			form.Buttons = append(form.Buttons, r.button(n, strings.Join(strings.Fields(textOf(n)), " ")))
		}
	case atom.Textarea:
		form.Fields = append(form.Fields, Field{Name: attr(n, "name"), Type: "textarea", Value: textOf(n)})
	case atom.Select:
		form.Fields = append(form.Fields, Field{Name: attr(n, "name"), Type: "select", Value: selected(n)})
	}
}

func (r *pageReader) button(n *html.Node, text string) Button {
	button := Button{
		Name: attr(n, "name"), Value: attr(n, "value"), Text: text,
		method: strings.ToUpper(attr(n, "formmethod")),
	}
	if has(n, "formaction") {
		if action, err := r.base.Parse(attr(n, "formaction")); err == nil {
			button.action = action
		}
	}
	return button
}

// selected is the value of the chosen option, or of the first.
func selected(n *html.Node) string {
	var first, chosen *html.Node
	var look func(*html.Node)
	look = func(n *html.Node) {
		if n.DataAtom == atom.Option {
			if first == nil {
				first = n
			}
			if has(n, "selected") && chosen == nil {
				chosen = n
			}
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			look(child)
		}
	}
	look(n)
	if chosen == nil {
		chosen = first
	}
	switch {
	case chosen == nil:
		return ""
	case has(chosen, "value"):
		return attr(chosen, "value")
	default:
		return strings.TrimSpace(textOf(chosen))
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var text strings.Builder
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		text.WriteString(textOf(child))
	}
	return text.String()
}
