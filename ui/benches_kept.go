package ui

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"signbench/flows/archive"
	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/keychain"
	"signbench/ui/text"
	"signbench/ui/view"
)

func benchSecretKey(k benchKey) keychain.Key {
	return keychain.Key{Profile: string(k.profile), Kind: keychain.KindBench + "_" + k.kind.Bench()}
}

// readBench reads what was set up on a bench: the configuration from the disk, its
// secrets from the keychain. There may be nothing.
func readBench(ctx context.Context, vault *keychain.Keychain, dir string, k benchKey) (*connector.Setup, view.SecretPlace, *archive.Damaged, error) {
	benches, damaged := archive.LoadBenches(dir, k.profile)
	kept, ok := benches[string(k.kind)]
	if !ok {
		return nil, view.SecretNone, damaged, nil
	}
	config, err := connector.Parse(k.kind, kept.Config)
	if err != nil {
		return nil, view.SecretNone, damaged, err
	}
	place := view.SecretNone
	if value, where, err := vault.Get(ctx, benchSecretKey(k)); err == nil {
		var secrets map[string]oauth.Secret
		if secrets, err = unpackSecrets(value); err == nil {
			config, place = config.WithSecrets(secrets), placeOf(where)
		}
	}
	return &connector.Setup{
		Kind: k.kind, Config: config, ConnectorID: kept.ConnectorID, RedirectURI: kept.RedirectURI,
		Domains: kept.Domains, Addresses: kept.Addresses,
	}, place, damaged, nil
}

func placeOf(where keychain.Where) view.SecretPlace {
	if where == keychain.InMemory {
		return view.SecretInMemory
	}
	return view.SecretInKeychain
}

// saveBench keeps a bench a moment after the last key.
func (b *Bench) saveBench(k benchKey) {
	d := b.draft(k)
	_, secrets := d.setup.Config.WithoutSecrets()
	d.place = view.SecretSaving
	if len(secrets) == 0 {
		d.place = view.SecretNone
	}
	if b.benchUnsaved != nil && *b.benchUnsaved != k {
		b.flushBench() // another bench's, which would be forgotten
	}
	if b.benchTimer != nil {
		b.benchTimer.Stop()
	}
	b.benchUnsaved = &k
	b.benchTimer = b.rested(b.flushBench)
}

// flushBench writes the bench that was typed into last: its configuration without
// secrets to the disk, the secrets to the keychain.
func (b *Bench) flushBench() {
	if b.benchUnsaved == nil {
		return
	}
	b.benchTimer.Stop()
	k := *b.benchUnsaved
	b.benchUnsaved = nil
	d := b.benches[k]
	bare, secrets := d.setup.Config.WithoutSecrets()
	kept := archive.Bench{
		Config: json.RawMessage(bare.JSON().Reveal()), ConnectorID: d.setup.ConnectorID, RedirectURI: d.setup.RedirectURI,
		Domains: slices.Clone(d.setup.Domains), Addresses: maps.Clone(d.setup.Addresses),
	}
	dir := b.cfg.Stores.Dir
	b.disk.add(func(context.Context) func() {
		benches, _ := archive.LoadBenches(dir, k.profile)
		benches[string(k.kind)] = kept
		if err := archive.SaveBenches(dir, k.profile, benches); err != nil {
			return func() { b.say(text.T("bench.not_kept", text.Params{"Cause": err.Error()})) }
		}
		return nil
	})
	b.vault.add(func(ctx context.Context) func() {
		place := b.store(ctx, benchSecretKey(k), packSecrets(secrets))
		return func() {
			if d.place == view.SecretSaving && (b.benchUnsaved == nil || *b.benchUnsaved != k) {
				d.place = place
				b.render()
			}
		}
	})
}

// packSecrets writes the secrets of a configuration for the keychain, which is
// where secrets are kept. It is empty when there are none.
func packSecrets(secrets map[string]oauth.Secret) oauth.Secret {
	if len(secrets) == 0 {
		return ""
	}
	plain := map[string]string{}
	for path, s := range secrets {
		plain[path] = s.Reveal()
	}
	out, err := json.Marshal(plain)
	if err != nil {
		return "" // a map of strings can not fail to marshal
	}
	return oauth.Secret(out)
}

func unpackSecrets(value string) (map[string]oauth.Secret, error) {
	var plain map[string]string
	if err := json.Unmarshal([]byte(value), &plain); err != nil {
		return nil, errors.New("the stored value is not the secrets of a bench")
	}
	secrets := map[string]oauth.Secret{}
	for path, s := range plain {
		secrets[path] = oauth.Secret(s)
	}
	return secrets, nil
}

// forgetBenches drops what was set up on the benches of a profile. What it returns
// brings that back.
func (b *Bench) forgetBenches(id oauth.ProfileID) (bringBack func()) {
	dir := b.cfg.Stores.Dir
	drafts := map[benchKey]*benchDraft{}
	secrets := map[benchKey]oauth.Secret{} // of the vault's queue
	var benches map[string]archive.Bench   // of the disk's queue
	for _, kind := range connector.Kinds() {
		k := benchKey{id, kind}
		if d := b.benches[k]; d != nil && d.place != view.SecretLoading {
			drafts[k] = d
		}
		delete(b.benches, k)
		b.vault.add(func(ctx context.Context) func() {
			if value, _, err := b.cfg.Keychain.Get(ctx, benchSecretKey(k)); err == nil {
				secrets[k] = oauth.Secret(value)
			}
			_ = b.cfg.Keychain.Delete(ctx, benchSecretKey(k)) // one that stays is unreachable: the ID is never used again
			return nil
		})
	}
	b.disk.add(func(context.Context) func() {
		benches, _ = archive.LoadBenches(dir, id)
		_ = archive.RemoveBenches(dir, id)
		return nil
	})
	return func() {
		maps.Copy(b.benches, drafts)
		b.disk.add(func(context.Context) func() {
			if len(benches) > 0 {
				_ = archive.SaveBenches(dir, id, benches) // a folder that can't be written is said once, by the profiles
			}
			return nil
		})
		written := b.disk.dry() // a bench is read by the vault's queue
		b.vault.add(func(ctx context.Context) func() {
			<-written
			for k, value := range secrets {
				b.store(ctx, benchSecretKey(k), value)
			}
			return nil
		})
	}
}
