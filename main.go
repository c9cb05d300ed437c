package main

import (
	"fyne.io/fyne/v2/app"
	_ "fyne.io/fyne/v2/test"
	_ "github.com/coreos/go-oidc/v3/oidc"
	_ "github.com/go-jose/go-jose/v4"
	_ "github.com/godbus/dbus/v5"
	_ "github.com/jeandeaual/go-locale"
	_ "github.com/nicksnyder/go-i18n/v2/i18n"
	_ "github.com/zalando/go-keyring"
	_ "golang.org/x/oauth2"

	"signbench/ui/theme"
)

func main() {
	a := app.NewWithID("io.signbench.Signbench")
	a.Settings().SetTheme(theme.New(theme.System))
	a.NewWindow("Signbench").ShowAndRun()
}
