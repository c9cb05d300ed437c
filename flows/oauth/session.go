package oauth

import (
	"encoding/json"
	"errors"
	"time"
)

// storedSession is a Session as it stands in the keychain. Secret does not marshal
// itself, so the way into storage is spelled out here and nowhere else.
type storedSession struct {
	Version      int             `json:"version"`
	Profile      ProfileID       `json:"profile"`
	Issuer       string          `json:"issuer"`
	ClientID     string          `json:"client_id"`
	AccessToken  string          `json:"access_token"`
	TokenType    string          `json:"token_type"`
	RefreshToken string          `json:"refresh_token,omitempty"`
	IDToken      string          `json:"id_token"`
	Scope        string          `json:"scope,omitempty"`
	ReceivedAt   time.Time       `json:"received_at"`
	ExpiresAt    time.Time       `json:"expires_at,omitzero"`
	SignedInAt   time.Time       `json:"signed_in_at"`
	VerifiedAt   time.Time       `json:"verified_at,omitzero"`
	UserInfo     json.RawMessage `json:"userinfo,omitempty"`
	Subject      string          `json:"userinfo_sub,omitempty"`
	Signed       bool            `json:"userinfo_signed,omitempty"`
}

const sessionVersion = 1

// Store returns the session as a value for the keychain. A session that came about
// by setting checks aside is refused: who finds it there tomorrow would take it for
// one that was verified.
func (s Session) Store() (Secret, error) {
	if len(s.SetAside) > 0 {
		return "", errSetAside
	}
	stored := storedSession{
		Version: sessionVersion, Profile: s.Profile, Issuer: s.Issuer, ClientID: s.ClientID,
		AccessToken: s.Tokens.AccessToken.Reveal(), TokenType: s.Tokens.TokenType,
		RefreshToken: s.Tokens.RefreshToken.Reveal(), IDToken: s.Tokens.IDToken.Reveal(),
		Scope: s.Tokens.Scope, ReceivedAt: s.Tokens.ReceivedAt, ExpiresAt: s.Tokens.ExpiresAt,
		SignedInAt: s.SignedInAt, VerifiedAt: s.VerifiedAt,
	}
	if s.UserInfo != nil {
		stored.UserInfo, stored.Subject, stored.Signed = s.UserInfo.Claims, s.UserInfo.Subject, s.UserInfo.Signed
	}
	b, err := json.Marshal(stored) // #nosec G117 -- the keychain is where secrets are kept
	return Secret(b), err
}

// RestoreSession reads what Store wrote. A value that is not a session, or one of
// a later version, is an error that quotes nothing of it.
func RestoreSession(value Secret) (Session, error) {
	var stored storedSession
	if err := json.Unmarshal([]byte(value.Reveal()), &stored); err != nil || stored.Version != sessionVersion {
		return Session{}, errNotASession
	}
	s := Session{
		Profile: stored.Profile, Issuer: stored.Issuer, ClientID: stored.ClientID,
		SignedInAt: stored.SignedInAt, VerifiedAt: stored.VerifiedAt,
		Tokens: TokenSet{
			AccessToken: Secret(stored.AccessToken), TokenType: stored.TokenType, RefreshToken: Secret(stored.RefreshToken),
			IDToken: Secret(stored.IDToken), Scope: stored.Scope, ReceivedAt: stored.ReceivedAt, ExpiresAt: stored.ExpiresAt,
		},
	}
	if stored.UserInfo != nil {
		s.UserInfo = &UserInfo{Subject: stored.Subject, Claims: stored.UserInfo, Signed: stored.Signed}
	}
	return s, nil
}

// errSetAside is returned by Store.
var errSetAside = errors.New("the session came about with checks set aside, and is not kept")

// errNotASession is returned by RestoreSession.
var errNotASession = errors.New("the stored value is not a session of this version")
