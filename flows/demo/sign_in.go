package demo

import (
	"net/http"
	"net/url"
)

// signInData is what the sign-in and registration pages show.
type signInData struct {
	Interaction string
	App         string
	Username    string // typed before, or hinted at
	Name        string
	Problem     string
	Consent     []string // the scopes, when consent is asked for
	Current     string   // who is signed in already and can go on
	Users       []offer
	Connectors  []link
	Other       string // the address of the page beside this one
}

// offer is a user that one click signs in.
type offer struct{ ID, Action, Label string }

var offers = []offer{
	{"as-alice", "alice", "Sign in as Alice"},
	{"as-taro", "taro", "山田 太郎"},
}

// scopeWords say in the user's terms what a scope gives away.
var scopeWords = []struct {
	scope scopes
	words string
}{
	{scopeProfile, "Your name, username and locale"},
	{scopeEmail, "Your e-mail address"},
	{scopePhone, "Your phone number"},
	{scopeAddress, "Your address"},
	{scopeRoles, "Your roles"},
	{scopeOrganizations, "The organizations you belong to"},
	{scopeCustomData, "What applications stored with your account"},
	{scopeIdentities, "The accounts linked to yours"},
	{scopeReadOrders, "Reading your orders"},
	{scopeWriteOrders, "Changing your orders"},
	{scopeOfflineAccess, "Access while you are away"},
}

func (t *Tenant) signInPage(w http.ResponseWriter, r *http.Request) {
	i := t.interactionOf(r, r.URL.Query().Get("interaction"))
	if i == nil {
		lost(w)
		return
	}
	t.drawSignIn(w, r, i, http.StatusOK, i.request.loginHint, "")
}

// signIn takes the sign-in form: one of the offered users, whoever is signed in
// already, a username with its password, or a refusal.
func (t *Tenant) signIn(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		lost(w)
		return
	}
	i := t.interactionOf(r, r.PostForm.Get("interaction"))
	if i == nil {
		lost(w)
		return
	}
	switch action := r.PostForm.Get("action"); action {
	case "refuse":
		t.settle(w, r, i, nil)
	case "alice", "taro":
		t.settle(w, r, i, t.book.userBy(action))
	case "continue":
		s := t.book.session(cookie(r, sessionCookie), t.now())
		if s == nil || i.mustSignIn {
			t.drawSignIn(w, r, i, http.StatusUnprocessableEntity, "", "Sign in first.")
			return
		}
		t.settle(w, r, i, s.user)
	default:
		username := r.PostForm.Get("username")
		u := t.book.userBy(username)
		if u == nil || !u.accepts(r.PostForm.Get("password")) {
			t.drawSignIn(w, r, i, http.StatusUnprocessableEntity, username, "The username or the password is wrong.")
			return
		}
		t.settle(w, r, i, u)
	}
}

func (t *Tenant) drawSignIn(w http.ResponseWriter, r *http.Request, i *interaction, status int, username, problem string) {
	data := signInData{
		Interaction: i.id, App: i.request.app.name, Username: username, Problem: problem,
		Users: offers, Connectors: t.connectorLinks(i),
	}
	if t.settings().registers() {
		data.Other = pageAddress("/register", i)
	}
	if i.request.prompt["consent"] {
		data.Consent = i.request.consentTo()
	}
	if s := t.book.session(cookie(r, sessionCookie), t.now()); s != nil && !i.mustSignIn {
		data.Current = s.user.displayName()
	}
	render(w, status, "sign_in.html", leadsTo(i.request.redirectURI), data)
}

// consentTo lists what the application will be given (OIDC Core 3.1.2.4).
func (q *authorization) consentTo() []string {
	var words []string
	for _, s := range scopeWords {
		if q.scopes.has(s.scope) {
			words = append(words, s.words)
		}
	}
	return words
}

func pageAddress(page string, i *interaction) string {
	return page + "?" + url.Values{"app_id": {i.request.app.id}, "interaction": {i.id}}.Encode()
}

func (t *Tenant) registerPage(w http.ResponseWriter, r *http.Request) {
	i := t.interactionOf(r, r.URL.Query().Get("interaction"))
	if i == nil {
		lost(w)
		return
	}
	if !t.settings().registers() {
		http.Redirect(w, r, pageAddress("/sign-in", i), http.StatusSeeOther)
		return
	}
	drawRegister(w, i, http.StatusOK, signInData{Username: i.request.loginHint})
}

// register takes the registration form. The account lives in memory, until the
// process ends.
func (t *Tenant) register(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		lost(w)
		return
	}
	i := t.interactionOf(r, r.PostForm.Get("interaction"))
	if i == nil {
		lost(w)
		return
	}
	if r.PostForm.Get("action") == "refuse" {
		t.settle(w, r, i, nil)
		return
	}
	if !t.settings().registers() {
		http.Redirect(w, r, pageAddress("/sign-in", i), http.StatusSeeOther)
		return
	}
	username, password, name := r.PostForm.Get("username"), r.PostForm.Get("password"), r.PostForm.Get("name")
	again := signInData{Username: username, Name: name}
	switch {
	case !usernamePattern.MatchString(username):
		again.Problem = "A username has letters, digits and underscores, and does not begin with a digit."
	case password == "":
		again.Problem = "Choose a password."
	default:
		if u, ok := t.book.register(username, password, name, t.now()); ok {
			t.settle(w, r, i, u)
			return
		}
		again.Problem = "This username is taken."
	}
	drawRegister(w, i, http.StatusUnprocessableEntity, again)
}

func drawRegister(w http.ResponseWriter, i *interaction, status int, data signInData) {
	data.Interaction, data.App, data.Other = i.id, i.request.app.name, pageAddress("/sign-in", i)
	render(w, status, "register.html", leadsTo(i.request.redirectURI), data)
}
