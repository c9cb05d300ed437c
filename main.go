// Signbench is a desktop bench for sign-in flows: it signs in at an OpenID Connect
// provider through the system's browser, and says which hop works and which does
// not, and why.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"signbench/assets"
	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/browser"
	"signbench/flows/demo"
	"signbench/flows/loopback"
	"signbench/flows/probe"
	"signbench/keychain"
	"signbench/ui"
	"signbench/ui/text"
)

const (
	appID   = "io.signbench.Signbench"
	version = "0.1.0" // also in FyneApp.toml, which a test compares
)

func main() {
	config := flag.String("config", "", "folder of profiles and settings (default: the user's configuration folder)")
	flag.Parse()
	if err := run(*config); err != nil {
		fmt.Fprintln(os.Stderr, "signbench:", err)
		os.Exit(1)
	}
}

// run opens the stores, builds the engine and shows the window until it is closed.
func run(dir string) error {
	if dir == "" {
		var err error
		if dir, err = archive.DefaultDir(); err != nil {
			return err
		}
	}
	go text.Warm()
	pages, err := loopback.NewPages(assets.Pages, func(key string, params map[string]string) string {
		return text.T(key, text.Params(params))
	})
	if err != nil {
		return err
	}
	tenant := demo.New(demo.Options{})
	defer func() { _ = tenant.Close() }()

	vault := keychain.New(keychain.Options{})
	a := app.NewWithID(appID)
	a.SetIcon(fyne.NewStaticResource("signbench.png", assets.Icon))
	window := ui.New(ui.Config{
		App: a, Dispatch: fyne.Do,
		Engine: flows.New(flows.Config{
			Browser: browser.Open, Pages: pages, Tenant: tenant,
			Machine: probe.Machine{Browser: browser.Available, Keychain: func() (string, bool) {
				state := vault.Status().State
				return string(state), state == keychain.Available
			}},
		}),
		Keychain: vault,
		Stores:   ui.OpenStores(dir), Version: version,
	}).Window()
	// Everything is written when the window closes. Fyne 2.7.1 can lose an item of its
	// queue at that moment and then wait for it for ever.
	window.SetOnClosed(func() { time.AfterFunc(3*time.Second, func() { os.Exit(0) }) })
	window.ShowAndRun()
	return nil
}
