package oauth

import (
	"maps"
	"slices"
	"strings"
)

// reservedParameters are the parameters of an authorization request that Signbench
// sets itself, from a field of the profile or afresh for each run.
var reservedParameters = []string{
	"response_type", "client_id", "redirect_uri", "scope", "state", // RFC 6749, 4.1.1
	"nonce", "response_mode", "prompt", "max_age", "login_hint", "acr_values", // OIDC Core 3.1.2.1
	"code_challenge", "code_challenge_method", // RFC 7636, 4.3
	"resource",               // RFC 8707, 2
	"request", "request_uri", // OIDC Core 6: they would replace all of these
}

// secretWords are what names of secret parameters are made of.
var secretWords = []string{"secret", "password", "passwd", "assertion", "codeverifier", "accesstoken", "refreshtoken", "idtoken", "subjecttoken", "actortoken", "apikey", "privatekey"}

// IsReservedParameter reports whether name is a parameter that Signbench sets
// itself in an authorization request.
func IsReservedParameter(name string) bool {
	return slices.Contains(reservedParameters, strings.TrimSpace(name))
}

// IsSecretParameter reports whether name is the name of something secret, in any
// spelling: client_secret, clientSecret, Client-Secret. Such a parameter belongs
// neither into a URL nor into a file.
func IsSecretParameter(name string) bool {
	letters := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(name))
	if letters == "token" {
		return true
	}
	return slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(letters, word) })
}

// extra checks the further parameters of an authorization request.
func (v *validation) extra(extra map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		switch {
		case strings.TrimSpace(name) == "":
			v.fail(FieldExtra, CodeEmpty)
		case IsReservedParameter(name):
			v.fail(FieldExtra, CodeReserved, "Name", name)
		case IsSecretParameter(name):
			v.fail(FieldExtra, CodeSecret, "Name", name)
		}
	}
}
