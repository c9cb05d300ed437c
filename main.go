// Signbench is a desktop bench for sign-in flows: it signs in at an OpenID Connect
// provider through the system's browser, and says which hop works and which does
// not, and why. Its commands do the same without a window.
package main

import (
	"context"
	"os"

	"signbench/assets"
	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/browser"
	"signbench/flows/demo"
	"signbench/flows/loopback"
	"signbench/flows/probe"
	"signbench/keychain"
	"signbench/ui/desktop"
	"signbench/ui/terminal"
	"signbench/ui/text"
)

const (
	appID   = "io.signbench.Signbench"
	version = "0.1.0" // also in FyneApp.toml, which a test compares
)

func main() {
	program := terminal.Program{
		Version: version, In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Open: open, Window: window,
	}
	os.Exit(int(terminal.Main(context.Background(), program, os.Args[1:])))
}

// open builds the engine. An empty folder is the user's own.
func open(dir string) (terminal.Bench, error) {
	if dir == "" {
		var err error
		if dir, err = archive.DefaultDir(); err != nil {
			return terminal.Bench{}, err
		}
	}
	pages, err := loopback.NewPages(assets.Pages, func(key string, params map[string]string) string {
		return text.T(key, text.Params(params))
	})
	tenant, vault := demo.New(demo.Options{}), keychain.New(keychain.Options{})
	return terminal.Bench{
		Dir: dir, Tenant: tenant, Keychain: vault,
		Engine: flows.New(flows.Config{
			Browser: browser.Open, Pages: pages, Tenant: tenant,
			Machine: probe.Machine{Browser: browser.Available, Keychain: vault.Usable},
		}),
	}, err
}

// window shows the window until it is closed, and the program ends.
func window(b terminal.Bench) error { return desktop.Show(appID, version, b) }
