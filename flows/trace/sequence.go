package trace

import (
	"time"

	"signbench/flows/oauth"
)

// Actor is a column of a sequence diagram.
type Actor string

// The actors, from left to right.
const (
	Browser   Actor = "browser"
	Signbench Actor = "signbench" // in an imported recording: the application
	Provider  Actor = "provider"
	Upstream  Actor = "upstream" // the provider behind the provider
)

// Actors lists the actors in the order of their columns.
func Actors() []Actor { return []Actor{Browser, Signbench, Provider, Upstream} }

// MessageKind says what a row of the diagram is.
type MessageKind string

// The kinds of message.
const (
	MessageRequest  MessageKind = "request"
	MessageAnswer   MessageKind = "answer"
	MessageLost     MessageKind = "lost"     // nothing came back: a transport failure
	MessageOpen     MessageKind = "open"     // the system's browser is given a URL
	MessageRedirect MessageKind = "redirect" // the provider sends the browser back
	MessageCallback MessageKind = "callback" // the browser arrives at the loopback
	MessageGap      MessageKind = "gap"      // the browser is at the provider; the user types
)

// MessageCode names a message that has no words of the wire: its own are in the
// translations.
type MessageCode string

// The codes.
const (
	CodeOpened       MessageCode = "opened"        // Signbench gives the browser the URL
	CodeAtProvider   MessageCode = "at_provider"   // the time between opening and the callback
	CodeWaiting      MessageCode = "waiting"       // the browser has not come back
	CodeSentBack     MessageCode = "sent_back"     // inferred: the provider must have redirected
	CodeForeignState MessageCode = "foreign_state" // a callback with a state that is not this run's
	CodeLate         MessageCode = "late"          // a callback while none was awaited
	CodeKnock        MessageCode = "knock"         // a request to the loopback that is no callback
	CodeNoAnswer     MessageCode = "no_answer"     // the caption is the Class of the failure
	CodeBroken       MessageCode = "broken"        // the answer did not end; the caption is a Class
)

// MessageCodes lists every code, for the test that each has its words.
func MessageCodes() []MessageCode {
	return []MessageCode{
		CodeOpened, CodeAtProvider, CodeWaiting, CodeSentBack, CodeForeignState, CodeLate, CodeKnock, CodeNoAnswer, CodeBroken,
	}
}

// Message is one row of a sequence diagram. Title and Caption are words of the wire:
// paths without queries, statuses, and the few parameters that never hold a secret.
// A path is shown as it was, so that for an export the exchanges are disarmed first.
type Message struct {
	From, To Actor
	Kind     MessageKind
	Code     MessageCode // what to say where the wire has no words, or besides them
	Title    string      // "POST /oidc/token", "401 Unauthorized"; empty where Code says all
	Caption  string      // "grant_type=refresh_token", "invalid_client", "attempt 2"
	Failed   bool        // a transport failure or an error response
	Inferred bool        // nobody saw it; it follows from what was seen
	Exchange int         // ID, 0 for none
	Attempt  int         // of a request: 2 or more when it was made before
	Step     oauth.Step
	At       time.Time     // when it was sent
	Took     time.Duration // of an answer: since its request; of a gap: its length; 0: not known
}
