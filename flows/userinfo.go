package flows

import (
	"context"
	"encoding/json"
	"mime"
	"net/http"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// userInfo asks the UserInfo endpoint about the user (OIDC Core 5.3) and compares
// its sub with the ID token's. It is skipped where there is no such endpoint, and
// where the access token was asked for a resource: its audience is that resource,
// and the UserInfo endpoint rightly refuses it.
func (r *Run) userInfo(ctx context.Context, tokens oauth.TokenSet, idToken jose.Token) (*oauth.UserInfo, error) {
	var info *oauth.UserInfo
	err := r.step(ctx, oauth.StepUserInfo, func(ctx context.Context) error {
		target := r.metadata.UserInfoEndpoint
		if target == "" || len(r.profile.Resources) > 0 {
			return errSkipped
		}
		ex, err := r.get(ctx, oauth.StepUserInfo, target, http.Header{"Authorization": {"Bearer " + tokens.AccessToken.Reveal()}})
		if err != nil {
			return r.unsent(oauth.StepUserInfo, target, err)
		}
		if ex.Response.Status != http.StatusOK {
			return r.refused(oauth.StepUserInfo, target, ex)
		}
		info, err = r.readUserInfo(target, ex)
		if err != nil {
			return err
		}
		r.emit(UserInfoReceived{UserInfo: *info})
		subject, _ := idToken.Claims.String("sub")
		return r.judge(oauth.StepUserInfo, "userinfo", check.UserInfo(check.UserInfoInput{
			IDSubject: subject, Info: *info, ContentType: ex.Response.Header.Get("Content-Type"),
		}))
	})
	return info, err
}

// readUserInfo takes the claims out of a plain or a signed answer (OIDC Core 5.3.2).
func (r *Run) readUserInfo(target string, ex *trace.Exchange) (*oauth.UserInfo, error) {
	body := ex.Response.Body.Bytes
	info := &oauth.UserInfo{}
	if mediaType, _, _ := mime.ParseMediaType(ex.Response.Header.Get("Content-Type")); mediaType == "application/jwt" {
		token := jose.Decode(string(body))
		if v := r.keys.Verify(token, r.metadata.UserInfoAlgs); v.Reason != jose.Verified {
			f := fault.New(fault.UserInfoSignature, oauth.StepUserInfo,
				map[string]string{"Reason": string(v.Reason)}, r.exchanges(oauth.StepUserInfo)...)
			f.Allowance = oauth.AllowUserInfoSignature
			if !r.allows(f.Allowance) {
				return nil, failure(f)
			}
			r.warn(f)
		} else {
			info.Signed = true
		}
		body = token.Payload
	}
	var claims struct {
		Subject string `json:"sub"`
	}
	if err := json.Unmarshal(body, &claims); err != nil {
		var object map[string]json.RawMessage
		if json.Unmarshal(body, &object) != nil { // a sub of a wrong type is a check's business
			return nil, r.unusable(oauth.StepUserInfo, target, ex)
		}
	}
	info.Subject, info.Claims = claims.Subject, json.RawMessage(body)
	return info, nil
}
