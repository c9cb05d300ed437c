package flows

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// EventVersion is the version of an event's line. It rises when an older Signbench
// would misread a line of the new form; a member that it may ignore does not raise
// it. The version of the archive's files must then rise too, so that an older
// Signbench lists no run that it can't read.
const EventVersion = 1

// Disarmed is an event without secrets. Only DisarmEvent makes one, and only one
// can be encoded: what is written to disk can't be forgotten to be disarmed.
type Disarmed struct{ event Event }

// Event returns the disarmed event. Its tokens still have their claims, its secrets
// are what the Disarmer put in their place.
func (d Disarmed) Event() Event { return d.event }

// envelope is a line.
type envelope struct {
	Version int             `json:"v"`
	Run     oauth.RunID     `json:"run"`
	Profile oauth.ProfileID `json:"profile"`
	Seq     int             `json:"seq"`
	At      time.Time       `json:"at"`
	Kind    string          `json:"kind"`
	Body    json.RawMessage `json:"body"`
}

// NewerEventError is a line that a newer Signbench wrote.
type NewerEventError struct {
	Version int    // of the line
	Kind    string // of the event
}

// Error implements error.
func (e *NewerEventError) Error() string {
	return fmt.Sprintf("the event %.40q is in version %d of the format, and this Signbench reads up to version %d", e.Kind, e.Version, EventVersion)
}

// errNotAnEvent quotes nothing of the line.
var errNotAnEvent = errors.New("the line is not an event")

// EncodeEvent returns the event as one line of JSON, without the line break.
func EncodeEvent(d Disarmed) ([]byte, error) {
	e := d.event
	c, ok := codecs[reflect.TypeOf(e.Body)]
	if !ok {
		return nil, fmt.Errorf("there is no way to write a %T", e.Body)
	}
	body, err := json.Marshal(c.pack(e.Body))
	if err != nil {
		return nil, err
	}
	return json.Marshal(envelope{
		Version: EventVersion, Run: e.Run, Profile: e.Profile, Seq: e.Seq, At: moment(e.At), Kind: c.kind, Body: body,
	})
}

// DecodeEvent reads what EncodeEvent wrote. Members that it does not know are
// ignored. A line of a newer version, or of a kind that only a newer version can
// have, is a *NewerEventError; no error quotes the line.
func DecodeEvent(line []byte) (Event, error) {
	var head envelope
	if err := json.Unmarshal(line, &head); err != nil || head.Version < 1 || head.Kind == "" || head.Seq < 0 {
		return Event{}, errNotAnEvent
	}
	c, ok := kinds[head.Kind]
	if !ok || head.Version > EventVersion {
		return Event{}, &NewerEventError{Version: head.Version, Kind: head.Kind}
	}
	body, err := c.unpack(head.Body)
	if err != nil {
		return Event{}, fmt.Errorf("%w: a bad %s", errNotAnEvent, head.Kind)
	}
	return Event{Run: head.Run, Profile: head.Profile, Seq: head.Seq, At: head.At, Body: body}, nil
}

// DisarmEvent returns the event without its secrets. The Disarmer learns the event's
// own ones first, so that it also finds them in what comes later.
func DisarmEvent(d *trace.Disarmer, e Event) Disarmed {
	if e.Body == nil {
		return Disarmed{e}
	}
	learn(d, e)
	body, _ := disarmed(d, reflect.ValueOf(e.Body)).Interface().(Body)
	switch b := body.(type) {
	case TokensReceived:
		b.Decoded, body = Decode(b.Tokens), b
		e.Body = b
	case SignedIn:
		b.Decoded = Decode(b.Session.Tokens)
		e.Body = b
	default:
		e.Body = body
	}
	return Disarmed{e}
}

// moment is a time that JSON can write (RFC 3339): within the years 0 to 9999. A
// provider can name an expires_in of a million years.
func moment(t time.Time) time.Time {
	t = t.Round(0)
	switch utc := t.UTC(); {
	case utc.Year() > 9998:
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	case utc.Year() < 1:
		return time.Time{}
	}
	return t
}
