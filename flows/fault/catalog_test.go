package fault

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"signbench/assets"
)

// A fault without a sentence would show as its code, and a sentence without a
// fault is one that nobody sees. A failed check brings its own cause: the sentence
// of the check's reason.
func TestEveryCodeHasTextAndNoTextIsAnOrphan(t *testing.T) {
	texts := translations(t)
	wanted := map[string]bool{}
	for _, e := range Catalog() {
		wanted["fault."+string(e.Code)+".title"], wanted["fault."+string(e.Code)+".remedy"] = true, true
		if len(e.Checks) == 0 {
			wanted["fault."+string(e.Code)+".cause"] = true
		}
	}
	for cause := range causes() {
		wanted["fault.likely."+string(cause)] = true
	}
	for key := range texts { // a vendor's remedy may be there, for a fault and a vendor that are
		code, vendor, of := strings.Cut(strings.TrimPrefix(key, "fault."), ".remedy.")
		if _, ok := Lookup(Code(code)); of && ok && slices.Contains(Vendors(), Vendor(vendor)) {
			wanted[key] = true
		}
	}
	for key := range wanted {
		if strings.TrimSpace(texts[key]) == "" {
			t.Errorf("%s has no text", key)
		}
	}
	for key := range texts {
		if !wanted[key] {
			t.Errorf("%s belongs to no fault", key)
		}
	}
}

func translations(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	paths, err := fs.Glob(assets.Translations, "translations/en/fault*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, p := range paths {
		b, err := fs.ReadFile(assets.Translations, p)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &texts); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
	}
	return texts
}

func TestTitlesReadOnAfterAColon(t *testing.T) {
	for key, text := range translations(t) {
		if !strings.HasSuffix(key, ".title") {
			continue
		}
		if strings.HasSuffix(text, ".") || strings.Contains(text, "!") {
			t.Errorf("%s = %q: a title is a clause", key, text)
		}
	}
}

// causes are all that the two tables of likely causes name.
func causes() map[Cause]bool {
	all := map[Cause]bool{"endpoint": true, "proxy": true}
	for _, two := range likelyAt {
		all[two[0]], all[two[1]] = true, true
	}
	for _, two := range likelyBy {
		all[two[0]], all[two[1]] = true, true
	}
	return all
}

// noClause are the faults in which no specification has a say: this machine, this
// program, and the network below HTTP.
var noClause = []string{"prepare.", "callback.browser", "callback.no_loopback", "internal", "transport.", "response.too_large", "logto."}

func TestTheCatalogueHasEveryCodeOnce(t *testing.T) {
	seen := map[Code]bool{}
	for _, e := range Catalog() {
		if seen[e.Code] {
			t.Errorf("%s has two entries", e.Code)
		}
		seen[e.Code] = true
		if e.Severity != Error && e.Severity != Warning {
			t.Errorf("%s has the severity %q", e.Code, e.Severity)
		}
		silent := slices.ContainsFunc(noClause, func(p string) bool { return strings.HasPrefix(string(e.Code), p) })
		if e.Spec == "" && !silent {
			t.Errorf("%s has no clause", e.Code)
		}
	}
	for code := range constants(t) {
		if !seen[code] {
			t.Errorf("%s is a constant without an entry", code)
		}
	}
}

// constants are the codes that the package declares.
func constants(t *testing.T) map[Code]bool {
	t.Helper()
	out := map[Code]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			kind, isName := spec.Type.(*ast.Ident)
			value, isText := spec.Values[0].(*ast.BasicLit)
			if isName && isText && kind.Name == "Code" {
				if code, err := strconv.Unquote(value.Value); err == nil {
					out[Code(code)] = true
				}
			}
			return true
		})
	}
	if len(out) < 40 {
		t.Fatalf("%d constants: the test looks in the wrong place", len(out))
	}
	return out
}

// Two faults that read the same could as well be one.
func TestSentencesDiffer(t *testing.T) {
	texts := translations(t)
	for _, f := range families {
		seen := map[string]string{}
		for name := range f.errors {
			words := texts["fault."+string(f.code(name))+".title"]
			if other, twice := seen[words]; twice {
				t.Errorf("%s and %s of %s have the same title", name, other, f.prefix)
			}
			seen[words] = name
			all := []string{words, texts["fault."+string(f.code(name))+".cause"], texts["fault."+string(f.code(name))+".remedy"]}
			slices.Sort(all)
			if len(slices.Compact(all)) != 3 {
				t.Errorf("%s says the same thing twice", f.code(name))
			}
		}
	}
}
