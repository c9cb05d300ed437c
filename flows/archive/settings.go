package archive

import (
	"errors"
	"io/fs"
	"path/filepath"
	"time"

	"signbench/flows/oauth"
)

// Settings are the choices that belong to no profile.
type Settings struct {
	Theme                  string          `json:"theme"` // system, light, dark
	LastProfile            oauth.ProfileID `json:"last_profile,omitempty"`
	WindowWidth            float32         `json:"window_width"`
	WindowHeight           float32         `json:"window_height"`
	Page                   string          `json:"page,omitempty"`
	CallbackTimeoutSeconds int             `json:"callback_timeout_seconds"`
	ClockToleranceSeconds  int             `json:"clock_tolerance_seconds"`
	KeptRuns               int             `json:"kept_runs"`
	KeptMegabytes          int             `json:"kept_megabytes"`
}

// DefaultSettings are those of the first start. Five minutes are enough to create
// an account; one minute of clock difference is what most relying parties allow.
func DefaultSettings() Settings {
	return Settings{
		Theme:                  "system",
		WindowWidth:            1180,
		WindowHeight:           760,
		CallbackTimeoutSeconds: 300,
		ClockToleranceSeconds:  60,
		KeptRuns:               DefaultMaxRuns,
		KeptMegabytes:          DefaultMaxBytes >> 20,
	}
}

const settingsFile = "settings.json"

// LoadSettings reads the settings under dir. Settings that are missing, damaged or
// out of range are the defaults; a damaged file is set aside and returned.
func LoadSettings(dir string) (Settings, *Damaged) {
	s, _, err := readSettings(dir)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	d := setAside(filepath.Join(dir, settingsFile), err, time.Now())
	return s, &d
}

// SaveSettings writes the settings under dir. A file of a newer Signbench is not
// replaced: the error is a *WriteError that matches ErrNewer.
func SaveSettings(dir string, s Settings) error {
	path := filepath.Join(dir, settingsFile)
	_, kept, err := readSettings(dir)
	if errors.Is(err, ErrNewer) {
		return &WriteError{Path: path, Err: ErrNewer}
	}
	data, err := encode(s, kept)
	if err != nil {
		return &WriteError{Path: path, Err: err}
	}
	return writeFile(path, data)
}

func readSettings(dir string) (Settings, object, error) {
	data, err := readFile(filepath.Join(dir, settingsFile))
	if err != nil {
		return DefaultSettings(), nil, err
	}
	s := DefaultSettings()
	kept, err := decode(data, &s)
	if err != nil {
		return DefaultSettings(), nil, err
	}
	return s.inRange(), kept, nil
}

// inRange replaces what can not be meant by its default.
func (s Settings) inRange() Settings {
	d := DefaultSettings()
	if s.Theme != "light" && s.Theme != "dark" {
		s.Theme = d.Theme
	}
	if s.WindowWidth < 900 || s.WindowWidth > 20000 || s.WindowHeight < 600 || s.WindowHeight > 20000 {
		s.WindowWidth, s.WindowHeight = d.WindowWidth, d.WindowHeight
	}
	if s.CallbackTimeoutSeconds < 1 || s.CallbackTimeoutSeconds > 24*3600 {
		s.CallbackTimeoutSeconds = d.CallbackTimeoutSeconds
	}
	if s.ClockToleranceSeconds < 0 || s.ClockToleranceSeconds > 3600 {
		s.ClockToleranceSeconds = d.ClockToleranceSeconds
	}
	if s.KeptRuns < 1 || s.KeptRuns > 100_000 {
		s.KeptRuns = d.KeptRuns
	}
	if s.KeptMegabytes < 1 || s.KeptMegabytes > 100_000 {
		s.KeptMegabytes = d.KeptMegabytes
	}
	return s
}
