package archive

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// A folder that can not be made: the list lives in memory and every Put says why.
// A file stands in its place, because the tests may run as root, to whom no
// folder is read-only.
func TestFolderThatCanNotBeMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	write(t, dir, "")
	p, damaged, err := Open(dir)
	var failed *WriteError
	if p == nil || len(damaged) != 0 || !errors.As(err, &failed) {
		t.Fatalf("%v, %v", damaged, err)
	}
	profile := full()
	if err := p.Put(profile); !errors.As(err, &failed) {
		t.Errorf("Put: %v", err)
	}
	if len(p.List()) != 1 {
		t.Error("the list in memory is not right")
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	put(t, p, profile) // mended
	open(t, dir)
}

// The folder becomes unwritable while the program runs.
func TestFolderThatGoesAway(t *testing.T) {
	dir := t.TempDir()
	p := open(t, dir)
	profile := full()
	put(t, p, profile)
	folder := filepath.Join(dir, "profiles")
	if err := os.Rename(folder, filepath.Join(dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	write(t, folder, "")
	var failed *WriteError
	profile.Name = "renamed"
	if err := p.Put(profile); !errors.As(err, &failed) {
		t.Errorf("Put: %v", err)
	}
	if got := p.List(); len(got) != 1 || got[0].Name != "renamed" {
		t.Errorf("%+v", got)
	}
	if err := p.Remove(profile.ID); !errors.As(err, &failed) {
		t.Errorf("Remove: %v", err)
	}
	if len(p.List()) != 0 {
		t.Error("the list in memory is not right")
	}
}

// A folder deleted under a running program is made again.
func TestFolderIsMadeAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "signbench")
	p := open(t, dir)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	put(t, p, full())
	if len(open(t, dir).List()) != 1 {
		t.Error("it was not written")
	}
}

func TestOnlyTheOwnerMayRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // permissions are inherited from the user's folder there
	}
	dir := filepath.Join(t.TempDir(), "signbench")
	put(t, open(t, dir), full())
	if err := SaveSettings(dir, DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDefaultDir(t *testing.T) {
	want := t.TempDir()
	t.Setenv(EnvDir, want)
	if got, err := DefaultDir(); err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
	t.Setenv(EnvDir, "")
	t.Setenv("XDG_CONFIG_HOME", want)
	t.Setenv("AppData", want)
	t.Setenv("HOME", want)
	if got, err := DefaultDir(); err != nil || filepath.Base(got) != "signbench" {
		t.Errorf("%s, %v", got, err)
	}
}
