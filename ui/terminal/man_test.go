package terminal_test

import (
	"os/exec"
	"strings"
	"testing"

	"signbench/flows/practice"
	"signbench/ui/terminal"
	"signbench/ui/text"
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
		{"inspect --expect ", "id_token.nonce\t"},
		{"check --expect ", "probe.secret.accepted.refused"},
		{"connector oidc --expect ", "connector.oidc.token_invalid_client"},
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

// Every fault that can be practised can be expected, and what is offered is taken.
func TestEveryFaultCanBeExpected(t *testing.T) {
	c := newConsole(t)
	offered := map[string]bool{}
	for line := range strings.Lines(c.run("__complete", "signin", "--expect", "").out) {
		code, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
		offered[code] = true
	}
	for _, e := range practice.Exercises() {
		for _, code := range e.Want {
			if !offered[code] && !offered["probe."+code] {
				t.Errorf("%s is not offered", code)
			}
		}
	}
	if s := c.runWith("{}", "inspect", "--expect", "connector.oidc.token_invalid_client"); s.status != terminal.StatusFaults {
		t.Errorf("a connector's fault: status %d\n%s", s.status, s.err)
	}
}

// The command that comes with the library speaks as ours do.
func TestTheLibrarysCommandSpeaksOurWords(t *testing.T) {
	c := newConsole(t)
	all := c.run("--help").out + c.run("completion", "--help").out
	for _, want := range []string{
		text.T("terminal.completion.short"), text.T("terminal.completion.shell", text.Params{"Shell": "zsh"}),
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in:\n%s", want, all)
		}
	}
	if strings.Contains(all, "autocompletion") {
		t.Errorf("the library's words:\n%s", all)
	}
}
