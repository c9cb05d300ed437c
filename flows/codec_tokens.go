package flows

import (
	"encoding/json"
	"time"

	"signbench/flows/oauth"
)

// Tokens stand on disk disarmed. Decoded is not written: it is made again on
// reading, from a token that has lost its signature and kept its claims.
type (
	tokenSetWire struct {
		AccessToken  string    `json:"access_token,omitempty"`
		TokenType    string    `json:"token_type,omitempty"`
		RefreshToken string    `json:"refresh_token,omitempty"`
		IDToken      string    `json:"id_token,omitempty"`
		Scope        string    `json:"scope,omitempty"`
		ReceivedAt   time.Time `json:"received_at,omitzero"`
		ExpiresAt    time.Time `json:"expires_at,omitzero"`
	}
	tokensReceivedWire struct {
		Tokens tokenSetWire `json:"tokens"`
	}
	userInfoWire struct {
		Subject string   `json:"sub"`
		Claims  textWire `json:"claims"`
		Signed  bool     `json:"signed,omitempty"`
	}
	sessionWire struct {
		Profile    oauth.ProfileID   `json:"profile"`
		Issuer     string            `json:"issuer"`
		ClientID   string            `json:"client_id"`
		Tokens     tokenSetWire      `json:"tokens"`
		UserInfo   *userInfoWire     `json:"userinfo,omitempty"`
		SignedInAt time.Time         `json:"signed_in_at,omitzero"`
		VerifiedAt time.Time         `json:"verified_at,omitzero"`
		SetAside   []oauth.Allowance `json:"set_aside,omitempty"`
	}
	signedInWire struct {
		Session sessionWire `json:"session"`
	}
	userInfoReceivedWire struct {
		UserInfo userInfoWire `json:"userinfo"`
	}
	discoveredWire struct {
		Metadata oauth.Metadata `json:"metadata"`
		Raw      textWire       `json:"raw"`
	}
)

func packTokens(t oauth.TokenSet) tokenSetWire {
	return tokenSetWire{
		AccessToken: t.AccessToken.Reveal(), TokenType: t.TokenType, RefreshToken: t.RefreshToken.Reveal(),
		IDToken: t.IDToken.Reveal(), Scope: t.Scope, ReceivedAt: moment(t.ReceivedAt), ExpiresAt: moment(t.ExpiresAt),
	}
}

func unpackTokens(w tokenSetWire) oauth.TokenSet {
	return oauth.TokenSet{
		AccessToken: oauth.Secret(w.AccessToken), TokenType: w.TokenType, RefreshToken: oauth.Secret(w.RefreshToken),
		IDToken: oauth.Secret(w.IDToken), Scope: w.Scope, ReceivedAt: w.ReceivedAt, ExpiresAt: w.ExpiresAt,
	}
}

func packTokensReceived(b TokensReceived) tokensReceivedWire {
	return tokensReceivedWire{Tokens: packTokens(b.Tokens)}
}

func unpackTokensReceived(w tokensReceivedWire) TokensReceived {
	tokens := unpackTokens(w.Tokens)
	return TokensReceived{Tokens: tokens, Decoded: Decode(tokens)}
}

func packUserInfo(u oauth.UserInfo) userInfoWire {
	return userInfoWire{Subject: u.Subject, Claims: packText(u.Claims), Signed: u.Signed}
}

func unpackUserInfo(w userInfoWire) oauth.UserInfo {
	return oauth.UserInfo{Subject: w.Subject, Claims: json.RawMessage(w.Claims.unpack()), Signed: w.Signed}
}

func packUserInfoReceived(b UserInfoReceived) userInfoReceivedWire {
	return userInfoReceivedWire{UserInfo: packUserInfo(b.UserInfo)}
}

func unpackUserInfoReceived(w userInfoReceivedWire) UserInfoReceived {
	return UserInfoReceived{UserInfo: unpackUserInfo(w.UserInfo)}
}

func packSignedIn(b SignedIn) signedInWire {
	s := b.Session
	w := sessionWire{
		Profile: s.Profile, Issuer: s.Issuer, ClientID: s.ClientID, Tokens: packTokens(s.Tokens),
		SignedInAt: moment(s.SignedInAt), VerifiedAt: moment(s.VerifiedAt), SetAside: s.SetAside,
	}
	if s.UserInfo != nil {
		info := packUserInfo(*s.UserInfo)
		w.UserInfo = &info
	}
	return signedInWire{Session: w}
}

func unpackSignedIn(w signedInWire) SignedIn {
	s := oauth.Session{
		Profile: w.Session.Profile, Issuer: w.Session.Issuer, ClientID: w.Session.ClientID, Tokens: unpackTokens(w.Session.Tokens),
		SignedInAt: w.Session.SignedInAt, VerifiedAt: w.Session.VerifiedAt, SetAside: w.Session.SetAside,
	}
	if w.Session.UserInfo != nil {
		info := unpackUserInfo(*w.Session.UserInfo)
		s.UserInfo = &info
	}
	return SignedIn{Session: s, Decoded: Decode(s.Tokens)}
}

func packDiscovered(b Discovered) discoveredWire {
	return discoveredWire{Metadata: b.Metadata, Raw: packText(b.Metadata.Raw)}
}

func unpackDiscovered(w discoveredWire) Discovered {
	metadata := w.Metadata
	metadata.Raw = json.RawMessage(w.Raw.unpack())
	return Discovered{Metadata: metadata}
}
