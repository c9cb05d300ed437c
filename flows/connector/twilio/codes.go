package twilio

import "strconv"

// Known is what is known of one of Twilio's error codes. Sentences are those of the
// fault connector.twilio.<What>. Twilio splits codes now and then, so several may
// mean one thing, and those that are not in the list are shown as they come.
type Known struct {
	Code   int
	What   string
	Member string // of the connector's configuration, where it is mended; "" for none of them
}

// Codes lists what is known, from Twilio's error dictionary.
func Codes() []Known {
	return []Known{
		{20003, authentication, "authToken"},
		{20004, notAllowed, ""},
		{20005, inactive, ""},
		{10001, inactive, ""},
		{30002, inactive, ""},
		{20403, forbidden, "accountSID"},
		{20404, notFound, "accountSID"},
		{20429, rateLimited, ""},
		{20500, twilioDown, ""},
		{20503, twilioDown, ""},
		{20504, twilioDown, ""},
		{63038, dailyCap, ""},

		{21211, toInvalid, ""},
		{21604, toInvalid, ""},
		{21265, toInvalid, ""},
		{21268, toInvalid, ""},
		{21408, geoPermission, ""},
		{21608, trialUnverified, ""},
		{21610, optedOut, ""},
		{21612, pairImpossible, "fromMessagingServiceSID"},
		{21266, pairImpossible, "fromMessagingServiceSID"},
		{21614, notMobile, ""},
		{21635, notMobile, ""},

		{21212, senderUnfit, "fromMessagingServiceSID"},
		{21606, senderUnfit, "fromMessagingServiceSID"},
		{21659, senderUnfit, "fromMessagingServiceSID"},
		{21660, senderUnfit, "fromMessagingServiceSID"},
		{21661, senderUnfit, "fromMessagingServiceSID"},
		{21267, trialSender, "fromMessagingServiceSID"},
		{21603, serviceInvalid, "fromMessagingServiceSID"},
		{21705, serviceInvalid, "fromMessagingServiceSID"},
		{21701, serviceMissing, "fromMessagingServiceSID"},
		{21702, serviceUnavailable, "fromMessagingServiceSID"},
		{21703, noSenderFits, "fromMessagingServiceSID"},
		{21704, noSenders, "fromMessagingServiceSID"},
		{21611, queueFull, ""},
		{30001, queueFull, ""},

		{21602, bodyEmpty, "templates"},
		{21619, bodyEmpty, "templates"},
		{21605, bodyLong, "templates"},
		{21617, bodyLong, "templates"},
		{30044, trialLong, "templates"},

		{30003, unreachable, ""},
		{30004, blocked, ""},
		{30005, unknownNumber, ""},
		{30006, landline, ""},
		{30007, filtered, "templates"},
		{30008, carrierUnknown, ""},
		{30032, tollFree, "fromMessagingServiceSID"},
		{30034, unregistered, "fromMessagingServiceSID"},
		{30036, expired, ""},
		{30037, outboundOff, "accountSID"},
		{30450, pumping, "disableRiskCheck"},
		{30485, pumping, "disableRiskCheck"},
	}
}

// Lookup finds a code in the list.
func Lookup(code int) (Known, bool) {
	for _, k := range Codes() {
		if k.Code == code {
			return k, true
		}
	}
	return Known{Code: code}, false
}

// MoreInfo is Twilio's page about a code, for an answer that names none.
func MoreInfo(code int) string { return "https://www.twilio.com/docs/errors/" + strconv.Itoa(code) }
