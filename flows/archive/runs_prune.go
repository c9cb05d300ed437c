package archive

import (
	"slices"
	"strings"
	"time"
)

// strangerAge is how long a file without a trailer is spared after its last
// event: another window may be waiting for its user to sign in.
const strangerAge = time.Hour

// prune removes the oldest runs until there is room for that many more within the
// limits, and reports whether it removed any. It spares the runs that are being
// written and the one named. A file that can not be deleted is passed over: it is
// tried again next time. It needs disk.
func (r *Runs) prune(room int, spare string) bool {
	r.mu.Lock()
	limits := r.limits
	count, size := len(r.entries)+room, int64(0)
	var candidates []string
	for name, e := range r.entries {
		size += e.meta.Bytes
		_, running := r.writing[name]
		stranger := !e.meta.Complete && time.Since(e.modified) < strangerAge
		if !running && !stranger && name != spare {
			candidates = append(candidates, name)
		}
	}
	slices.SortFunc(candidates, func(a, b string) int {
		if c := r.entries[a].meta.Started.Compare(r.entries[b].meta.Started); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	sizes := make([]int64, len(candidates))
	for i, name := range candidates {
		sizes[i] = r.entries[name].meta.Bytes
	}
	r.mu.Unlock()

	pruned := false
	for i, name := range candidates {
		if count <= limits.MaxRuns && size <= limits.MaxBytes {
			break
		}
		if r.drop(name) == nil {
			count, size, pruned = count-1, size-sizes[i], true
		}
	}
	return pruned
}
