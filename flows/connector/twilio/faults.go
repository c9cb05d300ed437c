package twilio

import (
	"slices"
	"strconv"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

// What can go wrong, by the last part of its code: connector.twilio.<what>.
const (
	badConfig = "config"
	badNumber = "number"

	// Twilio refuses the request.
	authentication     = "authentication"
	notAllowed         = "not_allowed"
	inactive           = "inactive"
	forbidden          = "forbidden"
	notFound           = "not_found"
	rateLimited        = "rate_limited"
	dailyCap           = "daily_cap"
	twilioDown         = "twilio_down"
	toInvalid          = "to_invalid"
	geoPermission      = "geo_permission"
	trialUnverified    = "trial_unverified"
	optedOut           = "opted_out"
	pairImpossible     = "pair_impossible"
	notMobile          = "not_mobile"
	senderUnfit        = "sender_unfit"
	trialSender        = "trial_sender"
	serviceInvalid     = "service_invalid"
	serviceMissing     = "service_missing"
	serviceUnavailable = "service_unavailable"
	noSenderFits       = "no_sender_fits"
	noSenders          = "no_senders"
	queueFull          = "queue_full"
	bodyEmpty          = "body_empty"
	bodyLong           = "body_long"
	refused            = "refused"    // with a code that is not in the list
	page               = "page"       // with an answer that is none of Twilio's
	unreadable         = "unreadable" // with 2xx, and no message in it

	// It accepts the message, which then goes no further.
	trialLong      = "trial_long"
	unreachable    = "unreachable"
	blocked        = "blocked"
	unknownNumber  = "unknown_number"
	landline       = "landline"
	filtered       = "filtered"
	carrierUnknown = "carrier_unknown"
	tollFree       = "toll_free"
	unregistered   = "unregistered"
	expired        = "expired"
	outboundOff    = "outbound_off"
	pumping        = "pumping"
	undelivered    = "undelivered" // with a code that is not in the list, or none

	// Warnings: nobody says whether it arrived.
	unconfirmed = "warning_unconfirmed"  // it stays at sent
	waiting     = "warning_waiting"      // it has not left Twilio
	unwatched   = "warning_unwatched"    // its status could not be read
	perhapsSent = "warning_perhaps_sent" // the request went out, and no answer came
)

func codes() []fault.Code {
	out := []fault.Code{}
	for _, what := range []string{badConfig, badNumber, refused, page, unreadable, undelivered, unconfirmed, waiting, unwatched, perhapsSent} {
		out = append(out, codeOf(what))
	}
	for _, k := range Codes() {
		if code := codeOf(k.What); !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

func codeOf(what string) fault.Code { return fault.Code("connector.twilio." + what) }

func itoa(n int) string { return strconv.Itoa(n) }

// codeText is an error code as sentences mention it, "" for none.
func codeText(code int) string {
	if code == 0 {
		return ""
	}
	return itoa(code)
}

// fault names something that went wrong. Params are pairs of names and values.
func (c client) fault(what string, evidence []int, params ...string) fault.Fault {
	f := fault.Fault{
		Code: codeOf(what), Severity: fault.Error, Step: connector.StepMessage, Evidence: evidence,
		Params: map[string]string{"AccountSID": c.accountSID(), "ServiceSID": c.serviceSID()},
	}
	if strings.HasPrefix(what, "warning_") {
		f.Severity = fault.Warning
	}
	for i := 0; i+1 < len(params); i += 2 {
		f.Params[params[i]] = c.config.Quote(params[i+1])
	}
	return f
}

func stopped(f fault.Fault) error {
	return &connector.Stopped{Step: f.Step, Faults: []fault.Fault{f}}
}

// unsent is a request to which nothing came back. Logto does not catch that. Where
// the connection stood, Twilio may have taken the message all the same.
func (c client) unsent(target string, a connector.Answer) error {
	f := fault.Transport(connector.StepMessage, target, a.Err)
	f.Evidence = a.IDs
	f.Params["Cause"] = c.config.Quote(f.Params["Cause"])
	faults := []fault.Fault{connector.LogtoSays(f, "500", "", "Internal server error.")}
	if f.Code == fault.TransportTimeout || f.Code == fault.TransportReset {
		faults = append(faults, c.fault(perhapsSent, a.IDs))
	}
	return &connector.Stopped{Step: f.Step, Faults: faults}
}

// notSent is a refusal of the message. Logto passes on the body as it is.
func (c client) notSent(a connector.Answer) error {
	r := readRefusal(a)
	what, member := refused, ""
	if known, ok := Lookup(r.Code); ok {
		what, member = known.What, known.Member
	} else if r.Code == 0 {
		what = page
	}
	retry := ""
	if a.Response != nil {
		retry = a.Response.Header.Get("Retry-After")
	}
	f := c.fault(what, a.IDs, "Code", codeText(r.Code), "Words", r.words(), "MoreInfo", r.MoreInfo,
		"Status", a.StatusText(), "RetryAfter", retry, "Member", member)
	if what == authentication {
		f.Remedy = fault.EditSecret
	}
	return stopped(connector.LogtoSays(f, "400", "connector.general", c.config.Quote(string(a.Body()))))
}

// lost is a message that was accepted and did not arrive: Logto has said long ago
// that it was sent.
func (c client) lost(d connector.Delivery, evidence []int) error {
	what, member := undelivered, ""
	if known, ok := Lookup(d.ErrorCode); ok {
		what, member = known.What, known.Member
	}
	info, words := "", d.Status
	if d.ErrorCode != 0 {
		info, words = MoreInfo(d.ErrorCode), strings.TrimSpace(itoa(d.ErrorCode)+" "+d.Error)
	}
	return stopped(asSent(c.fault(what, evidence, "Code", codeText(d.ErrorCode), "Words", words, "MoreInfo", info,
		"Status", d.Status, "SID", d.SID, "From", d.From, "Member", member)))
}

// asSent adds what Logto says to a message that was accepted.
func asSent(f fault.Fault) fault.Fault { return connector.LogtoSays(f, "204", "", "") }
