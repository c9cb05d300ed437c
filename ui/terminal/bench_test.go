package terminal_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Scripts call --help and completion often: the ratio to a program that is linked
// with the same packages and does nothing is what our own start costs. Both are
// built as the window is, with cgo.
func BenchmarkHelp(b *testing.B) {
	dir := b.TempDir()
	whole, bare := filepath.Join(dir, "signbench"), filepath.Join(dir, "bare")
	for path, pkg := range map[string]string{whole: "signbench", bare: "./testdata/bare"} {
		if out, err := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", path, pkg).CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
	}
	var took [2]time.Duration
	for b.Loop() {
		for i, cmd := range []*exec.Cmd{exec.Command(whole, "--help"), exec.Command(bare)} {
			cmd.Env = append(os.Environ(), "LANG=en_US.UTF-8")
			began := time.Now()
			if err := cmd.Run(); err != nil {
				b.Fatal(err)
			}
			took[i] += time.Since(began)
		}
	}
	b.ReportMetric(float64(took[0])/float64(took[1]), "ratio")
	b.ReportMetric(float64(took[1].Microseconds())/float64(b.N), "µs/bare")
}
