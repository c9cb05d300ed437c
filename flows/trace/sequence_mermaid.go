package trace

import (
	"fmt"
	"strings"
)

// Mermaid returns the diagram as a Mermaid sequenceDiagram, which GitHub and many
// editors draw.
func Mermaid(msgs []Message, labels ActorLabels) string {
	var b strings.Builder
	b.WriteString("sequenceDiagram\n")
	for _, a := range columns(msgs) {
		fmt.Fprintf(&b, "    participant %s as %s\n", a, mermaidText(labels.actor(a)))
	}
	for _, m := range msgs {
		text := labels.line(m)
		if detail := labels.detail(m); detail != "" {
			text += " (" + detail + ")"
		}
		if m.Kind == MessageGap {
			fmt.Fprintf(&b, "    Note over %s,%s: %s\n", m.From, m.To, mermaidText(text))
			continue
		}
		fmt.Fprintf(&b, "    %s%s%s: %s\n", m.From, mermaidArrow(m), m.To, mermaidText(text))
	}
	return b.String()
}

// mermaidArrow: a cross for what failed, dots for answers and for what was not seen.
func mermaidArrow(m Message) string {
	dotted := m.Inferred || m.Kind == MessageAnswer || m.Kind == MessageLost
	switch {
	case m.Failed && dotted:
		return "--x"
	case m.Failed:
		return "-x"
	case dotted:
		return "-->>"
	}
	return "->>"
}

// mermaidText escapes what ends a message or begins something else: Mermaid has no
// quotes, only entities by number (#59;). Markup is escaped too, as some renderers
// take it for HTML.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || r == '\u0085':
			b.WriteByte(' ')
		case strings.ContainsRune(";#&<>\"`\\%{}$", r):
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	text := strings.TrimSpace(b.String())
	if text == "" {
		return "#32;"
	}
	if strings.HasPrefix(text, "wrap:") || strings.HasPrefix(text, "nowrap:") {
		text = strings.Replace(text, ":", "#58;", 1) // an instruction to Mermaid otherwise
	}
	return text
}
