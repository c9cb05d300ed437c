package archive

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestSettingsComeBack(t *testing.T) {
	dir := t.TempDir()
	if s, d := LoadSettings(dir); s != DefaultSettings() || d != nil {
		t.Fatalf("first start: %+v, %+v", s, d)
	}
	want := Settings{Theme: "dark", LastProfile: "demo", WindowWidth: 1000.5, WindowHeight: 700, Page: "tokens", CallbackTimeoutSeconds: 30, ClockToleranceSeconds: 0, KeptRuns: 20, KeptMegabytes: 5}
	if err := SaveSettings(dir, want); err != nil {
		t.Fatal(err)
	}
	if s, d := LoadSettings(dir); s != want || d != nil {
		t.Errorf("%+v, %+v", s, d)
	}
}

func TestSettingsOutOfRange(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, settingsFile), `{"version":1,"theme":"pink","window_width":1,"window_height":1e30,"callback_timeout_seconds":-1,"clock_tolerance_seconds":99999,"page":"tokens"}`)
	want := DefaultSettings()
	want.Page = "tokens"
	if s, d := LoadSettings(dir); s != want || d != nil {
		t.Errorf("%+v, %+v", s, d)
	}
}

func TestSettingsDamaged(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, settingsFile)
	for _, text := range []string{"", "{", "null", `{"version":1,"theme":5}`, `{"theme":"dark"}`} {
		write(t, file, text)
		s, d := LoadSettings(dir)
		if s != DefaultSettings() || d == nil || d.File != file || read(t, d.MovedTo) != text {
			t.Errorf("%q: %+v, %+v", text, s, d)
		}
		if err := SaveSettings(dir, s); err != nil {
			t.Error(err)
		}
	}
}

func TestSettingsOfANewerVersion(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, settingsFile)
	const text = `{"version":2}`
	write(t, file, text)
	if s, d := LoadSettings(dir); s != DefaultSettings() || d == nil || d.Reason != ReasonNewer || d.MovedTo != "" {
		t.Errorf("%+v, %+v", s, d)
	}
	if err := SaveSettings(dir, DefaultSettings()); !errors.Is(err, ErrNewer) {
		t.Errorf("SaveSettings: %v", err)
	}
	if read(t, file) != text {
		t.Error("the file was touched")
	}
}

func TestSettingsKeepUnknownMembers(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, settingsFile)
	write(t, file, `{"version":1,"later":[1,2]}`)
	if err := SaveSettings(dir, DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(read(t, file), `"later"`) {
		t.Errorf("%s", read(t, file))
	}
}
