package twilio

import (
	"fmt"
	"net/http"
)

// ID names one thing that the emulated service can do wrong.
type ID string

// The switches.
const (
	WrongSecret        ID = "wrong_secret"
	Suspended          ID = "suspended"
	Closed             ID = "closed"
	Inactive           ID = "inactive"
	TrialAccount       ID = "trial_account"
	NoBalance          ID = "no_balance"
	GeoPermission      ID = "geo_permission"
	NoSender           ID = "no_sender"
	NoMatchingSender   ID = "no_matching_sender"
	UnfitSender        ID = "unfit_sender"
	WrongService       ID = "wrong_service"
	RateLimited        ID = "rate_limited"
	DailyCap           ID = "daily_cap"
	OptedOut           ID = "opted_out"
	NotMobile          ID = "not_mobile"
	Unregistered       ID = "a2p_unregistered"
	CampaignPending    ID = "a2p_pending"
	CampaignFailed     ID = "a2p_failed"
	TollFreeUnverified ID = "toll_free_unverified"
	NeverDelivered     ID = "never_delivered"
	StaysAccepted      ID = "stays_accepted"
	Undelivered        ID = "undelivered"
	Unreachable        ID = "unreachable"
	UnknownNumber      ID = "unknown_number"
	Landline           ID = "landline"
	Filtered           ID = "filtered"
	Pumping            ID = "pumping"
	HTMLError          ID = "html_error"
	Hang               ID = "hang"
)

// Switch is one fault as a list shows it.
type Switch struct {
	ID    ID
	About string // what the service does, for developers

	send refusal // how sending is refused; zero: it is not
	end  ending  // how an accepted message ends; zero: delivered
}

// refusal is Twilio's answer to a request that it does not carry out.
type refusal struct {
	status, code int
	message      string
}

// ending is the last status of a message, and the error that is told with it. What
// never left Twilio has failed; what a carrier did not deliver is undelivered.
type ending struct {
	status  string
	code    int
	message string
}

// Switches lists all faults that Set knows. Of several that are on, the first
// refusal counts, and the last ending.
func Switches() []Switch {
	bad := func(code int, message string) refusal { return refusal{http.StatusBadRequest, code, message} }
	return []Switch{
		{ID: WrongSecret, About: "Every call answers 401 with 20003, as if the auth token had been rotated."},
		{ID: Suspended, About: "The account is suspended, with a negative balance: it can be read, and sends nothing.", send: refusal{http.StatusUnauthorized, 20003, "Authenticate"}},
		{ID: Closed, About: "The account is closed: it can be read, and sends nothing.", send: refusal{http.StatusUnauthorized, 20003, "Authenticate"}},
		{ID: Inactive, About: "Every call answers 403 with 20005: the account is not active."},
		{ID: TrialAccount, About: "The account is on trial. Only " + VerifiedNumber + " is verified.", send: bad(21608, "The number is unverified. Trial accounts cannot send messages to unverified numbers.")},
		{ID: NoBalance, About: "The balance is zero. Messages are still taken."},
		{ID: GeoPermission, About: "No country is enabled for messages.", send: bad(21408, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number.")},
		{ID: NoSender, About: "The sender pool of the messaging service is empty.", send: bad(21704, "The Messaging Service contains no phone numbers.")},
		{ID: NoMatchingSender, About: "The sender pool has a short code, which does not reach the recipient.", send: bad(21703, "The Messaging Service does not have a phone number available to send a message.")},
		{ID: UnfitSender, About: "The sender cannot send messages.", send: bad(21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination/account.")},
		{ID: WrongService, About: "The messaging service does not exist in this account.", send: bad(21701, "The Messaging Service does not exist.")},
		{ID: RateLimited, About: "Sending answers 429 with Retry-After.", send: refusal{http.StatusTooManyRequests, 20429, "Too Many Requests"}},
		{ID: DailyCap, About: "The account has sent its messages of the day.", send: refusal{http.StatusTooManyRequests, 63038, "Account exceeded the 50 daily messages limit."}},
		{ID: OptedOut, About: "The recipient has answered STOP.", send: bad(21610, "Attempt to send to unsubscribed recipient.")},
		{ID: NotMobile, About: "The recipient's number is no mobile number.", send: bad(21614, "'To' number is not a valid mobile number.")},
		{ID: Unregistered, About: "No campaign is registered. A carrier of the United States refuses the sender after acceptance.", end: ending{"undelivered", 30034, "US A2P 10DLC - Message from an Unregistered Number"}},
		{ID: CampaignPending, About: "The campaign is still under review. A carrier of the United States refuses the sender after acceptance.", end: ending{"undelivered", 30034, "US A2P 10DLC - Message from an Unregistered Number"}},
		{ID: CampaignFailed, About: "The campaign was rejected. A carrier of the United States refuses the sender after acceptance.", end: ending{"undelivered", 30034, "US A2P 10DLC - Message from an Unregistered Number"}},
		{ID: TollFreeUnverified, About: "The sender is a toll-free number whose verification is under review. A carrier of the United States or Canada refuses it after acceptance.", end: ending{"undelivered", 30032, "Toll-Free Number Has Not Been Verified"}},
		{ID: NeverDelivered, About: "A message stays at sent.", end: ending{status: "sent"}},
		{ID: StaysAccepted, About: "A message stays at accepted.", end: ending{status: "accepted"}},
		{ID: Undelivered, About: "The carrier gives up for an unknown reason.", end: ending{"undelivered", 30008, "Unknown error"}},
		{ID: Unreachable, About: "The recipient's phone is off or out of reach.", end: ending{"undelivered", 30003, "Unreachable destination handset"}},
		{ID: UnknownNumber, About: "The recipient's number is not in use.", end: ending{"undelivered", 30005, "Unknown destination handset"}},
		{ID: Landline, About: "The recipient is a landline, or the carrier cannot be reached.", end: ending{"undelivered", 30006, "Landline or unreachable carrier"}},
		{ID: Filtered, About: "The carrier filters the message.", end: ending{"undelivered", 30007, "Carrier violation"}},
		{ID: Pumping, About: "The message is blocked on suspicion of SMS pumping, unless it says RiskCheck=disable.", end: ending{"failed", 30450, "Message delivery blocked"}},
		{ID: HTMLError, About: "Every call answers a gateway's HTML page with 502."},
		{ID: Hang, About: "No call is answered until the client gives up."},
	}
}

// Set turns exactly these switches on, from the next request on. An unknown one is
// an error, and then nothing changes.
func (s *Service) Set(ids ...ID) error {
	on := map[ID]Switch{}
	for _, id := range ids {
		for _, known := range Switches() {
			if known.ID == id {
				on[id] = known
			}
		}
		if _, found := on[id]; !found {
			return fmt.Errorf("twilio: set switches: there is no switch %q; Switches lists them", id)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.on = on
	return nil
}
