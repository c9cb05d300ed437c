package feishu

import (
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// code is an authorization code and what it is bound to.
type code struct {
	redirectURI string
	expires     time.Time
}

// authorize is the page on which the user is asked. What is wrong with the request
// is told to the user there, and to nobody else.
func (s *Service) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if s.refused(w, q) {
		return
	}
	render(w, content{
		Title: "Sign in as Hana Sato", Text: "The app " + AppID + " asks for your profile.", Lark: s.opts.Lark,
		Action: authorizePath, Fields: map[string]string{
			"client_id": q.Get("client_id"), "redirect_uri": q.Get("redirect_uri"), "response_type": "code", "state": q.Get("state"),
		},
	})
}

// refused shows an error page where the request is one that Feishu does not take.
func (s *Service) refused(w http.ResponseWriter, q url.Values) bool {
	page := content{Title: "Authorization failed", Lark: s.opts.Lark}
	switch {
	case !s.knows(q.Get("client_id")):
		page.Text = "The app " + q.Get("client_id") + " does not exist."
	case q.Get("response_type") != "code":
		page.Text = "The response_type must be code."
	case s.has(AppDisabled):
		page.Text = "The app is disabled. Contact the administrator."
	case s.has(NotPublished):
		page.Text = "The app has no published version. You have no permission to use it."
	case !s.allows(q.Get("redirect_uri")):
		page.Code, page.Text = "20029", "The redirect_uri is invalid: "+q.Get("redirect_uri")
	default:
		return false
	}
	render(w, page)
	return true
}

// allows compares a redirect URI with those of the app, as a whole. On loopback the
// port is left out of it, which Feishu does not do: those of a demo are what was
// free.
func (s *Service) allows(redirectURI string) bool {
	u, err := url.Parse(redirectURI)
	if err != nil || s.has(RedirectURIUnknown) {
		return false
	}
	local := u.Scheme == "http" && u.RawQuery == "" && u.Fragment == "" && u.User == nil &&
		(u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback())
	return slices.ContainsFunc(s.opts.RedirectURLs(), func(registered string) bool {
		known, err := url.Parse(registered)
		return registered == redirectURI || local && err == nil && known.Path == u.Path
	})
}

// decide takes the user's answer on the page.
func (s *Service) decide(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "the form could not be read", http.StatusBadRequest)
		return
	}
	if s.refused(w, r.PostForm) {
		return
	}
	redirectURI := r.PostFormValue("redirect_uri")
	reply := url.Values{"error": {"access_denied"}}
	if r.PostFormValue("decision") == "allow" {
		reply = url.Values{"code": {s.issueCode(redirectURI)}}
	}
	if state := r.PostFormValue("state"); state != "" {
		reply.Set("state", state)
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", redirectURI+"?"+reply.Encode()) // registered URIs have no query
	w.WriteHeader(http.StatusFound)
}

func (s *Service) issueCode(redirectURI string) string {
	value := rand.Text()
	now := s.opts.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, c := range s.codes {
		if now.After(c.expires) {
			delete(s.codes, old)
		}
	}
	s.codes[value] = code{redirectURI, now.Add(codeLife)}
	return value
}

// redeem uses a code once, and says what is wrong with it.
func (s *Service) redeem(value, redirectURI string) (problem string) {
	expired := s.has(ExpiredCode)
	s.mu.Lock()
	defer s.mu.Unlock()
	c, known := s.codes[value]
	delete(s.codes, value)
	switch {
	case !known:
		return "the authorization code is unknown or has been used"
	case expired, s.opts.Now().After(c.expires):
		return "the authorization code has expired"
	case c.redirectURI != redirectURI:
		return "the redirect_uri is not that of the authorization request"
	}
	return ""
}
