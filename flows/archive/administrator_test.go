package archive

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestAnAdministratorsCredentialIsKeptWithoutASecret(t *testing.T) {
	dir := t.TempDir()
	if got, ok, damaged := LoadAdministrator(dir, "p1"); ok || damaged != nil {
		t.Fatalf("nothing kept: %+v, %v", got, damaged)
	}
	typed := Administrator{ClientID: "m2m", Resource: "https://me:CANARY@default.logto.app/api"}
	if err := SaveAdministrator(dir, "p1", typed); err != nil {
		t.Fatal(err)
	}
	got, ok, damaged := LoadAdministrator(dir, "p1")
	if !ok || damaged != nil || got != (Administrator{ClientID: "m2m", Resource: "https://me@default.logto.app/api"}) {
		t.Errorf("read back: %+v, %t, %v", got, ok, damaged)
	}
	if err := RemoveAdministrator(dir, "p1"); err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := LoadAdministrator(dir, "p1"); ok {
		t.Error("it is still there")
	}
	if err := SaveAdministrator(dir, "../p1", typed); !errors.Is(err, ErrID) {
		t.Errorf("an ID that is a path: %v", err)
	}
}

func TestDamagedAndNewerAdministrators(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "administrators", "p1.json")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(`{"version":1,"client_id":7`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, ok, damaged := LoadAdministrator(dir, "p1"); ok || damaged == nil || damaged.MovedTo == "" {
		t.Errorf("damaged: %t, %v", ok, damaged)
	}
	if err := os.WriteFile(path, []byte(`{"version":99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := SaveAdministrator(dir, "p1", Administrator{}); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer file was replaced: %v", err)
	}
}
