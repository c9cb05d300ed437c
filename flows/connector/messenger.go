package connector

import (
	"context"

	"signbench/flows/fault"
)

// Messenger is a bench whose connector sends messages.
type Messenger interface {
	Bench

	// SendTest sends the message that Logto would send, once, and watches it until it
	// has arrived, has failed, or the bench gives up. Each state is told to d.Seen. The
	// warnings are about a message of which it is not known whether it arrived. The
	// error is a *Stopped, or that of ctx.
	SendTest(ctx context.Context, d Desk, s Setup, m Message) (warnings []fault.Fault, err error)
}

// Message is a test message to be sent.
type Message struct {
	To        string // as it was typed
	UsageType string // one of UsageTypes, or of the configuration
}

// Delivery is a message that was accepted, as the vendor has it at one moment.
type Delivery struct {
	SID       string
	Status    string // in the vendor's words
	To        string
	From      string // "" until a sender has been chosen
	Body      string
	Segments  string // "0" until they have been counted
	ErrorCode int    // 0: none
	Error     string // the vendor's sentence for it
}
