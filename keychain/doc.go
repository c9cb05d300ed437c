// Package keychain keeps small secrets in the keychain of the operating system:
// the Secret Service on Linux and the BSDs, the macOS Keychain, the Windows
// Credential Manager.
//
// What it adds to go-keyring:
//
//   - Every call is made in one worker at a time, with a limit. A keychain that
//     hangs costs one goroutine and one wait, never a frozen window: after that
//     the status is TimedOut and values stay in memory until Probe succeeds.
//   - Values of any size up to MaxValue are split below the limits of every
//     platform, so that a whole or an old value is read back, never a mixture.
//   - A status that a banner can show, and typed errors in which no secret can
//     stand, because no text of a backend is ever copied into them.
//   - When the keychain can not be used, values live in memory as long as the
//     process, never in a file, and every answer says where its value is.
//
// On Linux a locked keyring is recognised without asking for its password: the
// question comes only with Unlock, or with the first Set.
//
// On macOS the entries are made by /usr/bin/security, so other programs of the
// same user that run it can read them without being asked.
package keychain
