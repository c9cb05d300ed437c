package loopback

import (
	"slices"
	"testing"
)

// As a Linux machine printed them: a listener on 127.0.0.1:3000, one on
// 0.0.0.0:3000, one on 192.168.1.20:3000, a connection from port 3000, another port.
const procTCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41001 1 0000000000000000 100 0 0 10 0
   1: 00000000:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 41002 1 0000000000000000 100 0 0 10 0
   2: 1401A8C0:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 41003 1 0000000000000000 100 0 0 10 0
   3: 0100007F:0BB8 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 41004 1 0000000000000000 20 4 30 10 -1
   4: 0100007F:0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41005 1 0000000000000000 100 0 0 10 0
   5: garbage
   6: 0100007F 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41006 1
   7: XX00007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41007 1
`

// [::1]:3000, [::]:3000, [2001:db8::1]:3000 and ::ffff:127.0.0.1, port 3000.
const procTCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 42001 1 0000000000000000 100 0 0 10 0
   1: 00000000000000000000000000000000:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 42002 1 0000000000000000 100 0 0 10 0
   2: B80D0120000000000000000001000000:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 42003 1 0000000000000000 100 0 0 10 0
   3: 0000000000000000FFFF00000100007F:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 42004 1 0000000000000000 100 0 0 10 0
`

func TestParseProcNet(t *testing.T) {
	for table, want := range map[string][]string{
		procTCP:  {"41001", "41002"},
		procTCP6: {"42001", "42002", "42004"},
		"":       nil,
	} {
		if got := parseProcNet(table, 3000); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestParseLsof(t *testing.T) {
	for output, want := range map[string]Process{
		"p51234\ncnode\nf23\n":                       {51234, "node"},
		"p51234\ncControlCenter\nf10\nf11\np9\ncx\n": {51234, "ControlCenter"},
		"p51234\nf23\n":                              {51234, ""},
	} {
		if got := parseLsof(output); got == nil || *got != want {
			t.Errorf("%q: got %v", output, got)
		}
	}
	for _, output := range []string{"", "\n", "cnode\n", "pnot-a-number\ncnode\n"} {
		if got := parseLsof(output); got != nil {
			t.Errorf("%q: got %v", output, got)
		}
	}
}

const netstatEnglish = "\r\nActive Connections\r\n\r\n" +
	"  Proto  Local Address          Foreign Address        State           PID\r\n" +
	"  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1012\r\n" +
	"  TCP    192.168.1.20:3000      0.0.0.0:0              LISTENING       77\r\n" +
	"  TCP    127.0.0.1:3000         127.0.0.1:51500        ESTABLISHED     88\r\n" +
	"  TCP    127.0.0.1:3000         0.0.0.0:0              LISTENING       7384\r\n" +
	"  UDP    0.0.0.0:3000           *:*                                    99\r\n"

const netstatGerman = "\r\nAktive Verbindungen\r\n\r\n" +
	"  Proto  Lokale Adresse         Remoteadresse          Status           PID\r\n" +
	"  TCP    [::1]:3000             [::]:0                 ABH\x99REN         7385\r\n"

func TestParseNetstat(t *testing.T) {
	for output, want := range map[string]int{netstatEnglish: 7384, netstatGerman: 7385, "": 0} {
		if got := parseNetstat(output, 3000); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
	if got := parseNetstat(netstatEnglish, 3001); got != 0 {
		t.Errorf("a free port is held by %d", got)
	}
}

func TestParseTasklist(t *testing.T) {
	for output, want := range map[string]string{
		"\r\n\"node.exe\",\"7384\",\"Console\",\"1\",\"45,120 K\"\r\n":       "node.exe",
		"\"a, b.exe\",\"7384\",\"Console\",\"1\",\"1 K\"\r\n":                "a, b.exe",
		"\"other.exe\",\"1\",\"Console\",\"1\",\"1 K\"\r\n":                  "",
		"INFO: No tasks are running which match the specified criteria.\r\n": "",
		"\"broken": "",
		"":         "",
	} {
		if got := parseTasklist(output, 7384); got != want {
			t.Errorf("%q: got %q", output, got)
		}
	}
}
