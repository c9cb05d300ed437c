// Package ui is the window: its shell, its pages, and the wiring of both to the
// engine, the keychain and the files. It is the only place where goroutines and
// the window's thread meet.
package ui

import (
	"context"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/oauth"
	"signbench/keychain"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// Config is what the window needs of the program.
type Config struct {
	App      fyne.App
	Dispatch Dispatcher
	Engine   *flows.Engine
	Keychain *keychain.Keychain
	Stores   Stores
	Version  string
	Tenant   Tenant // that Engine knows as the demo tenant
}

// Bench is the window with everything behind it. Its fields belong to the window's
// thread.
type Bench struct {
	cfg      Config
	engine   *flows.Engine
	settings archive.Settings
	crossing *crossing
	stop     context.CancelFunc
	disk     *queue // writes to the configuration folder
	vault    *queue // calls to the keychain

	state     state.State
	profiles  []oauth.Profile
	selected  oauth.ProfileID
	page      pageID
	secrets   map[oauth.ProfileID]secret
	runs      map[oauth.ProfileID]*flows.Run
	notices   map[oauth.Field][]oauth.Notice // about what was pasted last
	saving    *time.Timer                    // the profile that was typed last, soon to be written
	unsaved   *oauth.Profile
	typing    *time.Timer              // the same for the secret
	viewed    *viewing                 // a run of another time, shown instead of the profile's own
	recalled  map[oauth.ProfileID]bool // the newest kept run has been asked for
	screen    *screen
	finding   latest // what is looked for in the trace
	disarming latest // the exchange that is opened
	benchesState
	administrators
	tenants    map[oauth.ProfileID]*tenantShown
	tries      map[oauth.RunID]tenantTry
	inspection inspection   // what was pasted on the Inspect page
	practice   practising   // on the Practice page
	sharing    int          // which preparation of a share was asked for last
	copied     oauth.Secret // what the clipboard is to be cleared of
	trouble    string       // what went wrong with the files, until it has been read

	headerHeight float32        // as it was laid out last
	keychainWas  keychain.State // as it was seen last
	keychainRead keychain.State // the status whose banner was dismissed
	now          func() time.Time

	watched fyne.CanvasObject // had the keyboard when a test looked last
	turn    int               // how often that was another

	window fyne.Window
	*shell
}

// New builds the window on what is stored. It does not show it.
func New(cfg Config) *Bench {
	ctx, stop := context.WithCancel(context.Background())
	b := &Bench{
		cfg: cfg, settings: cfg.Stores.Settings, stop: stop,
		crossing: &crossing{do: cfg.Dispatch, ctx: ctx},
		secrets:  map[oauth.ProfileID]secret{},
		runs:     map[oauth.ProfileID]*flows.Run{},
		notices:  map[oauth.Field][]oauth.Notice{},
		recalled: map[oauth.ProfileID]bool{},
		practice: newPractising(),
		tenants:  map[oauth.ProfileID]*tenantShown{},
		tries:    map[oauth.RunID]tenantTry{},

		administrators: administrators{admins: map[oauth.ProfileID]administrator{}},

		benchesState: benchesState{benches: map[benchKey]*benchDraft{}, benchKind: view.TenantTab},

		keychainWas: keychain.Unknown,
		now:         time.Now,
	}
	b.disk, b.vault = &queue{c: b.crossing}, &queue{c: b.crossing}
	b.finding, b.disarming = latest{c: b.crossing}, latest{c: b.crossing}
	b.applySettings()
	cfg.App.Settings().SetTheme(theme.New(theme.Variant(b.settings.Theme)))
	b.window = cfg.App.NewWindow(windowTitle)
	b.window.SetMaster()
	b.window.SetPadded(false) // the frame reaches the edges
	b.window.SetContent(opening())
	b.window.Resize(fyne.NewSize(b.settings.WindowWidth, b.settings.WindowHeight))
	b.window.SetCloseIntercept(b.close)
	b.crossing.background(func(context.Context) func() { // while the window is made, and shows its first picture
		widget.LoadFonts()
		text.Warm()
		return b.begin
	})
	b.crossing.start(b.tick)
	b.crossing.start(b.observe) // not from render: it waits, and sees what render does not, such as the focus
	return b
}

// begin makes what fills the window: frame, profiles, what the keychain has. The page is
// a piece of work of its own, so that neither holds the window's thread for long.
func (b *Bench) begin() {
	b.shell = newShell(b)
	b.furnish(b)
	b.bindShortcuts()
	b.window.SetOnDropped(b.dropped)
	b.loadProfiles()
	b.watchKeychain()
	b.showTrouble()
	b.crossing.start(func() { b.crossing.do(b.open) })
}

// open shows all of it, with the page that was open when the window was closed, unless
// a shortcut has opened one in the meantime.
func (b *Bench) open() {
	if !b.begun() {
		b.showPage(pageID(b.settings.Page))
	}
	b.window.SetContent(b.root)
	b.crossing.start(debug.FreeOSMemory) // the making of the pages leaves some megabytes behind
}

// begun reports whether the window has been filled.
func (b *Bench) begun() bool { return b.page != "" }

// Window is the window itself.
func (b *Bench) Window() fyne.Window { return b.window }

// tick keeps the countdowns going, once a second.
func (b *Bench) tick() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-b.crossing.ctx.Done():
			return
		case <-ticker.C:
			b.crossing.do(b.renderTimes)
		}
	}
}

// farewell is how long disk and keychain may take for what is still to be written when
// the window is closed: a tired machine's keychain takes seconds for a session.
const farewell = 5 * time.Second

// close writes what is still unwritten, ends the runs and lets the window go. It
// waits a moment for the writes and not for the network.
func (b *Bench) close() {
	b.flush()
	b.repair()
	size := b.window.Canvas().Size()
	b.settings.WindowWidth, b.settings.WindowHeight = size.Width, size.Height
	if b.begun() {
		b.settings.LastProfile, b.settings.Page = b.selected, string(b.page)
	}
	for _, run := range b.runs {
		run.Cancel()
	}
	b.saveSettings()
	b.window.Hide() // what is still to be written does not keep it on the screen
	b.crossing.finish(b.stop, farewell, b.disk, b.vault)
	b.window.Close()
}

func (b *Bench) saveSettings() {
	settings, save := b.settings, b.cfg.Stores.save
	b.disk.add(func(context.Context) func() {
		_ = save(settings) // a folder that can't be written is said once, by the profiles
		return nil
	})
}

// applySettings gives the engine the limits of the settings.
func (b *Bench) applySettings() {
	b.engine = b.cfg.Engine.WithLimits(b.limits())
	b.limitRuns()
}

func (b *Bench) limits() flows.Limits {
	return flows.Limits{
		Callback: time.Duration(b.settings.CallbackTimeoutSeconds) * time.Second,
		Skew:     new(time.Duration(b.settings.ClockToleranceSeconds) * time.Second),
	}
}
