package flows

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// wellKnown is appended to the issuer without its trailing slash (Discovery 1.0, 4).
const wellKnown = "/.well-known/openid-configuration"

// discover fetches the provider's metadata and checks it. We fetch it ourselves
// instead of by oidc.NewProvider, so that the request is traced and a mismatching
// issuer is a finding with both values.
func (r *Run) discover(ctx context.Context) error {
	return r.step(ctx, oauth.StepDiscovery, func(ctx context.Context) error {
		issuer := r.profile.IssuerID()
		target := strings.TrimSuffix(issuer, "/") + wellKnown
		ex, err := r.get(ctx, oauth.StepDiscovery, target, nil)
		if err != nil {
			return r.unsent(oauth.StepDiscovery, target, err)
		}
		var doc oauth.Metadata
		if ex.Response.Status != http.StatusOK || json.Unmarshal(ex.Response.Body.Bytes, &doc) != nil {
			return r.unusable(oauth.StepDiscovery, target, ex)
		}
		doc.Raw = json.RawMessage(ex.Response.Body.Bytes)
		r.metadata = doc
		r.emit(Discovered{Metadata: doc})
		if err := r.refuse(oauth.StepDiscovery, "discovery", check.Discovery(issuer, doc)); err != nil {
			return err
		}
		r.checkAuthMethod()
		return nil
	})
}

// checkAuthMethod warns when the profile authenticates in a way that the provider
// does not list. An absent list means client_secret_basic (Discovery 1.0, 3).
func (r *Run) checkAuthMethod() {
	method := string(r.profile.Client.AuthMethod)
	supported := r.metadata.AuthMethods
	if len(supported) == 0 {
		supported = []string{string(oauth.ClientSecretBasic)}
	}
	// A public client is often served without "none" being listed: no false alarm.
	if r.profile.Client.AuthMethod == oauth.AuthMethodNone || slices.Contains(supported, method) {
		return
	}
	f := fault.New(fault.DiscoveryAuthMethod, oauth.StepDiscovery,
		map[string]string{"AuthMethod": method, "Supported": strings.Join(supported, ", ")}, r.exchanges(oauth.StepDiscovery)...)
	for _, m := range oauth.AuthMethods() {
		if slices.Contains(supported, string(m)) {
			f.Remedy, f.Params["supported"] = fault.UseAuthMethod, string(m)
			break
		}
	}
	r.warn(f)
}

// fetchKeys fetches and reads the provider's key set.
func (r *Run) fetchKeys(ctx context.Context) (jose.KeySet, error) {
	target := r.metadata.JWKSURI
	ex, err := r.get(ctx, oauth.StepJWKS, target, nil)
	if err != nil {
		return jose.KeySet{}, r.unsent(oauth.StepJWKS, target, err)
	}
	if ex.Response.Status != http.StatusOK {
		return jose.KeySet{}, r.unusable(oauth.StepJWKS, target, ex)
	}
	keys, err := jose.ParseKeySet(ex.Response.Body.Bytes)
	if err != nil {
		return jose.KeySet{}, r.unusable(oauth.StepJWKS, target, ex)
	}
	if len(keys.Keys) == 0 {
		return keys, failure(fault.New(fault.JWKSEmpty, oauth.StepJWKS, map[string]string{"URL": target}, r.exchanges(oauth.StepJWKS)...))
	}
	return keys, nil
}
