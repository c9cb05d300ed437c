package keychain

import (
	"errors"
	"fmt"
	"testing"

	keyring "github.com/zalando/go-keyring"
)

func TestClassify(t *testing.T) {
	for _, c := range []struct{ err, kind error }{
		{keyring.ErrNotFound, ErrNotFound},
		{fmt.Errorf("wrapped: %w", keyring.ErrNotFound), ErrNotFound},
		{keyring.ErrSetDataTooBig, ErrTooBig},
		{keyring.ErrUnsupportedPlatform, ErrAbsent},
		{errors.New("anything"), ErrDenied},
		{&Error{Op: "x", Kind: ErrLocked}, ErrLocked},
	} {
		if err := classify("get", c.err); !errors.Is(err, c.kind) {
			t.Errorf("%v is %v", c.err, err)
		}
	}
	if classify("get", nil) != nil {
		t.Error("no error is an error")
	}
}
