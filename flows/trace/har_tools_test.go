package trace

import (
	"encoding/json"
	"testing"
)

// The tools of Chromium and Firefox make more of an entry than the specification
// says: they guess a type where none is, take an unknown size of headers for -1
// bytes, and show that of a body so.
func TestHARSuitsTheToolsOfBrowsers(t *testing.T) {
	exchanges := recorded()
	var har struct {
		Log struct {
			Entries []struct {
				Type     string `json:"_resourceType"`
				Response struct {
					BodySize     int64
					TransferSize int64 `json:"_transferSize"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(harText3(t, exchanges)), &har); err != nil || len(har.Log.Entries) != len(exchanges) {
		t.Fatalf("%v, %d entries", err, len(har.Log.Entries))
	}
	for i, e := range har.Log.Entries {
		want, size := "fetch", int64(0)
		if exchanges[i].Channel == FrontChannel {
			want = "document"
		}
		if exchanges[i].Response != nil {
			size = exchanges[i].Response.Body.Size
		}
		if e.Type != want || e.Response.BodySize != size || e.Response.TransferSize != size {
			t.Errorf("entry %d: %+v, want %s of %d bytes", i, e, want, size)
		}
	}
}
