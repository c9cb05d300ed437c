// Package text gives the sentences that a user sees, in the user's language, by
// their keys in assets/translations. It knows nothing of windows, so that the
// terminal says the same in the same words.
package text

import (
	"encoding/json"
	"io/fs"
	"path"
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

// catalogue is loaded once, at the first sentence.
var catalogue = sync.OnceValue(func() *i18n.Localizer {
	bundle := i18n.NewBundle(fallback)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	if err := load(bundle, assets.Translations); err != nil {
		panic("text: " + err.Error()) // the embedded files are part of the program: a test reads them all
	}
	locales, err := locale.GetLocales()
	if err != nil {
		locales = nil // the fallback serves
	}
	return i18n.NewLocalizer(bundle, append(locales, fallback.String())...)
})

// Warm loads the sentences ahead of the first one that is asked for. It may be
// called on a goroutine of its own while the program starts.
func Warm() { catalogue() }

// load reads translations/<language>/<area>.json.
func load(bundle *i18n.Bundle, files fs.FS) error {
	paths, err := fs.Glob(files, "translations/*/*.json")
	if err != nil {
		return err
	}
	for _, p := range paths {
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
	s, err := catalogue().Localize(cfg)
	if err != nil && s == "" {
		return "", false
	}
	return s, true
}

// N is the sentence under that key in the plural form of n, which it may mention
// as {{.N}}.
func N(key string, n int) string {
	s, err := catalogue().Localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: map[string]int{"N": n}})
	if err != nil && s == "" {
		return key
	}
	return s
}
