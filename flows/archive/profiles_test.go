package archive

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"signbench/flows/oauth"
)

// open opens a folder in which nothing may be damaged.
func open(t *testing.T, dir string) *Profiles {
	t.Helper()
	p, damaged, err := Open(dir)
	if err != nil || len(damaged) != 0 {
		t.Fatalf("Open: %v, damaged %+v", err, damaged)
	}
	return p
}

func put(t *testing.T, p *Profiles, profile oauth.Profile) {
	t.Helper()
	if err := p.Put(profile); err != nil {
		t.Fatal(err)
	}
}

// full is a profile in which every field is set.
func full() oauth.Profile {
	age := 0
	p := oauth.NewProfile(oauth.KindOIDC, "開発 <dev> & \"test\" 😀")
	p.Endpoint, p.Issuer = "http://localhost:3001", "https://issuer.example/?a=1&b=2"
	p.Client.ID = "app"
	p.Resources = []string{"https://api.example"}
	p.Prompt, p.LoginHint, p.ACRValues, p.MaxAge = "consent", "alice", "1", &age
	p.ResponseMode = "form_post"
	p.Extra = map[string]string{"ui_locales": "ja", "organization_id": "o1"}
	p.Order = 3
	return p
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func names(p *Profiles) (names []string) {
	for _, profile := range p.List() {
		names = append(names, profile.Name)
	}
	return names
}

func TestProfileComesBackAsItWas(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	want := full()
	put(t, open(t, dir), want)
	got := open(t, dir).List()
	if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	file := filepath.Join(dir, "profiles", string(want.ID)+".json")
	if text := read(t, file); !strings.Contains(text, `"https://issuer.example/?a=1&b=2"`) || !strings.HasSuffix(text, "}\n") {
		t.Errorf("not for people to read: %s", text)
	}
}

// Every field of a profile is written under a name, or the test above proves less
// than it seems to.
func TestFullSetsEveryField(t *testing.T) {
	v := reflect.ValueOf(full())
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("%s is not set", v.Type().Field(i).Name)
		}
	}
}

func TestListIsInOrderAndOfCopies(t *testing.T) {
	p := open(t, t.TempDir())
	for order, name := range []string{"b", "a", "c"} {
		profile := oauth.NewProfile(oauth.KindLogto, name)
		profile.Order = order / 2
		put(t, p, profile)
	}
	if got := names(p); !reflect.DeepEqual(got, []string{"a", "b", "c"}) {
		t.Errorf("%v", got)
	}
	p.List()[0].Scopes[0] = "changed"
	if p.List()[0].Scopes[0] != "openid" {
		t.Error("List gives its own memory away")
	}
}

func TestRemoveAndUndo(t *testing.T) {
	dir := t.TempDir()
	p := open(t, dir)
	profile, other := full(), oauth.NewProfile(oauth.KindLogto, "other")
	put(t, p, profile)
	put(t, p, other)
	for range 2 { // removing what is removed is no error
		if err := p.Remove(profile.ID); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(open(t, dir)); !reflect.DeepEqual(got, []string{"other"}) {
		t.Errorf("%v", got)
	}
	put(t, p, profile)
	if got := open(t, dir).List(); len(got) != 2 || !reflect.DeepEqual(got[1], profile) {
		t.Errorf("%+v", got)
	}
}

func TestDamagedFilesAreSetAside(t *testing.T) {
	good := full()
	id := strings.Repeat("a", 32)
	valid := func(change func(map[string]any)) string {
		p := full()
		p.ID = oauth.ProfileID(id)
		data, _ := encode(p, nil)
		var m map[string]any
		_ = json.Unmarshal(data, &m)
		change(m)
		out, _ := json.Marshal(m)
		return string(out)
	}
	for name, c := range map[string]struct {
		text   string
		reason Reason
	}{
		"empty":         {"", ReasonNotJSON},
		"cut off":       {valid(func(map[string]any) {})[:50], ReasonNotJSON},
		"zeroes":        {strings.Repeat("\x00", 300), ReasonNotJSON},
		"two at once":   {valid(func(map[string]any) {}) + "{}", ReasonNotJSON},
		"not an object": {`["a"]`, ReasonNotJSON},
		"null":          {"null", ReasonInvalid},
		"no version":    {valid(func(m map[string]any) { delete(m, "version") }), ReasonInvalid},
		"version zero":  {valid(func(m map[string]any) { m["version"] = 0 }), ReasonInvalid},
		"wrong type":    {valid(func(m map[string]any) { m["name"] = 7 }), ReasonInvalid},
		"another id":    {valid(func(m map[string]any) { m["id"] = "b" }), ReasonInvalid},
		"unknown kind":  {valid(func(m map[string]any) { m["kind"] = "saml" }), ReasonInvalid},
		"huge":          {"{" + strings.Repeat(" ", maxFile) + "}", ReasonTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, open(t, dir), good)
			file := filepath.Join(dir, "profiles", id+".json")
			write(t, file, c.text)
			p, damaged, err := Open(dir)
			if err != nil || len(damaged) != 1 {
				t.Fatalf("%v, %+v", err, damaged)
			}
			d := damaged[0]
			if d.File != file || d.Reason != c.reason || d.Err == nil || filepath.Dir(d.MovedTo) != filepath.Join(dir, "profiles", "damaged") {
				t.Errorf("%+v", d)
			}
			if read(t, d.MovedTo) != c.text {
				t.Error("what was set aside is not what was there")
			}
			if got := p.List(); len(got) != 1 || !reflect.DeepEqual(got[0], good) {
				t.Errorf("the good profile: %+v", got)
			}
			open(t, dir) // and it is not reported again
		})
	}
}

// A file that a newer version wrote is named, and neither moved nor replaced.
func TestNewerVersionIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	profile := full()
	file := filepath.Join(dir, "profiles", string(profile.ID)+".json")
	const text = `{"version": 2, "from": "the future"}`
	write(t, file, text)
	for range 2 {
		p, damaged, err := Open(dir)
		if err != nil || len(damaged) != 1 || damaged[0].Reason != ReasonNewer || damaged[0].MovedTo != "" || len(p.List()) != 0 {
			t.Fatalf("%v, %+v", err, damaged)
		}
		var failed *WriteError
		if err := p.Put(profile); !errors.As(err, &failed) || !errors.Is(err, ErrNewer) || failed.Path != file {
			t.Errorf("Put: %v", err)
		}
		if len(p.List()) != 1 {
			t.Error("the list in memory is not right")
		}
		if err := p.Remove(profile.ID); !errors.Is(err, ErrNewer) {
			t.Errorf("Remove: %v", err)
		}
		if read(t, file) != text {
			t.Fatal("the file was touched")
		}
	}
}

// What a later version 1 has added survives being rewritten by this one, removed
// and put back.
func TestUnknownMembersAreKept(t *testing.T) {
	dir := t.TempDir()
	profile := full()
	put(t, open(t, dir), profile)
	file := filepath.Join(dir, "profiles", string(profile.ID)+".json")
	text := read(t, file)
	text = strings.Replace(text, "{", `{"later": {"big": 12345678901234567890, "list": [1, 2]},`, 1)
	text = strings.Replace(text, `"client": {`, `"client": {"jwks_uri": "https://app.example/jwks", "client_secret": "canary-1",`, 1)
	write(t, file, text)

	p := open(t, dir)
	profile = p.List()[0]
	profile.Name, profile.Prompt = "renamed", ""
	put(t, p, profile)
	if err := p.Remove(profile.ID); err != nil {
		t.Fatal(err)
	}
	put(t, p, profile)
	got := read(t, file)
	for _, want := range []string{"12345678901234567890", `"jwks_uri": "https://app.example/jwks"`, `"renamed"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is lost in %s", want, got)
		}
	}
	for _, not := range []string{"canary-1", `"prompt"`} {
		if strings.Contains(got, not) {
			t.Errorf("%s is in %s", not, got)
		}
	}
	if again := open(t, dir).List()[0]; !reflect.DeepEqual(again, profile) {
		t.Errorf("%+v", again)
	}
}

// No path leads a secret into a file, whatever was pasted where.
func TestNoSecretIsWritten(t *testing.T) {
	const canary = "canary-77c1"
	dir := t.TempDir()
	p := open(t, dir)
	profile := full()
	profile.Endpoint = "https://user:" + canary + "@host/path"
	profile.Issuer = "https://user:" + canary + "@bad host:port/" // does not parse
	profile.Client.RedirectURI = "http://:" + canary + "@localhost:3000/callback"
	profile.Client.PostLogoutRedirectURI = "HTTP://a:" + canary + "@@localhost/"
	profile.Resources = []string{"https://a:" + canary + "@api.example"}
	profile.Extra = map[string]string{"ui_locales": "ja"}
	for _, name := range []string{"client_secret", "clientSecret", "Client-Secret", "password", "client_assertion", "assertion", "code_verifier", "access_token", "refresh_token", "id_token_hint", "token", "api_key", "app secret"} {
		profile.Extra[name] = canary
	}
	put(t, p, profile)
	if got := p.List()[0].Extra["client_secret"]; got != canary {
		t.Error("the list in memory is not what was put")
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.Contains(read(t, path), canary) {
			t.Errorf("%s: %s", path, read(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got := open(t, dir).List()[0]
	if got.Extra["ui_locales"] != "ja" || got.Endpoint != "https://user@host/path" {
		t.Errorf("more than the secret is gone: %+v", got)
	}
}

func TestIDsThatAreNoFileNames(t *testing.T) {
	p := open(t, t.TempDir())
	for _, id := range []oauth.ProfileID{"", ".", "..", "a/b", `a\b`, "../x", "A", "é", "con", "nul", "com1", "lpt9", "a.json", "a b", oauth.ProfileID(strings.Repeat("a", 65))} {
		profile := full()
		profile.ID = id
		if err := p.Put(profile); !errors.Is(err, ErrID) {
			t.Errorf("Put %q: %v", id, err)
		}
		if err := p.Remove(id); !errors.Is(err, ErrID) {
			t.Errorf("Remove %q: %v", id, err)
		}
	}
	for _, id := range []oauth.ProfileID{"demo", "com", "communal", "lpt10", oauth.NewProfileID()} {
		profile := full()
		profile.ID = id
		put(t, p, profile)
	}
}

// Only old leftovers go: a young one may belong to a window that is writing now.
func TestLeftoversAreCleaned(t *testing.T) {
	dir := t.TempDir()
	put(t, open(t, dir), full())
	folder := filepath.Join(dir, "profiles")
	old, young := filepath.Join(folder, ".x.json.123"+tempSuffix), filepath.Join(folder, ".y.json.456"+tempSuffix)
	settings := filepath.Join(dir, ".settings.json.789"+tempSuffix)
	foreign := filepath.Join(folder, "notes.tmp")
	for _, path := range []string{old, young, settings, foreign} {
		write(t, path, "{")
		if path != young {
			past := time.Now().Add(-2 * tempAge)
			if err := os.Chtimes(path, past, past); err != nil {
				t.Fatal(err)
			}
		}
	}
	open(t, dir)
	for path, want := range map[string]bool{old: false, settings: false, young: true, foreign: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: there %v, want %v", filepath.Base(path), err == nil, want)
		}
	}
}

// Two windows on one folder.
func TestTwoAtOnce(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	shared := full()
	put(t, a, shared)
	done := make(chan error, 2)
	for i, p := range []*Profiles{a, b} {
		go func() {
			var err error
			for n := range 50 {
				mine, common := oauth.NewProfile(oauth.KindLogto, "own"), shared
				mine.Order = n
				common.Order = i
				err = errors.Join(err, p.Put(mine), p.Put(common))
			}
			done <- err
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if got := len(open(t, dir).List()); got != 101 {
		t.Errorf("%d profiles, want 101", got)
	}
}
