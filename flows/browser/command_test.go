package browser

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestCommandsFromEnvironment(t *testing.T) {
	spaced := filepath.Join(t.TempDir(), "my browser")
	if err := os.WriteFile(spaced, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	const url = "https://id.example/?a=b"
	for _, test := range []struct {
		goos, browser string
		want          [][]string // with the URL in place
	}{
		{"linux", "firefox", [][]string{{"firefox", url}}},
		{"linux", "firefox:chromium --incognito", [][]string{{"firefox", url}, {"chromium", "--incognito", url}}},
		{"linux", " : firefox : ", [][]string{{"firefox", url}}},
		{"linux", "firefox %s &", [][]string{{"firefox", url}}},
		{"linux", "app --url=%s --new", [][]string{{"app", "--url=" + url, "--new"}}},
		{"linux", `"/opt/my browser/run" 'two words' a\ b`, [][]string{{"/opt/my browser/run", "two words", "a b", url}}},
		{"linux", `x "" $HOME $(id) ;id`, [][]string{{"x", "", "$HOME", "$(id)", ";id", url}}},
		{"linux", spaced, [][]string{{spaced, url}}},
		{"darwin", "firefox:open -a Safari", [][]string{{"firefox", url}, {"open", "-a", "Safari", url}}},
		{"windows", `"C:\Program Files\Firefox\firefox.exe" -private;C:\x\y.exe`, [][]string{{`C:\Program Files\Firefox\firefox.exe`, "-private", url}, {`C:\x\y.exe`, url}}},
	} {
		o := opener{goos: test.goos, getenv: env(map[string]string{"BROWSER": test.browser})}
		var got [][]string
		for _, c := range o.commands() {
			got = append(got, append([]string{c.name}, c.with(url)...))
		}
		if !slices.EqualFunc(got, test.want, slices.Equal) {
			t.Errorf("%s: %q: got %q", test.goos, test.browser, got)
		}
	}
}

func TestCommandsOfTheSystem(t *testing.T) {
	for name, test := range map[string]struct {
		o    opener
		want []string
	}{
		"linux":   {opener{goos: "linux"}, []string{"xdg-open", "gio", "x-www-browser"}},
		"wsl":     {opener{goos: "linux", wsl: true}, []string{"xdg-open", "gio", "x-www-browser", "wslview", "rundll32.exe"}},
		"darwin":  {opener{goos: "darwin"}, []string{"open"}},
		"windows": {opener{goos: "windows"}, []string{filepath.Join("W", "System32", "rundll32.exe")}},
	} {
		test.o.getenv = env(map[string]string{"SystemRoot": "W"})
		var got []string
		for _, c := range test.o.commands() {
			got = append(got, c.name)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q", name, got)
		}
	}
}
