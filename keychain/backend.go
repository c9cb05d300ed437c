package keychain

import keyring "github.com/zalando/go-keyring"

// system is the platform's keychain through go-keyring.
type system struct{}

func (system) Get(service, user string) (string, error) { return keyring.Get(service, user) }

func (system) Set(service, user, value string) error { return keyring.Set(service, user, value) }

func (system) Delete(service, user string) error { return keyring.Delete(service, user) }
