// Command start measures how long windows take from exec to their first painted
// frame, and what they hold while idle: start [-n N] BINARY=TITLE...
//
// The first program is what the others are compared with. They take turns, so that
// a busy moment of the machine meets all of them alike.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	patience = 60 * time.Second
	rest     = 800 * time.Millisecond // without a change, after which the window is whole
)

type subject struct {
	binary, title        string
	start, whole         []float64 // milliseconds
	pss, private, settle []float64 // KiB, KiB, milliseconds of processor time while idle
}

func main() {
	n := flag.Int("n", 7, "how often each program starts")
	idle := flag.Duration("idle", 3*time.Second, "how long a window stands before its memory is read")
	flag.Parse()
	if err := measureAll(flag.Args(), *n, *idle); err != nil {
		fmt.Fprintln(os.Stderr, "start:", err)
		os.Exit(1)
	}
}

func measureAll(args []string, n int, idle time.Duration) error {
	var subjects []*subject
	for _, arg := range args {
		name, title, ok := strings.Cut(arg, "=")
		if !ok {
			return fmt.Errorf("%s is not BINARY=TITLE", arg)
		}
		path, err := filepath.Abs(name)
		if err != nil {
			return err
		}
		subjects = append(subjects, &subject{binary: path, title: title})
	}
	if len(subjects) == 0 {
		return errors.New("nothing to measure")
	}
	for round := range n + 1 {
		for _, s := range subjects {
			// The first round fills the caches of fonts and shaders and is not counted.
			if err := s.measure(idle, round > 0); err != nil {
				return fmt.Errorf("%s: %w", s.title, err)
			}
		}
	}
	report(subjects)
	return nil
}

func (s *subject) measure(idle time.Duration, counts bool) (err error) {
	cmd := exec.Command(s.binary)
	cmd.Dir = os.TempDir()
	if home := os.Getenv("HOME"); home != "" {
		cmd.Dir = home
	}
	var began time.Time
	id, err := waitForWindow(func() error {
		began = time.Now()
		return cmd.Start()
	})
	if cmd.Process != nil {
		defer func() {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}()
	}
	if err != nil {
		return err
	}
	if err := waitForPaint(id, began); err != nil {
		return err
	}
	first := time.Since(began)
	whole, err := waitForRest(id, began)
	if err != nil {
		return err
	}

	before, err := processorTime(cmd.Process.Pid)
	if err != nil {
		return err
	}
	time.Sleep(idle)
	after, err := processorTime(cmd.Process.Pid)
	if err != nil {
		return err
	}
	pss, private, err := memory(cmd.Process.Pid)
	if err != nil {
		return err
	}
	if counts {
		s.start = append(s.start, milliseconds(first))
		s.whole = append(s.whole, milliseconds(whole))
		s.pss = append(s.pss, pss)
		s.private = append(s.private, private)
		s.settle = append(s.settle, after-before)
	}
	return nil
}

// waitForWindow returns the first window that the window manager takes charge of. It
// is told instead of asking again and again: on two processors that would hold up what
// is measured.
func waitForWindow(start func() error) (string, error) {
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	spy := exec.CommandContext(ctx, "xprop", "-spy", "-root", "_NET_CLIENT_LIST")
	news, err := spy.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := spy.Start(); err != nil {
		return "", err
	}
	defer func() { stop(); _ = spy.Wait() }()
	lines := bufio.NewScanner(news)
	lines.Scan() // what there is already
	if err := start(); err != nil {
		return "", err
	}
	for lines.Scan() {
		if _, id, found := strings.Cut(lines.Text(), "# "); found && id != "" {
			return id, nil
		}
	}
	return "", errors.New("no window")
}

// waitForPaint waits until the window shows more than the flat colour that it is
// mapped with.
func waitForPaint(id string, began time.Time) error {
	for time.Since(began) < patience {
		picture, err := exec.Command("xwd", "-silent", "-id", id).Output()
		if err == nil && painted(picture) {
			return nil
		}
	}
	return errors.New("nothing was painted")
}

// waitForRest waits until the picture stays as it is, and returns when that began.
func waitForRest(id string, began time.Time) (whole time.Duration, err error) {
	var last []byte
	for time.Since(began) < patience {
		picture, err := exec.Command("xwd", "-silent", "-id", id).Output()
		if err != nil {
			return 0, err
		}
		if now := time.Since(began); !bytes.Equal(picture, last) {
			last, whole = picture, now
		} else if now-whole > rest {
			return whole, nil
		}
	}
	return 0, errors.New("the picture does not come to rest")
}

// painted looks for text, whose smooth edges have many colours, in a picture of
// the X window dump format: a header that begins with its own length and says at
// byte 76 how many colours of 12 bytes follow.
func painted(picture []byte) bool {
	if len(picture) < 100 {
		return false
	}
	skip := uint64(binary.BigEndian.Uint32(picture)) + 12*uint64(binary.BigEndian.Uint32(picture[76:]))
	if skip > uint64(len(picture)) {
		return false
	}
	colours, last := map[uint32]bool{}, uint32(0)
	for pixels := picture[skip:]; len(pixels) >= 4; pixels = pixels[4:] {
		colour := binary.BigEndian.Uint32(pixels)
		if colour == last {
			continue // most are, and the look-up takes longer than the rest
		}
		last, colours[colour] = colour, true
		if len(colours) >= 8 {
			return true
		}
	}
	return false
}

// memory returns the proportional and the private memory of a process in KiB.
func memory(pid int) (pss, private float64, err error) {
	file, err := os.Open(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) != 3 {
			continue
		}
		value, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			continue
		}
		switch fields[0] {
		case "Pss:":
			pss = value
		case "Private_Clean:", "Private_Dirty:":
			private += value
		}
	}
	return pss, private, lines.Err()
}

// processorTime is what a process has used so far, in milliseconds.
func processorTime(pid int) (float64, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	// The second field is the name in brackets, and may hold spaces.
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("/proc/PID/stat is too short")
	}
	user, err := strconv.ParseFloat(fields[11], 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseFloat(fields[12], 64)
	if err != nil {
		return 0, err
	}
	return (user + system) * 10, nil // clock ticks of 10 ms on every Linux
}

func report(subjects []*subject) {
	fmt.Printf("medians of %d starts each, in turns\n", len(subjects[0].start))
	fmt.Printf("%-12s %14s %14s %14s %14s %16s\n", "", "first frame", "whole window", "idle PSS", "idle private", "CPU while idle")
	for _, s := range subjects {
		fmt.Printf("%-12s %11.0f ms %11.0f ms %10.1f MiB %10.1f MiB %13.0f ms\n", s.title,
			median(s.start), median(s.whole), median(s.pss)/1024, median(s.private)/1024, median(s.settle))
	}
	base := subjects[0]
	for _, s := range subjects[1:] {
		fmt.Printf("%s : %s   start %.2f (wanted: at most 1.25)   whole window %.2f   memory %.2f (wanted: at most 1.30)\n", s.title, base.title,
			median(s.start)/median(base.start), median(s.whole)/median(base.whole), median(s.pss)/median(base.pss))
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	if len(sorted) == 0 {
		return 0
	}
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
