package trace

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// What stands where a value was. A word names the value's length, and the
// beginning of its hash, so that the same value can be seen to be the same in two
// places and in two runs. A short value, or one that a person has chosen, could be
// found again by trying all that have this hash: it has none.
const (
	wordStart = "[removed "
	wordEnd   = "]"
	// Hashed values are at least this long.
	hashable = 16
	// signatureWord and cipherWord stand for a segment of a token, in characters
	// of base64url, so that the rest still decodes.
	signatureWord = "SIGNATURE-REMOVED-"
	cipherWord    = "ENCRYPTED-REMOVED-"
)

func shortHash(value string) string {
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:4])
}

// word returns what stands for a value: "[removed 43 characters 1a2b3c4d]".
func word(value string, kind Kind) string {
	if len(value) < hashable || kind == KindPassword {
		return fmt.Sprintf("[removed %d characters]", len(value))
	}
	return fmt.Sprintf("[removed %d characters %s]", len(value), shortHash(value))
}

// segmentWord returns what stands for a token's segment. Its length modulo 4 is
// never 1, which no base64url has.
func segmentWord(prefix, segment string) string {
	w := prefix + strconv.Itoa(len(segment)) + "-" + shortHash(segment)
	if len(w)%4 == 1 {
		w += "-"
	}
	return w
}

// wordAt returns the end of the word that begins at i, or 0. Any spelling of the
// space counts, so that a word in a query or form is still seen to be one.
func wordAt(s string, i int) int {
	rest := s[i:]
	switch {
	case strings.HasPrefix(rest, "["):
		return removedAt(s, i+1)
	case strings.HasPrefix(rest, signatureWord):
		return segmentWordAt(s, i+len(signatureWord))
	case strings.HasPrefix(rest, cipherWord):
		return segmentWordAt(s, i+len(cipherWord))
	}
	return 0
}

// removedAt reads "removed 43 characters 1a2b3c4d]" at i.
func removedAt(s string, i int) int {
	take := func(text string) bool {
		if strings.HasPrefix(s[i:], text) {
			i += len(text)
			return true
		}
		return false
	}
	if !take("removed") || !take(" ") && !take("+") {
		return 0
	}
	n := run(s[i:], digits)
	if i += n; n == 0 || n > 19 || !take(" ") && !take("+") || !take("characters") && !take("bytes") {
		return 0
	}
	if take(wordEnd) {
		return i
	}
	if !take(" ") && !take("+") || run(s[i:], hexDigits) != 8 {
		return 0
	}
	if i += 8; !take(wordEnd) {
		return 0
	}
	return i
}

// segmentWordAt reads "96-1a2b3c4d" at i.
func segmentWordAt(s string, i int) int {
	n := run(s[i:], digits)
	if n == 0 || n > 19 || i+n >= len(s) || s[i+n] != '-' {
		return 0
	}
	i += n + 1
	if len(s) < i+8 || run(s[i:i+8], hexDigits) != 8 {
		return 0
	}
	if i += 8; i < len(s) && s[i] == '-' {
		i++
	}
	return i
}

// isWord reports whether s is a word and nothing else.
func isWord(s string) bool { return s != "" && wordAt(s, 0) == len(s) }

// words finds all words in s.
func words(s string) []span {
	if !strings.Contains(s, "emoved") && !strings.Contains(s, "REMOVED") {
		return nil
	}
	var out []span
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != '[' && c != 'S' && c != 'E' {
			continue
		}
		if end := wordAt(s, i); end > 0 {
			out = append(out, span{from: i, to: end})
			i = end - 1
		}
	}
	return out
}

const (
	digits    = "0123456789"
	hexDigits = "0123456789abcdef"
)

// run returns how many bytes at the start of s are in set.
func run(s, set string) int {
	for i := range len(s) {
		if strings.IndexByte(set, s[i]) < 0 {
			return i
		}
	}
	return len(s)
}
