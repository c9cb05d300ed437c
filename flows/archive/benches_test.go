package archive

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestBenchesAreKept(t *testing.T) {
	dir := t.TempDir()
	if got, damaged := LoadBenches(dir, "p1"); len(got) != 0 || damaged != nil {
		t.Fatalf("nothing kept: %v, %v", got, damaged)
	}
	want := map[string]Bench{
		"oidc": {Config: json.RawMessage(`{"z":1,"a":{"deep":"値"}}`), ConnectorID: "abc", Domains: []string{"acme.example"}},
		"sso":  {Config: json.RawMessage(`{}`), Addresses: map[string]string{"x": "http://localhost:1"}},
	}
	if err := SaveBenches(dir, "p1", want); err != nil {
		t.Fatal(err)
	}
	got, damaged := LoadBenches(dir, "p1")
	if damaged != nil || len(got) != 2 || got["oidc"].ConnectorID != "abc" || !reflect.DeepEqual(got["sso"].Addresses, want["sso"].Addresses) {
		t.Errorf("read back: %+v, %v", got, damaged)
	}
	if other, _ := LoadBenches(dir, "p2"); len(other) != 0 {
		t.Errorf("another profile has %v", other)
	}
	if err := RemoveBenches(dir, "p1"); err != nil {
		t.Fatal(err)
	}
	if got, _ := LoadBenches(dir, "p1"); len(got) != 0 {
		t.Errorf("removed: %v", got)
	}
	if err := SaveBenches(dir, "../p1", want); !errors.Is(err, ErrID) {
		t.Errorf("an ID that is a path: %v", err)
	}
}

func TestDamagedAndNewerBenches(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "benches", "p1.json")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(`{"version":1,"benches":[`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, damaged := LoadBenches(dir, "p1"); len(got) != 0 || damaged == nil || damaged.MovedTo == "" {
		t.Errorf("damaged: %v, %v", got, damaged)
	}
	if err := os.WriteFile(path, []byte(`{"version":99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := SaveBenches(dir, "p1", nil); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer file was replaced: %v", err)
	}
}
