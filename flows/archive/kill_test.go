package archive

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"signbench/flows/oauth"
)

// childDir makes the test binary a program that writes profiles until it is killed.
const childDir = "SIGNBENCH_TEST_ARCHIVE_WRITE"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		writeForever(dir)
	}
	os.Exit(m.Run())
}

// writeForever rewrites five profiles and the settings, with contents of changing
// length that say of themselves whether they are whole, and removes one in between.
func writeForever(dir string) {
	p, _, err := Open(dir)
	for n := 1; err == nil; n++ {
		for i := range 5 {
			profile := numbered(i, n)
			if i == 4 && n%2 == 0 {
				err = errors.Join(err, p.Remove(profile.ID))
				continue
			}
			err = errors.Join(err, p.Put(profile))
		}
		s := DefaultSettings()
		s.Page = strings.Repeat("p", n%3000)
		s.CallbackTimeoutSeconds = 1 + n%3000
		err = errors.Join(err, SaveSettings(dir, s))
		if n == 1 {
			fmt.Println("writing")
		}
	}
	fmt.Println(err)
	os.Exit(1)
}

func numbered(i, n int) oauth.Profile {
	p := oauth.NewProfile(oauth.KindLogto, fmt.Sprint(n))
	p.ID = oauth.ProfileID(fmt.Sprintf("profile-%d", i))
	p.Order = n
	p.LoginHint = strings.Repeat("x", n*37%9000)
	return p
}

// A program killed at any moment leaves every file whole.
func TestKilledWhileWriting(t *testing.T) {
	dir := t.TempDir()
	for round := range 25 {
		cmd := exec.Command(os.Args[0], "-test.run=^$")
		cmd.Env = append(os.Environ(), childDir+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil || line != "writing\n" {
			t.Errorf("the child says %q, %v", line, err)
		}
		time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond) // where it is then is what is tested
		_ = cmd.Process.Kill()
		_ = cmd.Wait()

		p := open(t, dir)
		if n := len(p.List()); n != 4 && n != 5 {
			t.Fatalf("round %d: %d profiles", round, n)
		}
		for _, got := range p.List() {
			want := numbered(0, got.Order)
			if got.Name != want.Name || got.LoginHint != want.LoginHint {
				t.Fatalf("round %d: %s is a mixture", round, got.ID)
			}
		}
		s, damaged := LoadSettings(dir)
		if damaged != nil || len(s.Page) != (s.CallbackTimeoutSeconds-1)%3000 {
			t.Fatalf("round %d: settings %+v, %+v", round, s, damaged)
		}
	}
}
