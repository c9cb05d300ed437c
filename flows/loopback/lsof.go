package loopback

import (
	"strconv"
	"strings"
)

// parseLsof reads the field output of lsof -Fpc: a line for each field, which
// begins with the field's letter. The first process with a name is taken.
func parseLsof(output string) *Process {
	var found Process
	for line := range strings.Lines(output) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			continue
		}
		switch value := line[1:]; line[0] {
		case 'p':
			pid, err := strconv.Atoi(value)
			if err != nil {
				return nil
			}
			found = Process{PID: pid}
		case 'c':
			if found.PID != 0 {
				found.Name = value
				return &found
			}
		}
	}
	if found.PID == 0 {
		return nil
	}
	return &found
}
