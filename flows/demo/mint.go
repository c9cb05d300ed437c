package demo

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// tokenKind tells an access token from a refresh token.
type tokenKind uint8

const (
	kindAccess  tokenKind = 1
	kindRefresh tokenKind = 2
)

// grantID and serial name a grant and one token of it.
type (
	grantID uint32
	serial  uint32 // 24 bits
)

// ticket is all that an opaque token says. It travels inside the token, so that a
// token is still good when the process that issued it has ended; only what has
// happened to it since (revoked, rotated) is remembered in memory.
type ticket struct {
	kind      tokenKind
	app       uint8
	user      uint8
	scopes    scopes
	resources resources
	issued    time.Time // whole seconds
	grant     grantID
	serial    serial // makes two tokens of one second different
}

const (
	payloadSize = 16
	macSize     = 16
)

// mint makes and reads opaque tokens: 16 bytes of ticket and 16 bytes of HMAC,
// 43 characters of base64url like those of Logto.
type mint struct{ key []byte }

func newMint() mint { return mint{key: derive("opaque tokens", 0, 32)} }

func (m mint) seal(t ticket) string {
	p := make([]byte, payloadSize, payloadSize+macSize)
	p[0] = byte(t.kind)<<4 | t.app&0x0f
	p[1] = t.user
	binary.BigEndian.PutUint16(p[2:], uint16(t.scopes))
	p[4] = byte(t.resources)
	binary.BigEndian.PutUint32(p[5:], uint32(t.issued.Unix())) // #nosec G115 -- good until 2106
	binary.BigEndian.PutUint32(p[9:], uint32(t.grant))
	p[13], p[14], p[15] = byte(t.serial>>16), byte(t.serial>>8), byte(t.serial) // #nosec G115 -- 24 bits
	return base64.RawURLEncoding.EncodeToString(append(p, m.mac(p)...))
}

// open reads a token that a mint with the same key made.
func (m mint) open(token string) (ticket, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) != payloadSize+macSize {
		return ticket{}, false
	}
	p := b[:payloadSize]
	if !hmac.Equal(b[payloadSize:], m.mac(p)) {
		return ticket{}, false
	}
	return ticket{
		kind:      tokenKind(p[0] >> 4),
		app:       p[0] & 0x0f,
		user:      p[1],
		scopes:    scopes(binary.BigEndian.Uint16(p[2:])),
		resources: resources(p[4]),
		issued:    time.Unix(int64(binary.BigEndian.Uint32(p[5:])), 0),
		grant:     grantID(binary.BigEndian.Uint32(p[9:])),
		serial:    serial(p[13])<<16 | serial(p[14])<<8 | serial(p[15]),
	}, true
}

func (m mint) mac(payload []byte) []byte {
	mac := hmac.New(sha256.New, m.key)
	mac.Write(payload)
	return mac.Sum(nil)[:macSize]
}

func newGrantID() grantID { return grantID(random32()) }
func newSerial() serial   { return serial(random32() >> 8) }

func random32() uint32 {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return binary.BigEndian.Uint32(b[:])
}

// newHandle is a random value for what lives in memory only: codes, cookies,
// interactions. 43 characters, as long as Logto's.
func newHandle() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return encode(b[:])
}
