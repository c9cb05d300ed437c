package keychain

import "context"

// entry is what memory holds for a key: a value, or the wish that there be none.
// It is always newer than what the keychain holds for that key.
type entry struct {
	value   string
	deleted bool
	tried   bool   // a write of it was begun, and may have landed without our knowing
	seq     uint64 // tells it from a later entry for the same key
}

// remember puts e in memory, and returns its number.
func (k *Keychain) remember(key Key, e entry) uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seq++
	e.seq = k.seq
	k.pending[key] = e
	return e.seq
}

func (k *Keychain) recall(key Key) (entry, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.pending[key]
	return e, ok
}

// try returns the entry to write, and marks it as tried.
func (k *Keychain) try(key Key) (entry, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.pending[key]
	if ok {
		marked := e
		marked.tried = true
		k.pending[key] = marked
	}
	return e, ok
}

// forget drops the entry with that number; a later one stays.
func (k *Keychain) forget(key Key, seq uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pending[key].seq == seq {
		delete(k.pending, key)
	}
}

func (k *Keychain) keys() []Key {
	k.mu.Lock()
	defer k.mu.Unlock()
	keys := make([]Key, 0, len(k.pending))
	for key := range k.pending {
		keys = append(keys, key)
	}
	return keys
}

// settle brings the keychain up to what memory holds for a key, and empties
// memory of it. It runs inside the slot, and takes what is newest then: of two
// callers that set the same key, the one that comes second finds nothing to do.
func (k *Keychain) settle(ctx context.Context, key Key) error {
	e, ok := k.try(key)
	if !ok {
		return nil
	}
	var err error
	switch {
	case e.deleted:
		err = k.vault.remove(ctx, key)
	case len(e.value) > MaxValue:
		err = ErrTooBig
	case e.tried && k.landed(ctx, key, e.value):
	default:
		err = k.vault.store(ctx, key, e.value)
	}
	if err == nil {
		k.forget(key, e.seq)
	}
	return err
}

// landed reports whether an earlier write, given up as too slow, got there after all.
func (k *Keychain) landed(ctx context.Context, key Key, value string) bool {
	got, err := k.vault.load(ctx, key)
	return err == nil && got == value
}
