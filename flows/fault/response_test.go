package fault

import "testing"

// What nobody could read is not quoted. The second page is in Shift_JIS.
func TestPageTextIsReadable(t *testing.T) {
	for page, want := range map[string]string{
		"<html><title>502</title><body><script>x()</script>Bad\n gateway</body>": "502: Bad gateway",
		"<html><body>\x83G\x83\x89\x81[</body>":                                  "",
		"<p>山田 &amp; 太郎</p>":                                                     "山田 & 太郎",
	} {
		if got := PageText([]byte(page)); got != want {
			t.Errorf("%q: %q", page, got)
		}
	}
}
