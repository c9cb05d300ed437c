package terminal_test

import (
	"os/exec"
	"strings"
	"testing"

	"signbench/ui/terminal"
)

// The page is made from the commands, so what is tested is that it is a page: the
// formatter finds nothing to complain about, and each command is in it.
func TestTheManualPage(t *testing.T) {
	c := newConsole(t)
	page := c.run("man")
	if page.status != terminal.StatusOK {
		t.Fatal(page.err)
	}
	for _, want := range []string{".TH SIGNBENCH 1", "signbench check", "signbench signin", "signbench demo", "EXIT STATUS", "\\-\\-no\\-browser", "130"} {
		if !strings.Contains(page.out, want) {
			t.Errorf("no %q in the page", want)
		}
	}
	for i, line := range strings.Split(page.out, "\n") {
		if strings.HasPrefix(line, ".") && !strings.HasPrefix(line, ".TH ") && !strings.HasPrefix(line, ".S") &&
			!strings.HasPrefix(line, ".B ") && line != ".PP" && line != ".TP" && line != ".br" && line != ".nf" && line != ".fi" {
			t.Errorf("line %d is a request that the page does not mean: %q", i+1, line)
		}
	}
}

// A shell's completion knows commands, flags, faults and profiles.
func TestCompletion(t *testing.T) {
	c := newConsole(t)
	for _, test := range []struct{ typed, want string }{
		{"sig", "signin"},
		{"signin --no", "--no-browser"},
		{"demo --fault nonce", "nonce-invalid"},
		{"signin ", "demo"},
		{"signin --scenario ", "proof"},
		{"signin --reveal ", "id_token"},
	} {
		words := strings.Split(test.typed, " ")
		s := c.run(append([]string{"__complete"}, words...)...)
		if !strings.Contains(s.out, test.want) {
			t.Errorf("%q completes to %q", test.typed, s.out)
		}
	}
	script := c.run("completion", "bash")
	cmd := exec.Command("bash", "-n")
	cmd.Stdin = strings.NewReader(script.out)
	if out, err := cmd.CombinedOutput(); err != nil || script.status != terminal.StatusOK {
		t.Errorf("the script for bash: %v: %s", err, out)
	}
}
