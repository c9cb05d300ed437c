package twilio

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"signbench/flows/connector"
)

// placeholder is the pattern of Logto's connector kit, with JavaScript's idea of
// white space.
var placeholder = regexp.MustCompile(`\{\{[\s\v\p{Z}\x{feff}]*([0-9A-Za-z_.]+)[\s\v\p{Z}\x{feff}]*\}\}`)

// Render fills in a template as Logto does: {{ key.path }} becomes the value, the
// empty string where only its root is there, and stays as it is written where even
// its root is not.
func Render(template string, data map[string]any) string {
	return placeholder.ReplaceAllStringFunc(template, func(written string) string {
		path := strings.Split(placeholder.FindStringSubmatch(written)[1], ".")
		value, known := data[path[0]]
		if !known || path[0] == "" {
			return written
		}
		for _, name := range path[1:] {
			object, _ := value.(map[string]any)
			value = object[name]
		}
		return scriptText(value)
	})
}

// scriptText is a value as JavaScript's String has it.
func scriptText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case map[string]any:
		return "[object Object]"
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = scriptText(item)
		}
		return strings.Join(parts, ",")
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// SampleCode is the code that Logto's own test message carries.
const SampleCode = "000000"

// The usage types that this file names.
const (
	generic    = "Generic"
	invitation = "OrganizationInvitation"
)

// sample is what Logto fills into a message of that use, with a code that signs
// nobody in.
func sample(usage string) map[string]any {
	if usage == invitation {
		return map[string]any{"link": "https://example.com/invitation"}
	}
	return map[string]any{"code": SampleCode}
}

// Rendered is what Logto would send for one use.
type Rendered struct {
	UsageType string
	From      string // the usage type of the template: its own, Generic, or "" where there is none
	Text      string
	Size      Size
	Left      []string // placeholders that Logto does not fill in
	HasCode   bool     // or needs none
}

// Messages renders every use that Logto has, and those that the configuration has
// beside them.
func Messages(c connector.Config) []Rendered {
	uses := connector.UsageTypes()
	for i := range c.Len("templates") {
		if usage := c.Text(templatePath(i, "usageType")); usage != "" && !slices.Contains(uses, usage) {
			uses = append(uses, usage)
		}
	}
	out := make([]Rendered, len(uses))
	for i, usage := range uses {
		out[i] = Message(c, usage)
	}
	return out
}

// Message renders the template for one use, or that for Generic in its place.
func Message(c connector.Config, usage string) Rendered {
	out := Rendered{UsageType: usage}
	content, found := template(c, usage)
	if found {
		out.From = usage
	} else if content, found = template(c, generic); found {
		out.From = generic
	}
	out.Text = Render(content, sample(usage))
	out.Size = Segments(out.Text)
	out.Left = placeholder.FindAllString(out.Text, -1)
	out.HasCode = usage == invitation || strings.Contains(out.Text, SampleCode)
	return out
}

// template is the first one for the use, as Logto finds it.
func template(c connector.Config, usage string) (string, bool) {
	for i := range c.Len("templates") {
		if c.Text(templatePath(i, "usageType")) == usage {
			return c.Text(templatePath(i, "content")), true
		}
	}
	return "", false
}

func templatePath(i int, member string) string { return "templates[" + strconv.Itoa(i) + "]." + member }
