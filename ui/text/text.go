// Package text gives the sentences that a user sees, in the user's language, by
// their keys in assets/translations. It knows nothing of windows, so that the
// terminal says the same in the same words.
package text

import (
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/jeandeaual/go-locale"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"signbench/assets"
)

// Params are the values that a sentence mentions as {{.Name}}.
type Params map[string]string

// fallback is the language in which every key exists.
var fallback = language.English

// terminalArea has the sentences of the terminal's commands, whose keys begin with
// its name and a dot.
const terminalArea = "terminal"

// The catalogues are loaded at the first sentence of each. Those of the terminal
// stand apart: scripts ask for a command's help often, and it is not to wait for
// the sentences of a whole window.
var (
	ofTerminal = sync.OnceValue(func() *i18n.Localizer { return catalogue(func(area string) bool { return area == terminalArea }) })
	ofWindow   = sync.OnceValue(func() *i18n.Localizer { return catalogue(func(area string) bool { return area != terminalArea }) })
)

// localizer is the catalogue in which a key stands.
func localizer(key string) *i18n.Localizer {
	if strings.HasPrefix(key, terminalArea+".") {
		return ofTerminal()
	}
	return ofWindow()
}

// catalogue reads the areas that are wanted.
func catalogue(wanted func(area string) bool) *i18n.Localizer {
	bundle := i18n.NewBundle(fallback)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	if err := load(bundle, assets.Translations, wanted); err != nil {
		panic("text: " + err.Error()) // the embedded files are part of the program: a test reads them all
	}
	locales, err := locale.GetLocales()
	if err != nil {
		locales = nil // the fallback serves
	}
	return i18n.NewLocalizer(bundle, append(locales, fallback.String())...)
}

// Warm loads the sentences of the window ahead of the first one that is asked for.
// It may be called on a goroutine of its own while the program starts.
func Warm() { ofWindow() }

// load reads translations/<language>/<area>.json.
func load(bundle *i18n.Bundle, files fs.FS, wanted func(area string) bool) error {
	paths, err := fs.Glob(files, "translations/*/*.json")
	if err != nil {
		return err
	}
	for _, p := range paths {
		if !wanted(strings.TrimSuffix(path.Base(p), ".json")) {
			continue
		}
		b, err := fs.ReadFile(files, p)
		if err != nil {
			return err
		}
		// go-i18n reads the language from the file's name.
		tag := path.Base(path.Dir(p))
		if _, err := bundle.ParseMessageFileBytes(b, path.Base(p)+"."+tag+".json"); err != nil {
			return err
		}
	}
	return nil
}

// T is the sentence under that key. A key that does not exist shows as itself, so
// that a gap is seen and nothing breaks.
func T(key string, params ...Params) string {
	s, ok := Lookup(key, params...)
	if !ok {
		return key
	}
	return s
}

// Lookup is T for keys that may be absent, such as the meaning of a claim that
// nobody has described.
func Lookup(key string, params ...Params) (string, bool) {
	cfg := &i18n.LocalizeConfig{MessageID: key}
	if len(params) > 0 {
		cfg.TemplateData = params[0]
	}
	s, err := localizer(key).Localize(cfg)
	if err != nil && s == "" {
		return "", false
	}
	return s, true
}

// N is the sentence under that key in the plural form of n, which it may mention
// as {{.N}}.
func N(key string, n int) string {
	s, err := localizer(key).Localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: map[string]int{"N": n}})
	if err != nil && s == "" {
		return key
	}
	return s
}
