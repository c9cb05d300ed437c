package flows

import (
	"encoding/json"
	"reflect"

	"signbench/flows/connector"
)

// codec writes and reads one type of Body.
type codec struct {
	kind   string // for good: it stands in kept runs
	body   reflect.Type
	pack   func(Body) any
	unpack func(json.RawMessage) (Body, error)
}

// coded is the codec of body type B, which stands on disk as W. The types of the
// wire are apart from those of the program, so that renaming a field here changes
// no file, and adding one makes the conversion fail to compile.
func coded[B Body, W any](kind string, pack func(B) W, unpack func(W) (B, error)) codec {
	return codec{
		kind: kind,
		body: reflect.TypeFor[B](),
		pack: func(b Body) any { return pack(b.(B)) },
		unpack: func(raw json.RawMessage) (Body, error) {
			var w W
			if err := json.Unmarshal(raw, &w); err != nil {
				return nil, err
			}
			return unpack(w)
		},
	}
}

// plain is unpack for a body that every value of its wire type can be.
func plain[B Body, W any](convert func(W) B) func(W) (B, error) {
	return func(w W) (B, error) { return convert(w), nil }
}

var codecTable = []codec{
	coded("started",
		func(b Started) startedWire { return startedWire(b) },
		plain(func(w startedWire) Started { return Started(w) })),
	coded("step_started",
		func(b StepStarted) stepStartedWire { return stepStartedWire(b) },
		plain(func(w stepStartedWire) StepStarted { return StepStarted(w) })),
	coded("step_ended",
		func(b StepEnded) stepEndedWire { return stepEndedWire(b) },
		plain(func(w stepEndedWire) StepEnded { return StepEnded(w) })),
	coded("exchanged", packExchanged, unpackExchanged),
	coded("discovered", packDiscovered, plain(unpackDiscovered)),
	coded("waiting", packWaiting, plain(unpackWaiting)),
	coded("browser_failed", packBrowserFailed, plain(unpackBrowserFailed)),
	coded("probed",
		func(b Probed) probedWire { return probedWire(b) },
		plain(func(w probedWire) Probed { return Probed(w) })),
	coded("overdue",
		func(b Overdue) overdueWire { return overdueWire(b) },
		plain(func(w overdueWire) Overdue { return Overdue(w) })),
	coded("callback_seen",
		func(b CallbackSeen) callbackSeenWire { return callbackSeenWire(b) },
		plain(func(w callbackSeenWire) CallbackSeen { return CallbackSeen(w) })),
	coded("checked",
		func(b Checked) checkedWire { return checkedWire(b) },
		plain(func(w checkedWire) Checked { return Checked(w) })),
	coded("tokens_received", packTokensReceived, plain(unpackTokensReceived)),
	coded("userinfo_received", packUserInfoReceived, plain(unpackUserInfoReceived)),
	coded("signed_in", packSignedIn, plain(unpackSignedIn)),
	coded("benched", packBenched, plain(unpackBenched)),
	coded("mapped", packMapped, plain(unpackMapped)),
	coded("message_seen",
		func(b MessageSeen) messageSeenWire { return messageSeenWire(b.Delivery) },
		plain(func(w messageSeenWire) MessageSeen { return MessageSeen{Delivery: connector.Delivery(w)} })),
	coded("connector_chosen",
		func(b ConnectorChosen) connectorChosenWire { return connectorChosenWire(b) },
		plain(func(w connectorChosenWire) ConnectorChosen { return ConnectorChosen(w) })),
	coded("upstream_built", packUpstreamBuilt, plain(unpackUpstreamBuilt)),
	coded("signed_out",
		func(b SignedOut) signedOutWire { return signedOutWire(b) },
		plain(func(w signedOutWire) SignedOut { return SignedOut(w) })),
	coded("returned",
		func(b Returned) returnedWire { return returnedWire(b) },
		plain(func(w returnedWire) Returned { return Returned(w) })),
	coded("ended",
		func(b Ended) endedWire { return endedWire(b) },
		plain(func(w endedWire) Ended { return Ended(w) })),
}

var codecs, kinds = func() (map[reflect.Type]codec, map[string]codec) {
	byType, byKind := map[reflect.Type]codec{}, map[string]codec{}
	for _, c := range codecTable {
		byType[c.body], byKind[c.kind] = c, c
	}
	return byType, byKind
}()
