package twilio

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Sent is a message that was accepted.
type Sent struct{ SID, To, Body, RiskCheck string }

type message struct {
	Sent
	from    string
	polls   int
	end     ending
	created time.Time
}

const (
	keptMessages = 100     // older ones are forgotten
	maxForm      = 1 << 16 // bytes
	maxBody      = 1600    // characters (error 21617)

	trialPrefix = "Sent from your Twilio trial account - "
)

var (
	e164       = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	serviceSID = regexp.MustCompile(`^MG[0-9a-fA-F]{32}$`)
)

// Sent lists the last accepted messages, oldest first.
func (s *Service) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Sent
	for _, m := range s.messages {
		list = append(list, m.Sent)
	}
	return list
}

func (s *Service) send(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	_ = r.ParseForm() // what cannot be read is missing, and is refused as such
	form := r.PostForm
	to, body, risk := form.Get("To"), form.Get("Body"), form.Get("RiskCheck")
	from := s.number()
	s.mu.Lock()
	defer s.mu.Unlock()
	end := ending{status: "delivered"}
	for _, known := range Switches() {
		if _, on := s.on[known.ID]; !on || known.spares(to, risk) {
			continue
		}
		if known.send.code != 0 {
			refuse(w, known.send)
			return
		}
		if known.end.status != "" {
			end = known.end
		}
	}
	if why := faultOf(to, form.Get("MessagingServiceSid"), body); why.code != 0 {
		refuse(w, why)
		return
	}
	if _, trial := s.on[TrialAccount]; trial {
		body = trialPrefix + body
	}
	s.count++
	m := &message{
		Sent: Sent{SID: fake("SM", s.count), To: to, Body: body, RiskCheck: risk},
		from: from, end: end, created: time.Now(),
	}
	s.messages = append(s.messages, m)
	if len(s.messages) > keptMessages {
		s.messages = s.messages[1:]
	}
	answer(w, http.StatusCreated, m.document())
}

// spares reports whether the message is one that the switch does not stop: one to a
// verified number, one that asks for no check of its risk, and one to a country that
// registers no senders.
func (k Switch) spares(to, risk string) bool {
	switch k.ID {
	case TrialAccount:
		return to == VerifiedNumber
	case Pumping:
		return risk == "disable"
	case Unregistered, CampaignPending, CampaignFailed, TollFreeUnverified:
		return !strings.HasPrefix(to, "+1")
	}
	return false
}

// faultOf is why these members are refused; zero: they are not.
func faultOf(to, service, body string) refusal {
	switch {
	case to == "":
		return refusal{http.StatusBadRequest, 21604, "A 'To' phone number is required."}
	case !e164.MatchString(to):
		return refusal{http.StatusBadRequest, 21211, fmt.Sprintf("The 'To' number %s is not a valid phone number.", to)}
	case service == "":
		return refusal{http.StatusBadRequest, 21603, "A 'From' or 'MessagingServiceSid' parameter is required to send a message."}
	case !serviceSID.MatchString(service):
		return refusal{http.StatusBadRequest, 21705, "The Messaging Service SID is invalid."}
	case service != ServiceSID:
		return refusal{http.StatusBadRequest, 21701, "The Messaging Service does not exist."}
	case body == "":
		return refusal{http.StatusBadRequest, 21619, "A text message body or media urls must be specified."}
	case len([]rune(body)) > maxBody:
		return refusal{http.StatusBadRequest, 21617, "The concatenated message body exceeds the 1600 character limit."}
	}
	return refusal{}
}

func (s *Service) poll(w http.ResponseWriter, r *http.Request) {
	sid, _ := strings.CutSuffix(r.PathValue("file"), jsonEnd)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages {
		if m.SID == sid {
			m.polls++
			answer(w, http.StatusOK, m.document())
			return
		}
	}
	notFound(w, r)
}

// document is the Message resource; each poll finds it one status further.
func (m *message) document() map[string]any {
	course := []string{"accepted", "queued", "sending", "sent", m.end.status}
	if m.end.status == "failed" || m.end.status == "accepted" { // it never leaves Twilio
		course = []string{"accepted", m.end.status}
	}
	at := min(m.polls, len(course)-1)
	date := func(after time.Duration) string { return m.created.Add(after).UTC().Format(time.RFC1123Z) }
	// Null until a sender is chosen, until it is sent, and without an error.
	var from, sent, code, why any
	segments := "0"
	if course[at] != "accepted" {
		from, segments = m.from, "1"
	}
	if at >= 3 {
		sent = date(time.Second)
	}
	if at == len(course)-1 && m.end.code != 0 {
		code, why = m.end.code, m.end.message
	}
	uri := accountURI + "/Messages/" + m.SID
	return map[string]any{
		"sid": m.SID, "account_sid": AccountSID, "messaging_service_sid": ServiceSID, "api_version": "2010-04-01",
		"status": course[at], "to": m.To, "from": from, "body": m.Body, "num_segments": segments, "num_media": "0",
		"direction": "outbound-api", "error_code": code, "error_message": why, "price": nil, "price_unit": nil,
		"date_created": date(0), "date_updated": date(time.Duration(at) * time.Second), "date_sent": sent,
		"uri": uri + jsonEnd, "subresource_uris": links(uri, jsonEnd, map[string]string{"media": "Media", "feedback": "Feedback"}),
	}
}
