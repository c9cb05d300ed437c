package demo

import (
	"net/http"
	"slices"
	"strings"
)

// moving is where endpoints have gone: the usual path for one that is asked for, or
// none when there is nothing any more.
type moving func(path string) (usual string, ok bool)

// movedTo stands in the paths of the endpoints while they are elsewhere.
const movedTo = "/oidc/moved/"

// movable are the endpoints that a discovery document names, by the end of their
// usual paths.
var movable = []string{"auth", "token", "me", "jwks", "token/revocation", "token/introspection", "session/end", "request"}

// allMoved serves every endpoint at another path.
func allMoved(path string) (string, bool) {
	if end, ok := strings.CutPrefix(path, movedTo); ok && slices.Contains(movable, end) {
		return "/oidc/" + end, true
	}
	end, ok := strings.CutPrefix(path, "/oidc/")
	return path, !ok || !slices.Contains(movable, end)
}

// namesMoved makes the discovery document say so.
func namesMoved(p *reply) {
	for name, value := range p.document {
		if url, ok := value.(string); ok && (strings.HasSuffix(name, "_endpoint") || name == "jwks_uri") {
			p.document[name] = strings.Replace(url, "/oidc/", movedTo, 1)
		}
	}
}

// jwksMoved serves the key set at any path below its usual one, and not there.
func jwksMoved(path string) (string, bool) {
	if strings.HasPrefix(path, "/oidc/jwks/") {
		return "/oidc/jwks", true
	}
	return path, path != "/oidc/jwks"
}

// namesJWKS makes the discovery document name another such path every time.
func namesJWKS(p *reply) {
	if url, ok := p.document["jwks_uri"].(string); ok {
		p.document["jwks_uri"] = url + "/" + newHandle()
	}
}

// whereMoved serves what is elsewhere there, and nothing where it was.
func (t *Tenant) whereMoved(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range t.active() {
			if h.moved == nil {
				continue
			}
			usual, ok := h.moved(r.URL.Path)
			if !ok {
				t.unknownRoute(w, r)
				return
			}
			r.URL.Path = usual
		}
		next.ServeHTTP(w, r)
	})
}
