package trace

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
)

// walkHeader returns the header with every value shown to the visitor. It is the
// same map when nothing has changed.
func walkHeader(v visitor, s site, h http.Header) http.Header {
	if h == nil {
		return nil
	}
	out := make(http.Header, len(h))
	for name, values := range h {
		clean := make([]string, len(values))
		for i, value := range values {
			clean[i] = walkHeaderValue(v, s.named(name), value)
		}
		out[v.text(s, name)] = clean
	}
	return out
}

func walkHeaderValue(v visitor, s site, value string) string {
	switch strings.ToLower(s.name) {
	case "authorization", "proxy-authorization":
		return walkCredentials(v, s, value)
	case "cookie":
		return walkCookies(v, s, value)
	case "set-cookie":
		return walkSetCookie(v, s, value)
	case "refresh": // 5;url=https://...
		if i := strings.IndexByte(value, '='); i >= 0 {
			return value[:i+1] + walkValue(v, s, value[i+1:])
		}
	}
	return v.value(s, value)
}

// walkCredentials walks through the value of an Authorization header (RFC 9110,
// 11.6.2). Of Basic (RFC 7617) the user stays, as it is the client's ID, which the
// request is to be judged by.
func walkCredentials(v visitor, s site, value string) string {
	scheme, rest, ok := strings.Cut(value, " ")
	if !ok || isWord(value) { // a word has spaces of its own
		return v.value(s, value)
	}
	if strings.EqualFold(scheme, "Basic") {
		if user, password, ok := basicHalves(rest); ok {
			return scheme + " " + walkBasic(v, s, rest, user, password)
		}
	}
	return scheme + " " + v.value(s, rest)
}

func basicHalves(encoded string) (user, password string, ok bool) {
	encoded = strings.TrimSpace(encoded)
	for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		if raw, err := e.DecodeString(encoded); err == nil {
			user, password, ok = strings.Cut(string(raw), ":")
			return user, password, ok
		}
	}
	return "", "", false
}

// walkBasic shows the visitor the password, decoded once more: a client's ID and
// secret are form-urlencoded before they are put together (RFC 6749, 2.3.1), and
// both spellings are to be known. Without a password the user is the secret, as
// with the keys of some APIs.
func walkBasic(v visitor, s site, encoded, user, password string) string {
	gotUser, gotPassword := v.text(s, user), password
	if password == "" {
		gotUser = v.value(s, user)
	} else {
		if clear, err := url.QueryUnescape(password); err == nil && clear != password {
			_ = v.value(s, clear)
		}
		gotPassword = v.value(s, password)
	}
	if gotUser == user && gotPassword == password {
		return encoded
	}
	return base64.StdEncoding.EncodeToString([]byte(gotUser + ":" + gotPassword))
}

// walkCookies walks through name=value; name=value (RFC 6265, 4.2.1).
func walkCookies(v visitor, s site, value string) string {
	pairs := strings.Split(value, ";")
	for i, pair := range pairs {
		pairs[i] = walkCookie(v, s, pair)
	}
	return strings.Join(pairs, ";")
}

// walkSetCookie walks through one Set-Cookie; its attributes stay (RFC 6265, 4.1.1).
func walkSetCookie(v visitor, s site, value string) string {
	pair, attributes, ok := strings.Cut(value, ";")
	out := walkCookie(v, s, pair)
	if ok {
		out += ";" + v.text(s, attributes)
	}
	return out
}

func walkCookie(v visitor, s site, pair string) string {
	name, value, ok := strings.Cut(pair, "=")
	if !ok { // a value without a name (RFC 6265, 5.2, as browsers do)
		name, value = "", pair
	}
	space := value[:len(value)-len(strings.TrimLeft(value, " "))]
	inner := strings.Trim(value, ` "`)
	if inner == "" {
		return pair
	}
	got := v.value(s, inner)
	if got == inner {
		return pair
	}
	if !ok {
		return space + got
	}
	return v.text(s, name) + "=" + space + got
}
