package loopback

import (
	"encoding/csv"
	"net/netip"
	"strconv"
	"strings"
)

// parseNetstat reads netstat -ano of Windows and returns the process that listens
// on the port. The word for the state is translated by Windows, so a listening
// socket is known by its empty remote address.
func parseNetstat(output string, port int) (pid int) {
	for line := range strings.Lines(output) {
		fields := strings.Fields(line)
		if len(fields) < 5 || fields[0] != "TCP" {
			continue
		}
		local, err := netip.ParseAddrPort(fields[1])
		if err != nil || int(local.Port()) != port || !inTheWay(local.Addr()) {
			continue
		}
		remote, err := netip.ParseAddrPort(fields[2])
		if err != nil || remote.Port() != 0 {
			continue
		}
		if pid, err = strconv.Atoi(fields[len(fields)-1]); err == nil {
			return pid
		}
	}
	return 0
}

// parseTasklist reads tasklist /FO CSV /NH and returns the name of the process.
// When there is none, tasklist prints a sentence instead of a record.
func parseTasklist(output string, pid int) string {
	reader := csv.NewReader(strings.NewReader(strings.TrimSpace(output)))
	reader.FieldsPerRecord = -1
	records, err := reader.ReadAll()
	if err != nil {
		return ""
	}
	for _, record := range records {
		if len(record) >= 2 && record[1] == strconv.Itoa(pid) {
			return record[0]
		}
	}
	return ""
}
