package inspect

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// Bounds of what is looked at.
const (
	MaxText  = 8 << 20 // bytes of a text; a recording may be longer, and is not read here
	maxDepth = 4       // documents inside documents
	maxShown = 64      // members and children of one document
)

// The codes of notes.
const (
	NoteBOM        = "bom"         // a byte order mark was taken away
	NoteQuotes     = "quotes"      // quotation marks were taken away
	NoteBearer     = "bearer"      // an authorization scheme was taken away
	NoteSpace      = "space"       // white space within was taken away
	NoteEncoded    = "url_encoded" // percent-encoding was undone
	NoteTooLarge   = "too_large"
	NoteBinary     = "binary"     // not text
	NoteParts      = "parts"      // begins like a token and has another number of parts
	NoteHeader     = "header"     // begins like a token, and the header cannot be read
	NoteBadJSON    = "bad_json"   // begins like JSON and is not
	NoteArray      = "array"      // a JSON array where an object is wanted
	NotePKCE       = "pkce"       // has the shape of a code verifier or challenge (RFC 7636, 4)
	NoteUUID       = "uuid"       //
	NoteLength     = "length"     // how long an opaque text is
	NotePrivate    = "private"    // holds private key material
	NoteNoKey      = "no_key"     // PEM without a readable public key
	NoteMore       = "more"       // more was found than is shown
	NoteUnverified = "unverified" // decoded is not verified
	NoteZip        = "zip"        // compressed inside
	NoteRecipients = "recipients" // of a JWE
	NoteUnencoded  = "b64"        // the payload is not base64url (RFC 7797)
	NoteSignatures = "signatures" // how many
	NoteDetached   = "detached"   // the payload is elsewhere (RFC 7515, F)
	NoteOwnKey     = "own_key"    // verified with the key in its header, which is right for a DPoP proof alone
	NoteRSA15      = "rsa1_5"     // encrypted in a way that is not opened by default
)

// NoteCodes lists every note, for the test that each has its sentence.
func NoteCodes() []string {
	return []string{
		NoteBOM, NoteQuotes, NoteBearer, NoteSpace, NoteEncoded, NoteTooLarge, NoteBinary, NoteParts, NoteHeader, NoteBadJSON,
		NoteArray, NotePKCE, NoteUUID, NoteLength, NotePrivate, NoteNoKey, NoteMore, NoteUnverified, NoteZip, NoteRecipients,
		NoteUnencoded, NoteSignatures, NoteDetached, NoteOwnKey, NoteRSA15,
	}
}

// Read takes a text apart. It reads no more than MaxText.
func Read(input []byte) Document {
	if len(input) > MaxText {
		d := Document{Kind: Opaque}
		if har(input) {
			d.Kind = HAR
		}
		d.note(NoteTooLarge, "Length", strconv.Itoa(len(input)), "Limit", strconv.Itoa(MaxText))
		return d
	}
	if !utf8.Valid(input) {
		d := Document{Kind: Opaque, Text: oauth.Secret(bytes.ToValidUTF8(input, []byte("�")))}
		d.note(NoteBinary)
		return d
	}
	return read(string(input), 0)
}

func read(text string, depth int) Document {
	var notes []Note
	text = clean(text, func(code string) { notes = append(notes, Note{Code: code}) })
	d := recognise(text, depth)
	d.Notes = append(notes, d.Notes...)
	if d.Text.Empty() {
		d.Text = oauth.Secret(text)
	}
	return d
}

func recognise(text string, depth int) Document {
	switch {
	case text == "":
		return Document{Kind: Empty}
	case strings.HasPrefix(text, "-----BEGIN "):
		return readPEM(text)
	case text[0] == '{' || text[0] == '[':
		return readJSON(text, depth)
	case text[0] == '<':
		return readPage(text)
	}
	if t := jose.Decode(text); t.Form != jose.Opaque {
		return readToken(t, depth)
	}
	if d, ok := readParameters(text, depth); ok {
		return d
	}
	return readOpaque(text)
}

// clean takes away what a terminal, a header or a source file puts around a token.
func clean(text string, note func(code string)) string {
	if rest, found := strings.CutPrefix(text, "\ufeff"); found {
		note(NoteBOM)
		text = rest
	}
	text = strings.TrimSpace(text)
	if len(text) > 1 && strings.ContainsRune("\"'`", rune(text[0])) && text[len(text)-1] == text[0] {
		note(NoteQuotes)
		text = strings.TrimSpace(text[1 : len(text)-1])
	}
	if rest, found := cutScheme(text); found {
		note(NoteBearer)
		text = rest
	}
	if !strings.HasPrefix(text, "eyJ") { // what every JOSE header begins with in base64url: {"
		return text
	}
	if strings.Contains(text, "%") {
		if plain, err := url.PathUnescape(text); err == nil {
			note(NoteEncoded)
			text = plain
		}
	}
	if fields := strings.Fields(text); len(fields) > 1 {
		note(NoteSpace)
		text = strings.Join(fields, "")
	}
	return text
}

// cutScheme takes an Authorization header and its scheme away (RFC 6750, 2.1;
// RFC 9449, 7.1).
func cutScheme(text string) (string, bool) {
	rest := text
	for _, word := range []string{"authorization:", "dpop:", "bearer ", "dpop "} {
		if len(rest) > len(word) && strings.EqualFold(rest[:len(word)], word) {
			rest = strings.TrimSpace(rest[len(word):])
		}
	}
	return rest, rest != text
}

// readOpaque says what a text that is nothing else looks like.
func readOpaque(text string) Document {
	d := Document{Kind: Opaque}
	if strings.HasPrefix(text, "eyJ") {
		if parts := 1 + strings.Count(text, "."); parts != 3 && parts != 5 {
			d.note(NoteParts, "Parts", strconv.Itoa(parts))
		} else {
			d.note(NoteHeader)
		}
	}
	switch {
	case uuid(text):
		d.note(NoteUUID)
	case len(text) >= 43 && len(text) <= 128 && strings.Trim(text, unreserved) == "":
		d.note(NotePKCE)
	}
	d.note(NoteLength, "Length", strconv.Itoa(utf8.RuneCountInString(text)))
	return d
}

// unreserved are the characters of a code verifier (RFC 7636, 4.1).
const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

func uuid(text string) bool {
	return len(text) == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-' &&
		strings.Trim(text, "0123456789abcdefABCDEF-") == ""
}
