package flows_test

import (
	"errors"
	"reflect"
	"sync"
	"testing"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// kept follows the run into the folder, as the window does, and returns its file's
// closing once the run has ended.
func kept(t *testing.T, runs *archive.Runs, run *flows.Run) func() archive.RunMeta {
	t.Helper()
	d := trace.NewDisarmer()
	w, err := runs.Begin(flows.Summary(d, run.Log().Events()))
	if err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	done.Go(func() {
		if err := flows.Keep(run, d, w); err != nil {
			t.Error(err)
		}
		if err := w.Close(flows.Summary(d, run.Log().Events())); err != nil {
			t.Error(err)
		}
	})
	return func() archive.RunMeta {
		done.Wait()
		meta, ok := runs.Meta(run.ID())
		if !ok {
			t.Fatal("the run is not in the list")
		}
		return meta
	}
}

func openRuns(t testing.TB, dir string) *archive.Runs {
	t.Helper()
	runs, damaged, err := archive.OpenRuns(dir, archive.RunLimits{})
	if err != nil || len(damaged) > 0 {
		t.Fatal(damaged, err)
	}
	return runs
}

// events reads a kept run back.
func events(t testing.TB, runs *archive.Runs, id oauth.RunID) []flows.Event {
	t.Helper()
	lines, err := runs.Read(id)
	if err != nil {
		t.Fatal(err)
	}
	var out []flows.Event
	for line, err := range lines {
		if err != nil {
			t.Fatal(err)
		}
		e, err := flows.DecodeEvent(line)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// A kept run has every event of the run, in order, and reads as it was seen.
func TestKeep(t *testing.T) {
	s := newStage(t)
	runs := openRuns(t, t.TempDir())
	run := s.engine.SignIn(t.Context(), s.request())
	closed := kept(t, runs, run)
	outcome(t, run)
	meta := closed()

	want, got := run.Log().Events(), events(t, runs, run.ID())
	if len(got) != len(want) {
		t.Fatalf("%d of %d events", len(got), len(want))
	}
	for i := range want {
		if got[i].Seq != i || got[i].Run != run.ID() || got[i].Profile != s.profile.ID ||
			!got[i].At.Equal(want[i].At) || reflect.TypeOf(got[i].Body) != reflect.TypeOf(want[i].Body) {
			t.Errorf("event %d: %+v", i, got[i])
		}
		// What is exported from a kept run is disarmed again, and loses nothing by it.
		if again := flows.DisarmEvent(trace.NewDisarmer(), got[i]).Event(); !reflect.DeepEqual(again, got[i]) {
			t.Errorf("event %d, disarmed again: %+v", i, again)
		}
	}
	var a, b flows.SignedIn
	for i, e := range got {
		if in, ok := e.Body.(flows.SignedIn); ok {
			a, b = in, want[i].Body.(flows.SignedIn)
		}
	}
	for _, claim := range []string{"sub", "name", "iss", "aud", "email"} {
		x, _ := a.Decoded.ID.Claims.Get(claim)
		y, _ := b.Decoded.ID.Claims.Get(claim)
		if string(x) != string(y) || len(x) == 0 {
			t.Errorf("claim %s: %s became %s", claim, y, x)
		}
	}
	if a.Session.Tokens.AccessToken == b.Session.Tokens.AccessToken {
		t.Error("the access token was kept")
	}
	if meta.Outcome != string(outcome(t, run).Outcome) || !meta.Complete || meta.Took <= 0 || meta.Profile != s.profile.ID ||
		meta.ProfileName != s.profile.Name || meta.Kind != oauth.KindDemo || meta.Scenario != oauth.ScenarioSignIn {
		t.Errorf("%+v", meta)
	}
}

func TestKeepNamesFaults(t *testing.T) {
	s := newStage(t)
	s.secret = "CANARY-wrong-secret"
	runs := openRuns(t, t.TempDir())
	run := s.engine.SignIn(t.Context(), s.request())
	closed := kept(t, runs, run)
	outcome(t, run)
	if meta := closed(); meta.Outcome != string(flows.Failed) || meta.Step != oauth.StepToken ||
		!reflect.DeepEqual(meta.FaultCodes, []string{"token.invalid_client"}) {
		t.Errorf("%+v", meta)
	}
}

// A check has no fault: its failing rows stand for what is wrong, in the order of the
// list and not of the answers.
func TestKeepNamesFailingRows(t *testing.T) {
	s := newStage(t)
	s.tenant.SetFaults("redirect-uri-unregistered", "endpoint-without-port")
	runs := openRuns(t, t.TempDir())
	run := s.engine.CheckSetup(t.Context(), s.request())
	closed := kept(t, runs, run)
	outcome(t, run)
	want := []string{archive.RowCode + "discovery.issuer", archive.RowCode + "redirect_uri.registered"}
	if meta := closed(); meta.Outcome != string(flows.Failed) || !reflect.DeepEqual(meta.FaultCodes, want) {
		t.Errorf("%+v", meta)
	}
}

// full is a disk on which one batch finds room.
type full struct{ batches int }

var errFull = errors.New("no space left on device")

func (f *full) Append(...[]byte) error {
	if f.batches++; f.batches > 1 {
		return errFull
	}
	return nil
}

// A disk that fills up is told once, and the run does not notice.
func TestKeepOnAFullDisk(t *testing.T) {
	s := newStage(t)
	run := s.engine.SignIn(t.Context(), s.request())
	disk := &full{}
	if err := flows.Keep(run, trace.NewDisarmer(), disk); !errors.Is(err, errFull) {
		t.Errorf("Keep: %v", err)
	}
	if ended := outcome(t, run); len(codes(ended, fault.Error)) != 0 {
		t.Errorf("the run ended %s: %v", ended.Outcome, ended.Faults)
	}
	if disk.batches != 2 {
		t.Errorf("asked %d times", disk.batches)
	}
}

// Many readers and writers at once.
func TestKeepWhileOthersLook(t *testing.T) {
	runs := openRuns(t, t.TempDir())
	s := newStage(t, demo.Fault("discovery-404"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			run := s.engine.SignIn(t.Context(), s.request())
			closed := kept(t, runs, run)
			for range 20 {
				runs.List()
				run.Secrets()
			}
			<-run.Log().Complete()
			closed()
		})
	}
	all.Wait()
	for _, meta := range runs.List() {
		if !meta.Complete || len(events(t, runs, meta.ID)) == 0 {
			t.Errorf("%+v", meta)
		}
	}
}
