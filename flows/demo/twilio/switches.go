package twilio

import (
	"fmt"
	"net/http"
)

// ID names one thing that the emulated service can do wrong.
type ID string

// The switches.
const (
	WrongSecret    ID = "wrong_secret"
	Suspended      ID = "suspended"
	TrialAccount   ID = "trial_account"
	GeoPermission  ID = "geo_permission"
	NoSender       ID = "no_sender"
	WrongService   ID = "wrong_service"
	Unregistered   ID = "a2p_unregistered"
	NeverDelivered ID = "never_delivered"
	Undelivered    ID = "undelivered"
	Filtered       ID = "filtered"
	Pumping        ID = "pumping"
	RateLimited    ID = "rate_limited"
	DailyCap       ID = "daily_cap"
	HTMLError      ID = "html_error"
	Hang           ID = "hang"
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

// ending is the last status of a message, and the error that is told with it.
type ending struct {
	status string
	code   int
}

// Switches lists all faults that Set knows.
func Switches() []Switch {
	return []Switch{
		{ID: WrongSecret, About: "Every call answers 401 with 20003, as if the auth token had been rotated."},
		{ID: Suspended, About: "The account is suspended: it can be read, and sends nothing.", send: refusal{http.StatusUnauthorized, 20003, "Authenticate"}},
		{ID: TrialAccount, About: "The account is on trial, and the recipient is not verified.", send: refusal{http.StatusBadRequest, 21608, "The number is unverified. Trial accounts cannot send messages to unverified numbers."}},
		{ID: GeoPermission, About: "The recipient's region is not enabled.", send: refusal{http.StatusBadRequest, 21408, "Permission to send an SMS has not been enabled for the region of the 'To' number."}},
		{ID: NoSender, About: "The sender pool of the messaging service is empty.", send: refusal{http.StatusBadRequest, 21704, "The Messaging Service contains no phone numbers."}},
		{ID: WrongService, About: "The messaging service does not exist in this account.", send: refusal{http.StatusBadRequest, 21701, "The Messaging Service does not exist."}},
		{ID: RateLimited, About: "Sending answers 429 with Retry-After.", send: refusal{http.StatusTooManyRequests, 20429, "Too Many Requests"}},
		{ID: DailyCap, About: "The account has sent its messages of the day.", send: refusal{http.StatusTooManyRequests, 63038, "Account exceeded the daily messages limit."}},
		{ID: Unregistered, About: "The carrier refuses an unregistered United States sender after acceptance.", end: ending{"undelivered", 30034}},
		{ID: NeverDelivered, About: "A message stays at sent.", end: ending{"sent", 0}},
		{ID: Undelivered, About: "The carrier gives up for an unknown reason.", end: ending{"undelivered", 30008}},
		{ID: Filtered, About: "The carrier filters the message.", end: ending{"undelivered", 30007}},
		{ID: Pumping, About: "The message is blocked on suspicion of SMS pumping.", end: ending{"failed", 30450}},
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
