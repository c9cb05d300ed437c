package twilio

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// Sent is a message that was accepted.
type Sent struct{ SID, To, Body, RiskCheck string }

type message struct {
	Sent
	polls int
	end   ending
}

const (
	keptMessages = 100     // older ones are forgotten
	maxForm      = 1 << 16 // bytes
	maxBody      = 1600    // characters (error 21617)
)

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

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
	to, body := form.Get("To"), form.Get("Body")
	s.mu.Lock()
	defer s.mu.Unlock()
	end := ending{status: "delivered"}
	for _, known := range Switches() {
		if _, on := s.on[known.ID]; !on {
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
	s.count++
	m := &message{Sent: Sent{SID: fmt.Sprintf("SM%032x", s.count), To: to, Body: body, RiskCheck: form.Get("RiskCheck")}, end: end}
	s.messages = append(s.messages, m)
	if len(s.messages) > keptMessages {
		s.messages = s.messages[1:]
	}
	answer(w, http.StatusCreated, m.document())
}

// faultOf is why these members are refused; zero: they are not.
func faultOf(to, service, body string) refusal {
	switch {
	case !e164.MatchString(to):
		return refusal{http.StatusBadRequest, 21211, "The 'To' number is not a valid phone number."}
	case service != ServiceSID:
		return refusal{http.StatusBadRequest, 21705, "The Messaging Service SID is invalid."}
	case body == "":
		return refusal{http.StatusBadRequest, 21619, "A text message body or media urls must be specified."}
	case len([]rune(body)) > maxBody:
		return refusal{http.StatusBadRequest, 21617, "The concatenated message body exceeds the 1600 character limit."}
	}
	return refusal{}
}

func (s *Service) poll(w http.ResponseWriter, r *http.Request) {
	sid, _ := strings.CutSuffix(r.PathValue("file"), ".json")
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
	at := min(m.polls, len(course)-1)
	var from, code any // null until a sender is chosen, and without an error
	segments := "0"
	if at > 0 {
		from, segments = Sender, "1"
	}
	if at == len(course)-1 && m.end.code != 0 {
		code = m.end.code
	}
	return map[string]any{
		"sid": m.SID, "account_sid": AccountSID, "messaging_service_sid": ServiceSID,
		"status": course[at], "to": m.To, "from": from, "body": m.Body, "num_segments": segments,
		"direction": "outbound-api", "error_code": code, "error_message": nil, "price": nil,
		"uri": "/2010-04-01/Accounts/" + AccountSID + "/Messages/" + m.SID + ".json",
	}
}
