package demo

import "slices"

// registration is what the tenant has on record of an application, as a fault sees
// it.
type registration struct {
	*app
	unknown        bool // it was deleted
	secret         string
	redirectURIs   []string
	postLogoutURIs []string
	authMethods    []string // token_endpoint_auth_method; nil: any that fits
}

// registered is the record of an application, or of none.
func (t *Tenant) registered(id string) (*registration, bool) {
	a := findApp(id)
	if a == nil {
		return nil, false
	}
	reg := &registration{app: a, secret: a.secret, redirectURIs: a.redirectURIs, postLogoutURIs: a.postLogoutURIs}
	for _, h := range t.active() {
		if h.registration != nil {
			h.registration(reg)
		}
	}
	return reg, !reg.unknown
}

func (r *registration) allowsRedirect(uri string) bool   { return r.matches(uri, r.redirectURIs) }
func (r *registration) allowsPostLogout(uri string) bool { return r.matches(uri, r.postLogoutURIs) }

func (r *registration) allowsMethod(method string) bool {
	return r.authMethods == nil || slices.Contains(r.authMethods, method)
}
