package feishu

import (
	"crypto/rand"
	"net/http"
)

// refuse answers with a flat OAuth error (RFC 6749 5.2), as the passport host does.
func refuse(w http.ResponseWriter, status int, code, description string) {
	answer(w, status, map[string]any{"error": code, "error_description": description})
}

// token is the token endpoint of the passport host. It takes a form.
func (s *Service) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		refuse(w, http.StatusBadRequest, "invalid_request", "the form could not be read")
		return
	}
	form := r.PostForm
	switch {
	case form.Get("grant_type") != "authorization_code":
		refuse(w, http.StatusBadRequest, "unsupported_grant_type", "grant_type must be authorization_code")
		return
	case !s.knows(form.Get("client_id")):
		refuse(w, http.StatusBadRequest, "invalid_client", "the app does not exist")
		return
	case !s.accepts(form.Get("client_secret")):
		refuse(w, http.StatusBadRequest, "invalid_client", "the client secret is invalid")
		return
	}
	if problem := s.redeem(form.Get("code"), form.Get("redirect_uri")); problem != "" {
		refuse(w, http.StatusBadRequest, "invalid_grant", problem)
		return
	}
	reply := map[string]any{
		"access_token": s.issue(s.tokens, "u-"), "token_type": "Bearer", "expires_in": int(tokenLife.Seconds()),
		"refresh_token": "ur-" + rand.Text(), "refresh_expires_in": 2592000,
	}
	if s.has(ExpiresInString) {
		reply["expires_in"] = "7200"
	}
	answer(w, http.StatusOK, reply)
}

// Subject is the sub of the one user.
const Subject = "ou_demo0hana0sato"

// userInfo is the user who has signed in. All fields are strings.
func (s *Service) userInfo(w http.ResponseWriter, r *http.Request) {
	if !s.bearer(r, s.tokens) {
		refuse(w, http.StatusUnauthorized, "invalid_token", "the access token is invalid or has expired")
		return
	}
	const avatar = "https://feishu.signbench.test/hana"
	user := map[string]any{
		"sub": Subject, "name": "佐藤 花", "picture": avatar + ".png", "open_id": Subject, "union_id": "on_demo0hana0sato",
		"en_name": "Hana Sato", "tenant_key": "demo0tenant0key", "avatar_url": avatar + ".png", "avatar_thumb": avatar + "-72.png",
		"avatar_middle": avatar + "-240.png", "avatar_big": avatar + "-640.png",
		"email": "hana@acme.example", "user_id": "demo0user", "employee_no": "0042", "mobile": "+819012345678",
	}
	for _, change := range s.changes() {
		change(user)
	}
	answer(w, http.StatusOK, user)
}

// changes are what the switches do to the user.
func (s *Service) changes() []func(map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []func(map[string]any)
	for _, one := range s.on {
		if one.user != nil {
			all = append(all, one.user)
		}
	}
	return all
}
