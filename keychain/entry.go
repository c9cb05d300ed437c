package keychain

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	keyring "github.com/zalando/go-keyring"
)

// PartSize is the most that one entry holds, in bytes. Windows takes 2,560 bytes
// (CRED_MAX_CREDENTIAL_BLOB_SIZE); on macOS the base64 form and the names must fit
// a command line of 4,096 bytes for security(1), about 2,900 of ours.
const PartSize = 2000

// MaxValue is the most that Set keeps, in bytes: a session with large tokens is a
// tenth of it. Above it the keychains become slow.
const MaxValue = 256 << 10

func (k Key) user() string { return "profile/" + k.Profile + "/" + k.Kind }

func (b batch) user(key Key, n int) string {
	return fmt.Sprintf("%s/%s.%d", key.user(), b.Version, n)
}

// check refuses names that could run into another key's entries or a platform's limit.
func (k Key) check() error {
	for _, s := range []string{k.Profile, k.Kind} {
		if s == "" || len(s) > 64 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
			return ErrKey
		}
	}
	return nil
}

func (v vault) get(ctx context.Context, user string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	s, err := v.backend.Get(v.service, user)
	return s, classify("get", err)
}

func (v vault) set(ctx context.Context, user, value string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return classify("set", v.backend.Set(v.service, user, value))
}

// delete removes one entry; that it is not there is what was wanted.
func (v vault) delete(ctx context.Context, user string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := v.backend.Delete(v.service, user)
	if errors.Is(err, keyring.ErrNotFound) || errors.Is(err, ErrNotFound) {
		return nil
	}
	return classify("delete", err)
}

// split cuts text into parts of at most PartSize bytes, between characters:
// keychains that hold text would damage half a character.
func split(text string) []string {
	var parts []string
	for len(text) > PartSize {
		n := PartSize
		for !utf8.RuneStart(text[n]) {
			n--
		}
		parts = append(parts, text[:n])
		text = text[n:]
	}
	if text != "" {
		parts = append(parts, text)
	}
	return parts
}

// encode returns the value as text that every keychain keeps.
func encode(value string) (text, encoding string) {
	if utf8.ValidString(value) && !strings.ContainsRune(value, 0) {
		return value, ""
	}
	return base64.StdEncoding.EncodeToString([]byte(value)), "base64"
}

func decode(text, encoding string) (string, error) {
	switch encoding {
	case "":
		return text, nil
	case "base64":
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return "", ErrNotFound
		}
		return string(b), nil
	default:
		return "", ErrNotFound
	}
}

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

func newVersion() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails (Go 1.24)
	return hex.EncodeToString(b[:])
}
