package connector

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// schema is what zod, Logto's schema library, would refuse.
func (r *report) schema() {
	for _, m := range members[r.config.kind] {
		for _, at := range r.places(m) {
			r.member(m, at)
		}
	}
	if r.config.kind == Twilio {
		r.hostForm()
		r.templatesPresent()
	}
}

// places are the paths where the member may stand: one, or one for each item of an
// array. None when the object around it is absent or no object, which is reported by
// itself.
func (r *report) places(m Member) []string {
	if array, rest, ok := strings.Cut(m.Path, "[]."); ok {
		var out []string
		for i := range r.config.Len(array) {
			if item := array + "[" + strconv.Itoa(i) + "]"; r.config.Type(item) == Object {
				out = append(out, item+"."+rest)
			}
		}
		return out
	}
	if p := m.Parent(); p != "" && r.config.Type(p) != Object {
		return nil
	}
	return []string{m.Path}
}

func (r *report) member(m Member, path string) {
	v, there := r.config.at(path)
	switch {
	case !there && m.Required:
		r.refuse(path, RequiredMissing)
	case !there:
	case m.Type == Date:
		r.refuse(path, DateRefused)
	case m.Type == BooleanMap && !fits(m.Type, v):
		r.refuse(path, CritNotBoolean)
	case !fits(m.Type, v):
		r.refuse(path, WrongType, "Want", string(m.Type), "Got", string(found(v)))
	case len(m.Enum) > 0 && !slices.Contains(m.Enum, v.text):
		r.refuse(path, NotInEnum, "Want", strings.Join(m.Enum, ", "))
	case m.Ignored:
		r.warn(path, Ignored)
	}
}

// found names the type of a value, and of an array what is in it.
func found(v value) Type {
	if v.kind == Array {
		for _, t := range []Type{Strings, Objects} {
			if len(v.values) > 0 && fits(t, v) {
				return t
			}
		}
	}
	return v.kind
}

// twilioHost is the pattern of newer versions of Logto for the host of a region.
var twilioHost = regexp.MustCompile(`^(?i:api(\.[0-9a-z]([0-9a-z-]{0,61}[0-9a-z])?)*\.twilio\.com)$`)

func (r *report) hostForm() {
	if r.config.Type("host") == String && !twilioHost.MatchString(r.config.Text("host")) {
		r.refuse("host", HostForm)
	}
}

// templatesPresent is what the schema of Twilio's connector asks besides types.
func (r *report) templatesPresent() {
	if r.config.Type("templates") != Array {
		return
	}
	have := r.usages()
	for _, usage := range RequiredUsageTypes() {
		if !slices.Contains(have, usage) {
			r.refuse("templates", TemplateMissing, "UsageType", usage)
		}
	}
}

// usages lists the usage types of the templates, in order.
func (r *report) usages() []string {
	out := make([]string, r.config.Len("templates"))
	for i := range out {
		out[i] = r.config.Text("templates[" + strconv.Itoa(i) + "].usageType")
	}
	return out
}

// misnamed has the names that tutorials and habit have for members.
var misnamed = map[Kind]map[string]string{
	OIDC: {
		"authenticationEndpoint": "authorizationEndpoint", "authorizationUrl": "authorizationEndpoint",
		"authorization_endpoint": "authorizationEndpoint", "token_endpoint": "tokenEndpoint", "tokenUrl": "tokenEndpoint",
		"client_id": "clientId", "client_secret": "clientSecret", "clientID": "clientId", "scopes": "scope",
		"jwks_uri": "idTokenVerificationConfig.jwksUri", "jwks": "idTokenVerificationConfig.jwksUri",
		"token_endpoint_auth_method": "tokenEndpointAuthMethod",
	},
	SSO: {
		"client_id": "clientId", "client_secret": "clientSecret", "clientID": "clientId", "scopes": "scope",
		"issuerUrl": "issuer", "issuerURL": "issuer",
	},
	Feishu: {"app_id": "appId", "app_secret": "appSecret", "appID": "appId", "clientId": "appId", "clientSecret": "appSecret"},
	Twilio: {
		"accountSid": "accountSID", "account_sid": "accountSID", "auth_token": "authToken",
		"messagingServiceSid": "fromMessagingServiceSID", "fromMessagingServiceSid": "fromMessagingServiceSID",
	},
}

// unknown names the members that the schema strips: they are kept here, and Logto
// acts as if they were not there.
func (r *report) unknown() {
	for _, path := range r.config.repeated {
		r.warn(path, Repeated)
	}
	if other := r.config.Stranger(); other != "" {
		r.fail("", OtherConnector, "Kind", string(other))
	}
	r.config.tree().walk("", func(path, name string, _ value) {
		around := parent(path)
		switch m, ok := MemberAt(r.config.kind, around); {
		case strings.HasSuffix(path, "]"), ok && m.Type != Object && m.Type != Objects, !ok && around != "":
			return // an item, an entry of a map, or within what is unknown itself
		}
		if _, ok := MemberAt(r.config.kind, path); ok {
			return
		}
		if want, ok := misnamed[r.config.kind][name]; ok {
			r.warn(path, Misnamed, "Name", name, "Want", want)
			return
		}
		if i := slices.IndexFunc(members[r.config.kind], func(m Member) bool { return m.Name() == name }); i >= 0 {
			r.warn(path, Misplaced, "Name", name, "Want", members[r.config.kind][i].Path)
			return
		}
		r.warn(path, UnknownMember, "Name", name)
	})
}

// Stranger is the kind whose configuration this looks like, when it is another than
// its own: every required member of the other at the top is there, and not one that
// only its own kind has.
func (c Config) Stranger() Kind {
	for _, kind := range Kinds() {
		if kind != c.kind && c.looksLike(kind) && !c.hasOwn(kind) {
			return kind
		}
	}
	return ""
}

func (c Config) looksLike(kind Kind) bool {
	for _, m := range members[kind] {
		if m.Required && m.Parent() == "" && !c.Has(m.Path) {
			return false
		}
	}
	return true
}

// hasOwn reports whether a required member of the configuration's own kind is there
// that the other kind does not have.
func (c Config) hasOwn(other Kind) bool {
	for _, m := range members[c.kind] {
		if _, shared := MemberAt(other, m.Path); m.Required && m.Parent() == "" && !shared && c.Has(m.Path) {
			return true
		}
	}
	return false
}
