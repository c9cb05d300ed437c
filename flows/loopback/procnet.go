package loopback

import (
	"encoding/hex"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// parseProcNet reads /proc/net/tcp or tcp6 and returns the inodes of the sockets
// that listen on the port where they are in the way of a loopback address.
func parseProcNet(table string, port int) (inodes []string) {
	const listen = "0A" // TCP_LISTEN of the kernel's tcp_states.h
	for line := range strings.Lines(table) {
		// sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
		fields := strings.Fields(line)
		if len(fields) < 10 || fields[3] != listen {
			continue
		}
		address, hexPort, found := strings.Cut(fields[1], ":")
		if !found {
			continue
		}
		p, err := strconv.ParseUint(hexPort, 16, 16)
		if err == nil && int(p) == port && inTheWay(parseProcAddr(address)) {
			inodes = append(inodes, fields[9])
		}
	}
	return inodes
}

// parseProcAddr reads an address as the kernel prints it: words of 32 bits, each
// with its bytes in the order of a little-endian machine.
func parseProcAddr(text string) netip.Addr {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw)%4 != 0 {
		return netip.Addr{}
	}
	for word := range slices.Chunk(raw, 4) {
		slices.Reverse(word)
	}
	addr, _ := netip.AddrFromSlice(raw)
	return addr
}

// inTheWay reports whether a socket at the address keeps others from loopback.
func inTheWay(addr netip.Addr) bool {
	addr = addr.Unmap()
	return addr.IsValid() && (addr.IsLoopback() || addr.IsUnspecified())
}
