package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const (
	defaultPageSize = 20
	maxPageSize     = 100
)

// listLogs is the audit log, the latest first, in pages.
func (t *Tenant) listLogs(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	page, size, ok := pagination(q)
	if !ok {
		apiFailure(http.StatusBadRequest, "guard.invalid_pagination").send(w)
		return
	}
	f := logFilter{key: q.Get("logKey"), app: q.Get("applicationId"), user: q.Get("userId")}
	for name, into := range map[string]*int64{"start_time": &f.start, "end_time": &f.end} {
		if q.Get(name) == "" {
			continue
		}
		at, err := strconv.ParseInt(q.Get(name), 10, 64)
		if err != nil {
			invalidInput(name).send(w)
			return
		}
		*into = at
	}
	all := t.audit.find(f.takes)
	w.Header().Set("Total-Number", strconv.Itoa(len(all)))
	w.Header().Set("Link", pageLinks(t.endpoint(r)+r.URL.Path, q, page, (len(all)+size-1)/size))
	from := min((page-1)*size, len(all))
	writeJSON(w, http.StatusOK, all[from:min(from+size, len(all))])
}

func pagination(q url.Values) (page, size int, ok bool) {
	page, size = 1, defaultPageSize
	for name, into := range map[string]*int{"page": &page, "page_size": &size} {
		if q.Get(name) == "" {
			continue
		}
		n, err := strconv.Atoi(q.Get(name))
		if err != nil || n < 1 || n > 1e6 {
			return 0, 0, false
		}
		*into = n
	}
	return page, size, size <= maxPageSize
}

// pageLinks is the Link header (RFC 8288).
func pageLinks(address string, q url.Values, page, last int) string {
	var links []string
	for _, l := range []struct {
		rel string
		to  int
		is  bool
	}{
		{"first", 1, true},
		{"prev", page - 1, page > 1},
		{"next", page + 1, page < last},
		{"last", max(last, 1), true},
	} {
		if !l.is {
			continue
		}
		query := url.Values{}
		for name, values := range q {
			query[name] = values
		}
		query.Set("page", strconv.Itoa(l.to))
		links = append(links, fmt.Sprintf("<%s?%s>; rel=%q", address, query.Encode(), l.rel))
	}
	return strings.Join(links, ", ")
}

func (t *Tenant) oneLog(w http.ResponseWriter, r *http.Request) {
	found := t.audit.find(func(e logEntry) bool { return e.ID == r.PathValue("id") })
	if len(found) == 0 {
		apiFailure(http.StatusNotFound, "entity.not_found").send(w)
		return
	}
	writeJSON(w, http.StatusOK, found[0])
}
