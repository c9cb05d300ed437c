package archive

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Reason says what is wrong with a file. It is part of a translation's key.
type Reason string

// The reasons.
const (
	ReasonNotJSON    Reason = "not_json"   // cut off, empty, or written by something else
	ReasonInvalid    Reason = "invalid"    // JSON, and not what belongs in that file
	ReasonTooBig     Reason = "too_big"    //
	ReasonNewer      Reason = "newer"      // written by a newer Signbench; left untouched
	ReasonUnreadable Reason = "unreadable" // the system would not read it; left untouched
)

// Damaged is a file that was set aside.
type Damaged struct {
	File    string // where it was
	MovedTo string // where it is now; empty when it was left in place
	Reason  Reason
	Err     error
}

// ErrNewer is a file that a newer Signbench wrote: it is not replaced.
var ErrNewer = errors.New("the file was written by a newer version of Signbench")

// setAside moves a file that can not be understood to the folder damaged beside
// it, under a name that says when. What may be perfectly good, because it is newer
// or could not be read, stays where it is.
func setAside(path string, cause error, now time.Time) Damaged {
	d := Damaged{File: path, Reason: reason(cause), Err: cause}
	if d.Reason == ReasonNewer || d.Reason == ReasonUnreadable {
		return d
	}
	dir := filepath.Join(filepath.Dir(path), "damaged")
	stem := strings.TrimSuffix(filepath.Base(path), ".json") + "." + now.UTC().Format("20060102T150405.000000000Z")
	to := filepath.Join(dir, stem+".json")
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = rename(path, to)
	}
	if err != nil {
		d.Err = errors.Join(cause, err)
		return d
	}
	d.MovedTo = to
	return d
}

func reason(err error) Reason {
	var path *fs.PathError
	switch {
	case errors.Is(err, ErrNewer):
		return ReasonNewer
	case errors.Is(err, errTooBig):
		return ReasonTooBig
	case errors.Is(err, errInvalid):
		return ReasonInvalid
	case errors.As(err, &path):
		return ReasonUnreadable
	default:
		return ReasonNotJSON
	}
}
