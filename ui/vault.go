package ui

import (
	"context"
	"errors"
	"time"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/keychain"
	"signbench/ui/view"
)

// secret is a client secret as far as the window has it.
type secret struct {
	value oauth.Secret
	place view.SecretPlace
}

func secretKey(id oauth.ProfileID) keychain.Key {
	return keychain.Key{Profile: string(id), Kind: keychain.KindClientSecret}
}

func sessionKey(id oauth.ProfileID) keychain.Key {
	return keychain.Key{Profile: string(id), Kind: keychain.KindSession}
}

// watchKeychain looks at the keychain once, in the background, and follows what
// becomes of it.
func (b *Bench) watchKeychain() {
	b.cfg.Keychain.OnStatus(func(keychain.Status) { b.crossing.do(b.keychainChanged) })
	b.crossing.background(func(ctx context.Context) func() {
		b.cfg.Keychain.Probe(ctx)
		return b.keychainChanged
	})
}

// keeping is where a secret is, or would be if there were one: not in a keychain that
// is known to be of no use.
func (b *Bench) keeping(place view.SecretPlace) view.SecretPlace {
	if state := b.cfg.Keychain.Status().State; place == view.SecretNone && state != keychain.Available && state != keychain.Unknown {
		return view.SecretInMemory
	}
	return place
}

// keychainChanged shows the status, and reads what could not be read before.
func (b *Bench) keychainChanged() {
	was, now := b.keychainWas, b.cfg.Keychain.Status().State
	b.keychainWas = now
	if now == keychain.Available && was != keychain.Available && was != keychain.Unknown {
		for id, s := range b.secrets {
			if s.place == view.SecretInMemory {
				b.secrets[id] = secret{value: s.value, place: view.SecretInKeychain} // moved there by the keychain itself
			}
		}
		for id, a := range b.admins {
			if a.place == view.SecretInMemory {
				a.place = view.SecretInKeychain
				b.admins[id] = a
			}
		}
		for _, p := range b.profiles {
			if b.secrets[p.ID].value.Empty() {
				b.readSecret(p)
			}
			if b.admins[p.ID].place == view.SecretNone {
				b.readAdministrator(p)
			}
			b.readSession(p)
		}
	}
	b.render()
}

// readSecret fetches the profile's secret from the keychain, unless something has
// been typed in the meantime.
func (b *Bench) readSecret(p oauth.Profile) {
	b.secrets[p.ID] = secret{place: view.SecretLoading}
	b.vault.add(func(ctx context.Context) func() {
		value, where, err := b.cfg.Keychain.Get(ctx, secretKey(p.ID))
		return func() {
			if b.secrets[p.ID].place != view.SecretLoading {
				return
			}
			b.secrets[p.ID] = found(p, oauth.Secret(value), where, err)
			if p.ID == b.selected {
				b.loadSecret()
			}
			b.render()
		}
	})
}

// found says what was read. The demo app's secret is part of the program.
func found(p oauth.Profile, value oauth.Secret, where keychain.Where, err error) secret {
	switch {
	case err == nil && where == keychain.InMemory:
		return secret{value: value, place: view.SecretInMemory}
	case err == nil:
		return secret{value: value, place: view.SecretInKeychain}
	case p.Kind == oauth.KindDemo:
		return secret{value: demo.AppSecret, place: view.SecretDemo}
	default:
		return secret{place: view.SecretNone}
	}
}

// secretTyped keeps the secret in the keychain a moment after the last key.
func (b *Bench) secretTyped(text string) {
	id := b.selected
	b.secrets[id] = secret{value: oauth.Secret(text), place: view.SecretSaving}
	if b.typing != nil {
		b.typing.Stop()
	}
	b.typing = b.rested(b.flushSecret)
	b.render()
}

// rested keeps a secret when its typing has rested. A locked keychain asks for its
// password then, and takes the keyboard along: that waits until no field has it.
func (b *Bench) rested(keep func()) *time.Timer {
	var timer *time.Timer
	timer = b.crossing.after(pause, func() {
		if _, typing := b.window.Canvas().Focused().(interface{ SelectedText() string }); typing && b.keychainWas == keychain.Locked {
			timer.Reset(pause)
			return
		}
		keep()
	})
	return timer
}

// flushSecret writes the secret that was typed last.
func (b *Bench) flushSecret() {
	if b.typing == nil {
		return
	}
	b.typing.Stop()
	b.typing = nil
	for id, s := range b.secrets {
		if s.place == view.SecretSaving {
			b.writeSecret(id, s.value)
		}
	}
}

func (b *Bench) writeSecret(id oauth.ProfileID, value oauth.Secret) {
	b.vault.add(func(ctx context.Context) func() {
		place := b.store(ctx, secretKey(id), value)
		return func() {
			if s := b.secrets[id]; s.value == value && s.place == view.SecretSaving {
				b.secrets[id] = secret{value: value, place: place}
			}
			b.render()
		}
	})
}

// store keeps a secret in the keychain, or takes it out when it is empty, and says
// where it is then.
func (b *Bench) store(ctx context.Context, key keychain.Key, value oauth.Secret) view.SecretPlace {
	if value.Empty() {
		_ = b.cfg.Keychain.Delete(ctx, key)
		return view.SecretNone
	}
	if where, err := b.cfg.Keychain.Set(ctx, key, value.Reveal()); err == nil {
		return placeOf(where)
	}
	return view.SecretInMemory
}

// readSession restores the signed-in state of a profile that stays signed in.
func (b *Bench) readSession(p oauth.Profile) {
	if !p.KeepSignedIn {
		return
	}
	b.vault.add(func(ctx context.Context) func() {
		value, _, err := b.cfg.Keychain.Get(ctx, sessionKey(p.ID))
		if err != nil {
			return nil
		}
		session, err := oauth.RestoreSession(oauth.Secret(value))
		if err != nil || session.Profile != p.ID {
			return nil
		}
		decoded := flows.Decode(session.Tokens)
		return func() {
			b.state = b.state.Restore(session, decoded)
			b.render()
		}
	})
}

// keepSession stores or forgets the session of a profile, as it is now.
func (b *Bench) keepSession(id oauth.ProfileID) {
	session := b.state.Of(id).Session
	p, ok := b.profile(id)
	if session == nil || !ok || !p.KeepSignedIn || len(session.SetAside) > 0 { // not verified: for this window only
		b.vault.add(func(ctx context.Context) func() {
			_ = b.cfg.Keychain.Delete(ctx, sessionKey(id))
			return nil
		})
		return
	}
	value, err := session.Store()
	if err != nil {
		return // nothing of a session can fail to marshal
	}
	b.vault.add(func(ctx context.Context) func() {
		_, _ = b.cfg.Keychain.Set(ctx, sessionKey(id), value.Reveal()) // where it went shows as the keychain's status
		return b.render
	})
}

// unlock asks the user for the keychain's password, in the system's own window.
func (b *Bench) unlock() {
	b.crossing.background(func(ctx context.Context) func() {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
		defer cancel()
		b.cfg.Keychain.Unlock(ctx)
		return b.keychainChanged
	})
}

// probeKeychain looks again.
func (b *Bench) probeKeychain() {
	b.crossing.background(func(ctx context.Context) func() {
		b.cfg.Keychain.Probe(ctx)
		return b.keychainChanged
	})
}

// forgetSecrets takes everything of a profile out of the keychain.
func (b *Bench) forgetSecrets(id oauth.ProfileID) {
	b.vault.add(func(ctx context.Context) func() {
		err := errors.Join(
			b.cfg.Keychain.Delete(ctx, secretKey(id)), b.cfg.Keychain.Delete(ctx, sessionKey(id)), b.cfg.Keychain.Delete(ctx, adminKey(id)))
		_ = err // an entry that stays is unreachable: its profile's ID is never used again
		return nil
	})
}
