package text

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"signbench/assets"
)

// Every sentence of the window and of the terminal is asked for somewhere, and every sentence that is
// asked for by its full key is there. Keys that are put together end in a dot
// where the variable part begins.
func TestWindowKeysAndCodeAgree(t *testing.T) {
	keys := map[string]any{}
	for _, area := range []string{"window", "terminal", "allowances", "checksetup", "inspect", "practice", "connectors_page", "administrator"} {
		b, err := assets.Translations.ReadFile("translations/en/" + area + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &keys); err != nil {
			t.Fatal(err)
		}
	}
	literals, asked := sources(t, "..")
	for key := range keys {
		if !used(key, literals) {
			t.Errorf("%q is asked for nowhere", key)
		}
	}
	for key, where := range asked {
		if _, ok := Lookup(key); !ok && N(key, 1) == key {
			t.Errorf("%s asks for %q, which is not there", where, key)
		}
	}
}

func used(key string, literals map[string]bool) bool {
	if literals[key] {
		return true
	}
	for i := len(key) - 1; i > 0; i-- {
		if key[i] == '.' && (literals[key[:i+1]] || literals[key[i:]]) {
			return true
		}
	}
	return false
}

// sources gathers the string literals of the packages below a folder, and the
// literal keys with which sentences are asked for.
func sources(t *testing.T, dir string) (literals map[string]bool, asked map[string]string) {
	t.Helper()
	literals, asked = map[string]bool{}, map[string]string{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, ok := literal(n); ok {
					literals[s] = true
				}
			case *ast.CallExpr:
				if key, ok := firstKey(n); ok {
					asked[key] = fset.Position(n.Pos()).String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(asked) == 0 {
		t.Fatal("nothing asks for a sentence: the test looks in the wrong place")
	}
	return literals, asked
}

func literal(n *ast.BasicLit) (string, bool) {
	if n.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(n.Value)
	return s, err == nil
}

// firstKey is the key of text.T("key", ...) or text.N("key", ...).
func firstKey(call *ast.CallExpr) (string, bool) {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 || (f.Sel.Name != "T" && f.Sel.Name != "N") {
		return "", false
	}
	if pkg, ok := f.X.(*ast.Ident); !ok || pkg.Name != "text" {
		return "", false
	}
	lit, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	return literal(lit)
}
