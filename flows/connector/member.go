package connector

import (
	"slices"
	"strings"
)

// Type is the JSON type that Logto's schema asks of a member.
type Type string

// The types. A Map is an object whose names are the user's own.
const (
	String         Type = "string"
	Boolean        Type = "boolean"
	Number         Type = "number"
	Object         Type = "object"
	Strings        Type = "string[]"
	StringOrArray  Type = "string | string[]"
	StringOrNumber Type = "string | number"
	StringMap      Type = "{string: string}"
	BooleanMap     Type = "{string: boolean}"
	Objects        Type = "object[]"
	Date           Type = "Date" // of JavaScript: no JSON value is one
	Null           Type = "null" // never asked for, only found
	Array          Type = "array"
)

// Member is one member of a configuration. Its meaning is the text
// connector.member.<kind>.<path>, what Logto's console calls it the text
// connector.label.<kind>.<path>.
type Member struct {
	Path     string // "idTokenVerificationConfig.jwksUri"; "templates[].content" for each of an array
	Type     Type
	Required bool     // within its object
	Default  string   // what Logto takes when it is absent, as JSON; "" for nothing
	Enum     []string // the only values
	Suggest  []string // values that are usual; others are allowed
	Secret   bool     // kept in the keychain and never shown unasked
	Advanced bool     // beyond what the tutorials set
	Ignored  bool     // accepted by the schema, and without effect
}

// Parent is the path of the object that the member stands in, "" at the top.
func (m Member) Parent() string { return parent(m.Path) }

func parent(path string) string {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return ""
	}
	return strings.TrimSuffix(path[:i], "[]")
}

// Name is the member's name within its object.
func (m Member) Name() string { return m.Path[strings.LastIndexByte(m.Path, '.')+1:] }

// Members lists every member that the kind's schema knows, in the order in which a
// form shows them: an object before what it holds.
func Members(kind Kind) []Member { return slices.Clone(members[kind]) }

// MemberAt is the member that a path of a configuration is about, where
// "templates[2].content" is about "templates[].content".
func MemberAt(kind Kind, path string) (Member, bool) {
	path = indices.ReplaceAllString(path, "[]")
	i := slices.IndexFunc(members[kind], func(m Member) bool { return m.Path == path })
	if i < 0 {
		return Member{}, false
	}
	return members[kind][i], true
}

var members = map[Kind][]Member{
	OIDC: {
		{Path: "authorizationEndpoint", Type: String, Required: true},
		{Path: "tokenEndpoint", Type: String, Required: true},
		{Path: "clientId", Type: String, Required: true},
		{Path: "clientSecret", Type: String, Required: true, Secret: true},
		{Path: "scope", Type: String, Required: true, Suggest: []string{"openid profile email"}},
		{
			Path: "tokenEndpointAuthMethod", Type: String, Default: `"client_secret_post"`,
			Enum: []string{"client_secret_post", "client_secret_basic", "client_secret_jwt"},
		},
		{
			Path: "clientSecretJwtSigningAlgorithm", Type: String, Default: `"HS256"`, Advanced: true,
			Enum: []string{"HS256", "HS384", "HS512"},
		},
		{Path: "idTokenVerificationConfig", Type: Object, Required: true},
		{Path: "idTokenVerificationConfig.jwksUri", Type: String, Required: true},
		{Path: "idTokenVerificationConfig.issuer", Type: StringOrArray},
		{Path: "idTokenVerificationConfig.algorithms", Type: Strings, Advanced: true},
		{Path: "idTokenVerificationConfig.clockTolerance", Type: StringOrNumber, Default: "0", Advanced: true},
		{Path: "idTokenVerificationConfig.maxTokenAge", Type: StringOrNumber, Advanced: true},
		{Path: "idTokenVerificationConfig.subject", Type: String, Advanced: true},
		{Path: "idTokenVerificationConfig.typ", Type: String, Advanced: true},
		{Path: "idTokenVerificationConfig.crit", Type: BooleanMap, Advanced: true},
		{Path: "idTokenVerificationConfig.audience", Type: StringOrArray, Advanced: true, Ignored: true},
		{Path: "idTokenVerificationConfig.currentDate", Type: Date, Advanced: true},
		{Path: "acceptStringTypedBooleanClaims", Type: Boolean, Default: "false"},
		{Path: "trustUnverifiedEmail", Type: Boolean, Default: "false"},
		{Path: "authRequestOptionalConfig", Type: Object, Advanced: true},
		{Path: "authRequestOptionalConfig.responseMode", Type: String, Advanced: true, Suggest: []string{"query", "fragment", "form_post"}},
		{Path: "authRequestOptionalConfig.display", Type: String, Advanced: true, Suggest: []string{"page", "popup", "touch", "wap"}},
		{Path: "authRequestOptionalConfig.prompt", Type: String, Advanced: true, Suggest: []string{"login", "consent", "select_account", "none"}},
		{Path: "authRequestOptionalConfig.maxAge", Type: String, Advanced: true},
		{Path: "authRequestOptionalConfig.uiLocales", Type: String, Advanced: true},
		{Path: "authRequestOptionalConfig.idTokenHint", Type: String, Advanced: true, Secret: true},
		{Path: "authRequestOptionalConfig.loginHint", Type: String, Advanced: true},
		{Path: "authRequestOptionalConfig.acrValues", Type: String, Advanced: true},
		{Path: "customConfig", Type: StringMap, Advanced: true},
		{Path: "responseType", Type: String, Default: `"code"`, Enum: []string{"code"}, Advanced: true},
		{Path: "grantType", Type: String, Default: `"authorization_code"`, Enum: []string{"authorization_code"}, Advanced: true},
	},
	SSO: {
		{Path: "issuer", Type: String, Required: true},
		{Path: "clientId", Type: String, Required: true},
		{Path: "clientSecret", Type: String, Required: true, Secret: true},
		{Path: "scope", Type: String, Suggest: []string{"openid profile email"}},
		{Path: "trustUnverifiedEmail", Type: Boolean, Default: "false"},
	},
	Feishu: {
		{Path: "appId", Type: String, Required: true},
		{Path: "appSecret", Type: String, Required: true, Secret: true},
		{Path: "scope", Type: String, Advanced: true},
	},
	Twilio: {
		{Path: "accountSID", Type: String, Required: true},
		{Path: "authToken", Type: String, Required: true, Secret: true},
		{Path: "fromMessagingServiceSID", Type: String, Required: true},
		{Path: "templates", Type: Objects, Required: true},
		{Path: "templates[].usageType", Type: String, Required: true, Suggest: UsageTypes()},
		{Path: "templates[].content", Type: String, Required: true},
		{Path: "disableRiskCheck", Type: Boolean, Default: "false"},
		{Path: "host", Type: String, Default: `"api.twilio.com"`, Advanced: true, Suggest: []string{"api.twilio.com", "api.dublin.ie1.twilio.com"}},
	},
}

// UsageTypes lists what Logto sends messages for. The first four must have a
// template, or the configuration is not saved; for the others it falls back to
// Generic.
func UsageTypes() []string {
	return []string{
		"SignIn", "Register", "ForgotPassword", "Generic",
		"OrganizationInvitation", "UserPermissionValidation", "BindNewIdentifier", "MfaVerification", "BindMfa",
	}
}

// RequiredUsageTypes lists those without whose template nothing is saved.
func RequiredUsageTypes() []string { return UsageTypes()[:4] }
