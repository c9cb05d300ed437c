package flows

import (
	"time"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
)

// The bodies as they stand on disk. Profiles, checks and faults have JSON forms of
// their own, which other files share.
type (
	startedWire struct {
		Scenario oauth.Scenario    `json:"scenario"`
		Profile  oauth.Profile     `json:"profile"`
		Allowed  []oauth.Allowance `json:"allowed,omitempty"`
		Beside   bool              `json:"beside,omitempty"`
	}
	stepStartedWire struct {
		Step oauth.Step `json:"step"`
	}
	stepEndedWire struct {
		Step    oauth.Step    `json:"step"`
		Outcome Outcome       `json:"outcome"`
		Took    time.Duration `json:"took"` // nanoseconds, as all durations
	}
	waitingWire struct {
		Step      oauth.Step `json:"step"`
		URL       string     `json:"url"`
		ReturnURI string     `json:"return_uri,omitempty"`
		Listening []string   `json:"listening,omitempty"`
		Deadline  time.Time  `json:"deadline"`
	}
	browserFailedWire struct {
		Step oauth.Step `json:"step"`
		Err  *errorWire `json:"error,omitempty"`
	}
	probedWire struct {
		Row probe.Row `json:"row"`
	}
	overdueWire struct {
		Step oauth.Step `json:"step"`
	}
	callbackSeenWire struct {
		Step     oauth.Step `json:"step"`
		Accepted bool       `json:"accepted"`
		Kind     string     `json:"kind"`
		Via      string     `json:"via"`
		Host     string     `json:"host,omitempty"`
		Path     string     `json:"path,omitempty"`
	}
	checkedWire struct {
		Subject string       `json:"subject"`
		Report  check.Report `json:"report"`
	}
	signedOutWire struct{}
	returnedWire  struct {
		State StateMatch `json:"state"`
	}
	endedWire struct {
		Outcome Outcome       `json:"outcome"`
		Step    oauth.Step    `json:"step,omitempty"`
		Faults  []fault.Fault `json:"faults,omitempty"`
	}
)

// The URL has been disarmed: an event is encoded no other way.
func packWaiting(b Waiting) waitingWire {
	return waitingWire{Step: b.Step, URL: b.URL.Reveal(), ReturnURI: b.ReturnURI, Listening: b.Listening, Deadline: moment(b.Deadline)}
}

func unpackWaiting(w waitingWire) Waiting {
	return Waiting{Step: w.Step, URL: oauth.Secret(w.URL), ReturnURI: w.ReturnURI, Listening: w.Listening, Deadline: w.Deadline}
}

func packBrowserFailed(b BrowserFailed) browserFailedWire {
	return browserFailedWire{Step: b.Step, Err: packError(b.Err)}
}

func unpackBrowserFailed(w browserFailedWire) BrowserFailed {
	err := w.Err.unpack()
	if err == nil { // its text is shown, whatever it is
		err = &trace.Failure{Class: trace.ClassOther}
	}
	return BrowserFailed{Step: w.Step, Err: err}
}
