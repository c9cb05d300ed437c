package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// home is a user's home folder, in which the program is started one or more times.
type home struct {
	t        *testing.T
	dir      string
	canaries []string // secrets that no file and no output may hold
	window   *window  // the last one that was opened
	tokens   []string // that no file may hold but the browser's: it sees the ID token at a sign-out
}

// segments finds tokens with their signatures.
var segments = regexp.MustCompile(`eyJ[\w-]+\.eyJ[\w-]+\.([\w-]+)`)

// usable reports whether there is a token that somebody could use: what is kept of
// runs has lost its signature.
func usable(data []byte) bool {
	for _, token := range segments.FindAllSubmatch(data, -1) {
		if !bytes.HasPrefix(token[1], []byte("SIGNATURE-REMOVED-")) {
			return true
		}
	}
	return false
}

func newHome(t *testing.T, canaries ...string) *home {
	t.Helper()
	dir, err := os.MkdirTemp("", "signbench-home")
	if err != nil {
		t.Fatal(err)
	}
	h := &home{t: t, dir: dir, canaries: canaries}
	t.Cleanup(h.remove)
	for _, dir := range []string{".config", ".cache", ".local/share"} {
		if err := os.MkdirAll(filepath.Join(h.dir, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(h.noCanaries)
	return h
}

// remove removes the folder; the browser's last helpers may still be writing there.
func (h *home) remove() {
	until(h.t, "the end of the home folder", func() bool { return os.RemoveAll(h.dir) == nil })
}

func (h *home) env() []string {
	return append(os.Environ(),
		"HOME="+h.dir,
		"XDG_CONFIG_HOME="+h.path(".config"),
		"XDG_CACHE_HOME="+h.path(".cache"),
		"XDG_DATA_HOME="+h.path(".local/share"),
		"BROWSER="+filepath.Join(repository(h.t), ".ci", "browser"),
		// Port 0: any. Chromium writes the one it took into its profile.
		"SIGNBENCH_BROWSER_ARGS=--remote-debugging-port=0 --remote-allow-origins=*",
	)
}

func (h *home) path(name string) string { return filepath.Join(h.dir, filepath.FromSlash(name)) }

// config is the path of a file of the program.
func (h *home) config(name string) string { return h.path(".config/signbench/" + name) }

func repository(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// profiles reads the profiles from their files, by name. A file that is no profile
// fails the test.
func (h *home) profiles() map[string]map[string]any {
	h.t.Helper()
	files, err := filepath.Glob(h.config("profiles/*"))
	if err != nil {
		h.t.Fatal(err)
	}
	out := map[string]map[string]any{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			h.t.Fatal(err)
		}
		var profile map[string]any
		if filepath.Ext(file) != ".json" || json.Unmarshal(data, &profile) != nil {
			h.t.Errorf("%s is no whole profile: %q", filepath.Base(file), data)
			continue
		}
		name, _ := profile["name"].(string)
		out[name] = profile
	}
	return out
}

// edit changes members of the JSON files that match the pattern, as a user with an
// editor can while the program does not run.
func (h *home) edit(pattern string, members map[string]any) {
	h.t.Helper()
	files, err := filepath.Glob(h.config(pattern))
	if err != nil || len(files) == 0 {
		h.t.Fatalf("%s: %d files, %v", pattern, len(files), err)
	}
	for _, file := range files {
		var all map[string]any
		data, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(data, &all)
		}
		if err != nil {
			h.t.Fatal(err)
		}
		for name, value := range members {
			all[name] = value
		}
		if data, err = json.Marshal(all); err == nil {
			err = os.WriteFile(file, data, 0o600)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

// noCanaries looks for the secrets in every file below the home folder, the
// browser's included, plain and in the usual encodings, and for tokens in the files
// of the program.
func (h *home) noCanaries() {
	var forms []string
	for _, canary := range h.canaries {
		b := []byte(canary)
		forms = append(forms, canary, hex.EncodeToString(b), strings.ToUpper(hex.EncodeToString(b)))
		for shift := range 3 { // the same text looks different at each place in a triple
			if shift >= len(b) {
				break
			}
			whole := b[shift : shift+(len(b)-shift)/3*3]
			forms = append(forms, base64.StdEncoding.EncodeToString(whole), base64.URLEncoding.EncodeToString(whole))
		}
	}
	looked := 0
	err := filepath.WalkDir(h.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil // the browser may be tidying up
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		looked++
		name, _ := filepath.Rel(h.dir, path)
		if containsAny(data, forms) {
			h.t.Errorf("%s holds a secret", name)
		}
		if !strings.HasPrefix(name, "chromium") && (usable(data) || containsAny(data, h.tokens)) {
			h.t.Errorf("%s holds a token", name)
		}
		return nil
	})
	if err != nil || looked == 0 {
		h.t.Errorf("looked into %d files: %v", looked, err)
	}
}

func containsAny(data []byte, words []string) bool {
	for _, word := range words {
		if bytes.Contains(data, []byte(word)) {
			return true
		}
	}
	return false
}
