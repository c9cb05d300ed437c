package rooms

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// room is one line of the table in CONTRIBUTING.md. Patterns end with /... for a
// package and all below it. The standard library is open to every room, unless std
// says otherwise.
type room struct {
	own     []string // packages of this module that it may import
	libs    []string // packages of other modules that it may import
	never   []string // packages that it may not even reach through others
	std     []string // when set, the only packages of the standard library
	offline bool     // it never uses the network
	noGo    bool     // it starts no goroutine
}

const (
	fyne    = "fyne.io/fyne/v2/..."
	fyneApp = "fyne.io/fyne/v2/app"
	driver  = "fyne.io/fyne/v2/internal/driver/glfw"
	oidc    = "github.com/coreos/go-oidc/..."
	jose    = "github.com/go-jose/go-jose/..."
	oauth2  = "golang.org/x/oauth2/..."
	keyring = "github.com/zalando/go-keyring/..."
	dbus    = "github.com/godbus/dbus/..."
	i18n    = "github.com/nicksnyder/go-i18n/..."
	locale  = "github.com/jeandeaual/go-locale/..."
	svg     = "github.com/fyne-io/oksvg"
	rasterx = "github.com/srwiley/rasterx"
	cobra   = "github.com/spf13/..."
	tags    = "golang.org/x/text/..." // language tags, in the interface of go-i18n
)

// types are the rooms whose types a view draws. The engine is not among them.
var types = []string{"flows/oauth", "flows/trace", "flows/jose", "flows/check", "flows/fault", "flows/probe", "flows/inspect", "flows/connector/..."}

// rooms is the whole table. A package that is not in it fails the test, so that
// the question where it belongs is asked.
var rooms = map[string]room{
	".": {own: []string{"..."}, libs: []string{"..."}}, // it assembles; what it may not do is think

	"assets":   {std: []string{"embed"}},
	"keychain": {libs: []string{keyring, dbus}, never: []string{fyne, "signbench/flows/...", "signbench/ui/..."}},

	"flows": {
		own:   []string{"flows/..."},
		libs:  []string{oauth2, oidc},
		never: []string{fyne, "signbench/ui/...", "signbench/keychain/...", "signbench/assets/..."},
	},
	"flows/oauth": {offline: true},
	"flows/trace": {own: []string{"flows/oauth"}},
	"flows/jose":  {libs: []string{jose}, offline: true},
	"flows/check": {own: []string{"flows/oauth", "flows/jose"}, libs: []string{oidc}, offline: true},
	"flows/fault": {own: []string{"flows/oauth", "flows/trace", "flows/check", "flows/jose"}, offline: true},
	"flows/probe": {own: []string{"flows/oauth", "flows/trace", "flows/check", "flows/fault", "flows/jose"}},
	"flows/inspect": {
		own:  []string{"flows/oauth", "flows/jose", "flows/check", "flows/fault"},
		libs: []string{"golang.org/x/net/html/..."}, offline: true,
	},
	"flows/loopback": {},
	"flows/browser":  {},
	"flows/demo/...": {own: []string{"flows/demo/..."}, libs: []string{jose}},
	"flows/archive":  {own: []string{"flows/oauth", "flows/trace"}, offline: true},
	"flows/practice": {own: []string{"flows/oauth", "flows/check", "flows/fault", "flows/probe", "flows/demo"}, offline: true},
	"flows/connector/...": {
		own: []string{"flows/oauth", "flows/trace", "flows/jose", "flows/check", "flows/fault", "flows/probe", "flows/connector/..."},
	},

	"ui":        {own: []string{"flows/...", "keychain", "assets", "ui/..."}, libs: []string{fyne}},
	"ui/text":   {own: []string{"assets", "flows/fault", "flows/oauth", "flows/probe", "flows/trace"}, libs: []string{i18n, locale, tags}, never: []string{fyne}},
	"ui/theme":  {own: []string{"assets"}, libs: []string{fyne}, never: []string{driver, "signbench/flows/..."}},
	"ui/logo":   {libs: []string{svg, rasterx, "golang.org/x/image/..."}, never: []string{fyne}, offline: true},
	"ui/report": {own: append([]string{"ui/state", "ui/text"}, types...), never: []string{fyne}, offline: true},
	"ui/state":  {own: append([]string{"flows"}, types...), never: []string{fyne}, offline: true},
	"ui/widget": {
		own: []string{"ui/theme"}, libs: []string{fyne}, noGo: true,
		never: []string{driver, "signbench/flows/..."},
	},
	"ui/view/...": {
		own:  append([]string{"flows/practice", "ui/widget", "ui/state", "ui/theme", "ui/text", "ui/view/..."}, types...),
		libs: []string{fyne}, never: []string{driver}, noGo: true,
	},
	"ui/terminal": {
		own: append([]string{
			"flows", "flows/archive", "flows/browser", "flows/demo", "flows/loopback", "keychain", "ui/state", "ui/text", "ui/report", "assets",
		}, types...),
		libs: []string{cobra}, never: []string{fyne},
	},
	"ui/desktop":       {own: []string{"ui", "ui/desktop/quiet", "ui/terminal", "ui/text", "assets"}, libs: []string{fyne}},
	"ui/desktop/quiet": {offline: true}, // nothing but io and log: it has to be initialised before Fyne

	// Support for tests. Nothing but tests imports it.
	"flows/testkit/...": {own: []string{"flows/..."}, libs: []string{"golang.org/x/net/html/..."}, never: []string{fyne}},
}

// opensWindow are the rooms that may import Fyne's driver; all others can be built
// and tested without a C compiler.
var opensWindow = []string{".", "ui", "ui/desktop"}

const module = "signbench"

type pkg struct {
	ImportPath                         string
	Dir                                string
	GoFiles                            []string
	Imports, TestImports, XTestImports []string
	Deps                               []string
}

// list asks the go command, for one system: files differ by system.
func list(t *testing.T, goos string) []pkg {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	noticeChanges(t, root)
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,GoFiles,Imports,TestImports,XTestImports,Deps", "./...")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+goos)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var packages []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// noticeChanges looks at every Go file, so that the go command does not take an old
// result of this test from its cache: it cannot see what a child process reads.
func noticeChanges(t *testing.T, root string) {
	t.Helper()
	for _, dir := range []string{"assets", "flows", "keychain", "ui", "main.go"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, _ fs.DirEntry, err error) error {
			if err == nil && filepath.Ext(path) == ".go" {
				_, err = os.Stat(path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// matches reports whether path is what pattern names.
func matches(pattern, path string) bool {
	parent, all := strings.CutSuffix(pattern, "...")
	if !all {
		return pattern == path
	}
	parent = strings.TrimSuffix(parent, "/")
	return parent == "" || path == parent || strings.HasPrefix(path, parent+"/")
}

func matchesAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, path) })
}

// inside returns the path of a package of this module below it, "." for its root.
func inside(path string) (string, bool) {
	if path == module {
		return ".", true
	}
	return strings.CutPrefix(path, module+"/")
}

func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// roomOf finds the line of a package: its own, or the longest pattern.
func roomOf(path string) (string, bool) {
	if _, ok := rooms[path]; ok {
		return path, true
	}
	best := ""
	for name := range rooms {
		if strings.HasSuffix(name, "/...") && matches(name, path) && len(name) > len(best) {
			best = name
		}
	}
	return best, best != ""
}

// allowed says what is wrong with a direct import, or nothing.
func allowed(name string, r room, path string) string {
	if own, ok := inside(path); ok {
		switch {
		case matches("flows/testkit/...", own) && !matches("flows/testkit/...", name):
			return "is support for tests"
		case own == name, matchesAny(r.own, own):
			return ""
		}
		return "is not in its line of the table"
	}
	if isStandard(path) {
		switch {
		case r.std != nil && !slices.Contains(r.std, path):
			return "is closed to it"
		}
		return ""
	}
	if path == fyneApp && !slices.Contains(opensWindow, name) {
		return "opens windows"
	}
	if !matchesAny(r.libs, path) {
		return "is not in its line of the table"
	}
	return ""
}

func TestImports(t *testing.T) {
	for _, goos := range []string{"linux", "windows", "darwin"} {
		t.Run(goos, func(t *testing.T) {
			for _, p := range list(t, goos) {
				path, ok := inside(p.ImportPath)
				if !ok {
					t.Errorf("%s is outside the module", p.ImportPath)
					continue
				}
				name, ok := roomOf(path)
				if !ok {
					t.Errorf("%s is not in the table: add its line here and in CONTRIBUTING.md", path)
					continue
				}
				r := rooms[name]
				for _, imported := range p.Imports {
					if why := allowed(path, r, imported); why != "" {
						t.Errorf("%s imports %s, which %s", path, imported, why)
					}
				}
				for _, reached := range p.Deps {
					if matchesAny(r.never, reached) {
						t.Errorf("%s reaches %s through what it imports", path, reached)
					}
				}
			}
		})
	}
}

// TestTestImports holds tests to less: they may use test support and, in flows,
// any room of flows. They may not make a package need a window.
func TestTestImports(t *testing.T) {
	for _, p := range list(t, "linux") {
		path, _ := inside(p.ImportPath)
		name, ok := roomOf(path)
		if !ok {
			continue // TestImports says so
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			own, ours := inside(imported)
			switch {
			case imported == fyneApp && !slices.Contains(opensWindow, path):
				t.Errorf("the tests of %s import %s, which opens windows", path, imported)
			case matches(fyne, imported) && matchesAny(rooms[name].never, imported):
				t.Errorf("the tests of %s import %s", path, imported)
			case ours && matches("flows/...", path) && !matches("flows/...", own) && !matches("assets", own):
				t.Errorf("the tests of %s import %s, which stands above flows", path, imported)
			}
		}
	}
}

// TestFlowsNeedNoCompiler builds what must be useful on a server.
func TestFlowsNeedNoCompiler(t *testing.T) {
	cmd := exec.Command("go", "build", "signbench/flows/...", "signbench/keychain/...")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// network has the names with which a package would reach the network. Types such
// as http.Header are not among them.
var network = regexp.MustCompile(`^net\.(Dial|Listen|Lookup|Resolver|DefaultResolver|FileConn)` +
	`|^http\.(Client|DefaultClient|Transport|DefaultTransport|Get|Head|Post|PostForm|Server|Serve|ServeTLS|ListenAndServe|ListenAndServeTLS)$`)

// TestSources looks for what imports do not show: goroutines outside ui, which
// keep the one thread crossing of the program there, and use of the network by
// packages that only judge.
func TestSources(t *testing.T) {
	for _, p := range list(t, "linux") {
		path, _ := inside(p.ImportPath)
		name, ok := roomOf(path)
		if !ok {
			continue // TestImports says so
		}
		for _, file := range p.GoFiles {
			files := token.NewFileSet()
			tree, err := parser.ParseFile(files, filepath.Join(p.Dir, file), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, wrong := range look(tree, rooms[name]) {
				t.Errorf("%s: %s", files.Position(wrong.at), wrong.why)
			}
		}
	}
}

type wrong struct {
	at  token.Pos
	why string
}

func look(tree *ast.File, r room) []wrong {
	var found []wrong
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			if r.noGo {
				found = append(found, wrong{n.Pos(), "starts a goroutine; only ui may"})
			}
		case *ast.SelectorExpr:
			from, ok := n.X.(*ast.Ident)
			if ok && r.offline && network.MatchString(from.Name+"."+n.Sel.Name) {
				found = append(found, wrong{n.Pos(), "uses the network: " + from.Name + "." + n.Sel.Name})
			}
		}
		return true
	})
	return found
}

func TestSourcesCatches(t *testing.T) {
	const source = `package p
import ("net"; "net/http")
func f(h http.Header) { go f(nil); net.ParseIP(""); net.Dial("", ""); http.Get(""); _ = http.DefaultClient }`
	tree, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if found := look(tree, room{noGo: true, offline: true}); len(found) != 4 {
		t.Errorf("found %d: %v", len(found), found)
	}
	if found := look(tree, room{}); len(found) != 0 {
		t.Errorf("found in an open room: %v", found)
	}
}

// TestTheTableCatches tries the rules themselves.
func TestTheTableCatches(t *testing.T) {
	for _, c := range []struct {
		room, imported string
		ok             bool
	}{
		{".", fyneApp, true},
		{"ui", fyneApp, true},
		{"ui/widget", fyneApp, false},
		{"ui/widget", "fyne.io/fyne/v2/widget", true},
		{"ui/widget", "signbench/flows/oauth", false},
		{"ui/view", "signbench/flows", false},
		{"ui/view/tokens", "signbench/ui/state", true},
		{"ui", "golang.org/x/oauth2", false},
		{"ui/text", "fyne.io/fyne/v2/lang", false},
		{"assets", "embed", true},
		{"assets", "os", false},
		{"flows", "signbench/flows/trace", true},
		{"flows", "signbench/flows/testkit/headless", false},
		{"flows", "signbench/keychain", false},
		{"flows", "golang.org/x/oauth2/endpoints", true},
		{"flows/demo", "signbench/flows/oauth", false},
		{"flows/demo", "signbench/flows/demo/upstream", true},
		{"flows/demo/upstream", "signbench/flows/oauth", false},
		{"flows/connector/feishu", "signbench/flows/probe", true},
		{"flows/connector/feishu", "signbench/flows", false},
		{"flows/oauth", "golang.org/x/oauth2", false},
		{"keychain", "signbench/flows/oauth", false},
	} {
		name, ok := roomOf(c.room)
		if !ok {
			t.Errorf("%s has no room", c.room)
			continue
		}
		if why := allowed(c.room, rooms[name], c.imported); (why == "") != c.ok {
			t.Errorf("%s importing %s: %q", c.room, c.imported, why)
		}
	}
	for _, unknown := range []string{"helpers", "flows/util", "ui/components"} {
		if name, ok := roomOf(unknown); ok {
			t.Errorf("%s is taken for %s", unknown, name)
		}
	}
}
