package trace

import "strings"

// ActorLabels are the words of a diagram, translated by the caller. What is empty
// is written in English.
type ActorLabels struct {
	Browser, Signbench, Provider, Upstream string
	Words                                  map[MessageCode]string
	Classes                                map[Class]string // of failures, as captions
	Inferred                               string           // marks what nobody saw
}

// english are the words that stand where the caller has none.
var english = map[MessageCode]string{
	CodeOpened:       "Open the browser",
	CodeAtProvider:   "The user is at the provider",
	CodeWaiting:      "The browser has not come back",
	CodeSentBack:     "Redirect back",
	CodeForeignState: "A state that is not of this run",
	CodeLate:         "Nobody was waiting for it",
	CodeKnock:        "Not the callback",
	CodeNoAnswer:     "No answer",
	CodeBroken:       "The answer broke off",
}

func (l ActorLabels) actor(a Actor) string {
	name, fallback := l.Provider, "Provider"
	switch a {
	case Browser:
		name, fallback = l.Browser, "Browser"
	case Signbench:
		name, fallback = l.Signbench, "Signbench"
	case Upstream:
		name, fallback = l.Upstream, "Upstream"
	}
	if name == "" {
		return fallback
	}
	return name
}

func (l ActorLabels) word(code MessageCode) string {
	if w := l.Words[code]; w != "" {
		return w
	}
	return english[code]
}

// line is the first line of a message, and detail its second, "" for none.
func (l ActorLabels) line(m Message) string {
	if m.Title == "" {
		return l.word(m.Code)
	}
	return m.Title
}

func (l ActorLabels) detail(m Message) string {
	parts := []string{}
	if m.Code != "" && m.Title != "" {
		parts = append(parts, l.word(m.Code))
	}
	if m.Inferred {
		inferred := l.Inferred
		if inferred == "" {
			inferred = "inferred"
		}
		parts = append(parts, inferred)
	}
	if caption := l.caption(m); caption != "" {
		parts = append(parts, caption)
	}
	if took := length(m.Took); took != "" {
		parts = append(parts, took)
	}
	return strings.Join(parts, " · ")
}

// caption is the message's own, or the words for the class of a failure.
func (l ActorLabels) caption(m Message) string {
	if m.Code != CodeNoAnswer && m.Code != CodeBroken {
		return m.Caption
	}
	if w := l.Classes[Class(m.Caption)]; w != "" {
		return w
	}
	return strings.ReplaceAll(m.Caption, "_", " ")
}

// columns are the actors that take part, in their order.
func columns(msgs []Message) []Actor {
	seen := map[Actor]bool{}
	for _, m := range msgs {
		seen[m.From], seen[m.To] = true, true
	}
	var out []Actor
	for _, a := range Actors() {
		if seen[a] || a == Signbench || a == Provider {
			out = append(out, a)
		}
	}
	return out
}
