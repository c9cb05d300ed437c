package trace

import "time"

// PhaseKind names a stretch of an exchange.
type PhaseKind string

// The phases, in their order. Sending the request is part of the wait: it takes
// less than can be seen.
const (
	PhaseDNS     PhaseKind = "dns"
	PhaseConnect PhaseKind = "connect"
	PhaseTLS     PhaseKind = "tls"
	PhaseWait    PhaseKind = "wait"
	PhaseReceive PhaseKind = "receive"
)

// PhaseKinds lists every phase, for the test that each has its words.
func PhaseKinds() []PhaseKind {
	return []PhaseKind{PhaseDNS, PhaseConnect, PhaseTLS, PhaseWait, PhaseReceive}
}

// Phase is a stretch of an exchange, in offsets from its start.
type Phase struct {
	Kind     PhaseKind
	From, To time.Duration
}

// Timings returns the phases that happened, in their order and without overlap. A
// reused connection has neither DNS nor connect nor TLS; where a phase began and
// never ended it lasts until the exchange did.
func Timings(ex *Exchange) []Phase {
	if ex == nil {
		return nil
	}
	i := ex.Instants
	var out []Phase
	floor := time.Duration(0)
	add := func(kind PhaseKind, from, to time.Duration) {
		if to == 0 {
			to = i.Done
		}
		if from = max(from, floor); to > from {
			out = append(out, Phase{Kind: kind, From: from, To: to})
			floor = to
		}
	}
	if i.DNSStart > 0 {
		add(PhaseDNS, i.DNSStart, i.DNSDone)
	}
	if i.ConnectStart > 0 {
		add(PhaseConnect, i.ConnectStart, i.ConnectDone)
	}
	if i.TLSStart > 0 {
		add(PhaseTLS, i.TLSStart, i.TLSDone)
	}
	if i.GotConn > 0 || i.FirstByte > 0 {
		add(PhaseWait, i.GotConn, i.FirstByte)
	}
	if i.FirstByte > 0 {
		add(PhaseReceive, i.FirstByte, i.Done)
	}
	return out
}
