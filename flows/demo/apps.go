package demo

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// The registered applications. None of these values protects anything: they are
// the same in every copy of the program, as is what the tenant keeps.
const (
	AppID     = "signbench-demo-app-01"            // a Traditional app, confidential
	AppSecret = "signbench-demo-secret-not-secret" // #nosec G101 -- public on purpose, see above
	AppName   = "Signbench demo app"

	SPAAppID    = "signbench-demo-spa-01" // a single page app: public, fixed ports
	NativeAppID = "signbench-demo-nat-01" // a native app: public, any loopback port

	// The machine-to-machine app, which may use the Management API.
	M2MAppID     = "signbench-demo-m2m-01"
	M2MAppSecret = "signbench-demo-m2m-secret-not-secret" // #nosec G101 -- public on purpose, see above
)

// app is one registered client.
type app struct {
	index    uint8 // its place in apps; travels inside opaque tokens
	id, name string
	secret   string // empty: a public client (RFC 6749 2.1)
	machine  bool   // it signs nobody in, and gets tokens for itself (RFC 6749 4.4)
	native   bool   // the port of a loopback redirect URI is ignored (RFC 8252 7.3)

	redirectURIs   []string
	postLogoutURIs []string
}

func (a *app) public() bool { return a.secret == "" }

var apps = []*app{
	{
		id: AppID, name: AppName, secret: AppSecret,
		redirectURIs: onPorts("/callback"), postLogoutURIs: onPorts("/"),
	},
	{
		index: 1, id: SPAAppID, name: "Signbench demo SPA",
		redirectURIs: onPorts("/callback"), postLogoutURIs: onPorts("/"),
	},
	{
		index: 2, id: NativeAppID, name: "Signbench demo native app", native: true,
		redirectURIs: onLoopback("", "/callback"), postLogoutURIs: onLoopback("", "/"),
	},
	{index: 3, id: M2MAppID, name: "Signbench demo machine", secret: M2MAppSecret, machine: true},
}

// onPorts lists the loopback URIs with the path on the ports 3000 to 3019.
func onPorts(path string) []string {
	var uris []string
	for port := 3000; port <= 3019; port++ {
		uris = append(uris, onLoopback(fmt.Sprintf(":%d", port), path)...)
	}
	return uris
}

func onLoopback(port, path string) []string {
	return []string{
		"http://localhost" + port + path,
		"http://127.0.0.1" + port + path,
		"http://[::1]" + port + path,
	}
}

func findApp(id string) *app {
	for _, a := range apps {
		if a.id == id {
			return a
		}
	}
	return nil
}

// matches compares as Logto does: after URL normalisation, which makes an empty
// path "/", and exactly; for a native app without the port of a loopback host.
// localhost, 127.0.0.1 and [::1] are never taken for one another.
func (a *app) matches(uri string, registered []string) bool {
	u, err := url.Parse(uri)
	if err != nil || u.Fragment != "" || u.User != nil {
		return false
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Host = strings.ToLower(u.Host)
	if a.native {
		host := u.Hostname()
		if host == "::1" {
			host = "[::1]"
		}
		u.Host = host
	}
	return slices.Contains(registered, u.String())
}
