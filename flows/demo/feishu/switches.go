package feishu

import "fmt"

// ID names one thing that the emulated service can do wrong.
type ID string

// The switches.
const (
	RedirectURIUnknown  ID = "redirect_uri_unknown"
	WrongSecret         ID = "wrong_secret"
	LarkTenant          ID = "lark_tenant"
	AppInfoForbidden    ID = "app_info_forbidden"
	NotPublished        ID = "not_published"
	AppDisabled         ID = "app_disabled"
	ExpiredCode         ID = "expired_code"
	ExpiresInString     ID = "expires_in_string"
	NoContactPermission ID = "no_contact_permission"
	MissingEnName       ID = "missing_en_name"
	MissingAvatar       ID = "missing_avatar"
	NumericSub          ID = "numeric_sub"
	HTMLError           ID = "html_error"
	Hang                ID = "hang"
)

// Switch is one fault as a list shows it.
type Switch struct {
	ID    ID
	About string // what the service does, for developers

	user func(map[string]any) // what becomes of the user's fields; nil: nothing
}

// Switches lists all faults that Set knows, in the order of a flow.
func Switches() []Switch {
	without := func(names ...string) func(map[string]any) {
		return func(user map[string]any) {
			for _, name := range names {
				delete(user, name)
			}
		}
	}
	return []Switch{
		{ID: RedirectURIUnknown, About: "The connector's callback URI is not among the app's redirect URLs: error 20029, without a redirect."},
		{ID: WrongSecret, About: "The app secret was reset, and the connector still has the old one."},
		{ID: LarkTenant, About: "The app is one of Lark, the international cloud, and unknown at Feishu."},
		{ID: AppInfoForbidden, About: "The app may not read its own settings: 99991672."},
		{ID: NotPublished, About: "No version of the app has been published: nobody may use it."},
		{ID: AppDisabled, About: "The administrator has disabled the app."},
		{ID: ExpiredCode, About: "The code has expired by the time that it is redeemed."},
		{ID: ExpiresInString, About: "expires_in is a string and not a number."},
		{ID: NoContactPermission, About: "The app has no contact permissions: no email, mobile, user_id and employee_no.", user: without("email", "mobile", "user_id", "employee_no")},
		{ID: MissingEnName, About: "The user has no en_name.", user: without("en_name")},
		{ID: MissingAvatar, About: "The user has no avatar_thumb and no avatar_middle.", user: without("avatar_thumb", "avatar_middle")},
		{ID: NumericSub, About: "sub is a number and not a string.", user: func(user map[string]any) { user["sub"] = 4711 }},
		{ID: HTMLError, About: "Every call but the sign-in page answers a gateway's HTML page with 502."},
		{ID: Hang, About: "No call but the sign-in page is answered until the client gives up."},
	}
}

// Set turns exactly these switches on, from the next request on. An unknown one is
// an error, and then nothing changes.
func (s *Service) Set(ids ...ID) error {
	on := map[ID]Switch{}
	for _, id := range ids {
		for _, known := range Switches() {
			if known.ID == id {
				on[id] = known
			}
		}
		if _, found := on[id]; !found {
			return fmt.Errorf("feishu: set switches: there is no switch %q; Switches lists them", id)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.on = on
	return nil
}
