package jose

import (
	"crypto/sha256"
	"encoding/json"
)

// The members that a thumbprint covers, in lexicographic order (RFC 7638, 3.2;
// RFC 8037, 2). encoding/json writes fields in the order of declaration.
type (
	rsaMembers struct {
		E   string `json:"e"`
		Kty string `json:"kty"`
		N   string `json:"n"`
	}
	ecMembers struct {
		Crv string `json:"crv"`
		Kty string `json:"kty"`
		X   string `json:"x"`
		Y   string `json:"y"`
	}
	okpMembers struct {
		Crv string `json:"crv"`
		Kty string `json:"kty"`
		X   string `json:"x"`
	}
)

// thumbprint is RFC 7638 with SHA-256. The members hold base64url and fixed words
// only, so nothing needs escaping and marshalling cannot fail.
func thumbprint(members any) string {
	b, err := json.Marshal(members)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return encode(sum[:])
}
