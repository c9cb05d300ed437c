package connector

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// feishu are the rules of the Feishu connector.
func (r *report) feishu() {
	if id := r.config.Text("appId"); id != "" && !r.blamed("appId") && !strings.HasPrefix(id, "cli_") {
		r.warn("appId", AppIDPrefix)
	}
}

var (
	hexadecimal = regexp.MustCompile(`^[0-9a-fA-F]{32}$`)
	number      = regexp.MustCompile(`^\+?[0-9() -]{5,}$`)
)

// twilio are the rules of the Twilio SMS connector.
func (r *report) twilio() {
	account, service := r.config.Text("accountSID"), r.config.Text("fromMessagingServiceSID")
	switch {
	case account == "" || r.blamed("accountSID"):
	case strings.HasPrefix(account, "SK"):
		r.fail("accountSID", KeySID) // the SID is a part of the path too, so an API key cannot stand for it
	case !strings.HasPrefix(account, "AC"):
		r.fail("accountSID", AccountPrefix)
	case !hexadecimal.MatchString(account[2:]):
		r.warn("accountSID", SIDForm)
	}
	switch {
	case service == "" || r.blamed("fromMessagingServiceSID"):
	case number.MatchString(service):
		r.fail("fromMessagingServiceSID", SenderNumber)
	case !strings.HasPrefix(service, "MG"):
		r.fail("fromMessagingServiceSID", ServicePrefix)
	case !hexadecimal.MatchString(service[2:]):
		r.warn("fromMessagingServiceSID", SIDForm)
	}
	if s := r.config.raw("authToken"); s != "" && !r.blamed("authToken") && !hexadecimal.MatchString(s) {
		r.warn("authToken", AuthTokenForm)
	}
	r.templateUsages()
}

func (r *report) templateUsages() {
	usages := r.usages()
	for i, usage := range usages {
		path := "templates[" + strconv.Itoa(i) + "].usageType"
		switch {
		case usage == "" || r.blamed(path):
		case slices.Contains(usages[:i], usage):
			r.warn(path, UsageRepeated, "UsageType", usage)
		case !slices.Contains(UsageTypes(), usage):
			r.warn(path, UsageUnknown, "UsageType", usage)
		}
	}
}

var (
	codePlaceholder = regexp.MustCompile(`\{\{\s*code\s*\}\}`)
	likelyCode      = regexp.MustCompile(`(?i)(?:^|[^{])(\{\s*code\s*\}|<\s*code\s*>|\$\{\s*code\s*\}|%code%|\{\{\s*(?:Code|CODE|otp|verificationCode)\s*\}\})`)
)

// content looks at the text of a template, in which lines and spaces are welcome.
func (r *report) content(path, body string) {
	usage := r.config.Text(strings.TrimSuffix(path, "content") + "usageType")
	switch {
	case strings.TrimSpace(body) == "":
		r.fail(path, EmptyValue)
	case codePlaceholder.MatchString(body), !sendsCode(usage):
	case likelyCode.MatchString(body):
		r.fail(path, PlaceholderForm, "Placeholder", likelyCode.FindStringSubmatch(body)[1])
	default:
		r.fail(path, CodeMissing, "UsageType", usage)
	}
}

// sendsCode reports whether a message of that use is sent for the code in it; an
// invitation carries a link.
func sendsCode(usage string) bool { return usage != "OrganizationInvitation" }
