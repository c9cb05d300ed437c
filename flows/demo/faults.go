package demo

import "time"

// Fault names one thing that the tenant can do wrong. Where the OpenID conformance
// suite has a module for it, the name is how that module's name ends.
type Fault string

// Switch is a fault as a list shows it.
type Switch struct {
	Name   Fault
	Module string // the module of the conformance suite; empty: there is none
	About  string // what the tenant does, for developers
}

// definition is a switch and what it does. A fault is nothing but this: adding one
// means adding an entry to the table of its stage.
type definition struct {
	Switch
	hooks
}

// hooks are the stages at which a fault can change what the tenant would do. Each
// is handed the finished right answer just before it leaves.
type hooks struct {
	keys          func(*keyring)            // when the switches are set
	registration  func(*registration)       // what is registered of the app that asks
	settings      func(*settings)           // what the Console has for the whole tenant
	lenient       func(*leniency)           // what is accepted and must not be
	clock         time.Duration             // how far the tenant's clock is ahead
	moved         moving                    // endpoints that are elsewhere than usual
	discovery     func(*reply)              //
	jwks          func(*reply)              //
	authorization func(authorizationAnswer) // success and error alike
	idToken       func(*idTokenDraft)       //
	token         func(*reply)              // success only
	userInfo      func(*userInfoDraft)      // success only
	endSession    func(*logoutAnswer)       //
}

// catalogue is every switch, in the order of a flow.
func catalogue() []definition {
	var all []definition
	for _, stage := range [][]definition{
		discoveryFaults(), jwksFaults(), registrationFaults(), settingsFaults(), authorizationFaults(), tokenFaults(),
		idTokenClaimFaults(), idTokenSigningFaults(), userInfoFaults(), refreshFaults(), endSessionFaults(), lenientFaults(),
	} {
		all = append(all, stage...)
	}
	return all
}

// Switches lists all faults that SetFaults knows.
func Switches() []Switch {
	var list []Switch
	for _, d := range catalogue() {
		list = append(list, d.Switch)
	}
	return list
}

// htmlPage stands for what a proxy, a captive portal or a wrong address answers.
const htmlPage = "<!doctype html><html><head><title>Welcome</title></head><body><h1>Welcome</h1></body></html>"

// asHTML replaces an answer by a page.
func asHTML(p *reply) { p.replace(200, "text/html; charset=utf-8", htmlPage) }

// asNotFound replaces an answer by Logto's 404.
func asNotFound(p *reply) {
	p.status = 404
	p.document = map[string]any{
		"code": "oidc.invalid_request", "message": "Request is invalid.",
		"error": "invalid_request", "error_description": "unrecognized route or not allowed method",
	}
}
