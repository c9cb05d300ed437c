package trace

// The shapes of HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), for
// writing and for reading. Names with an underscore are our own, as section
// "Custom Fields" has it.

type harPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type harEntry struct {
	Pageref         string       `json:"pageref,omitempty"`
	StartedDateTime string       `json:"startedDateTime"`
	Time            float64      `json:"time"`
	Request         harRequest   `json:"request"`
	Response        *harResponse `json:"response"`
	Cache           struct{}     `json:"cache"`
	Timings         harTimings   `json:"timings"`
	ServerIPAddress string       `json:"serverIPAddress,omitempty"`
	Connection      string       `json:"connection,omitempty"`
	Comment         string       `json:"comment,omitempty"`

	ID           int         `json:"_id,omitempty"`
	Run          string      `json:"_run,omitempty"`
	Step         string      `json:"_step,omitempty"`
	Channel      string      `json:"_channel,omitempty"`
	Attempt      int         `json:"_attempt,omitempty"`
	Proxy        string      `json:"_proxy,omitempty"`
	Reused       bool        `json:"_reused,omitempty"`
	Error        *Failure    `json:"_failure,omitempty"`
	BodyError    *Failure    `json:"_bodyFailure,omitempty"`
	Security     *harTLS     `json:"_securityDetails,omitempty"`
	Instants     *harInstant `json:"_instants,omitempty"`
	NoResponse   bool        `json:"_noResponse,omitempty"`
	ResourceType string      `json:"_resourceType,omitempty"` // Chromium's; it guesses where there is none
}

type harRequest struct {
	Method      string       `json:"method"`
	URL         string       `json:"url"`
	HTTPVersion string       `json:"httpVersion"`
	Cookies     []harPair    `json:"cookies"`
	Headers     []harPair    `json:"headers"`
	QueryString []harPair    `json:"queryString"`
	PostData    *harPostData `json:"postData,omitempty"`
	HeadersSize int64        `json:"headersSize"`
	BodySize    int64        `json:"bodySize"`
	Truncated   bool         `json:"_truncated,omitempty"`
}

type harPostData struct {
	MimeType string    `json:"mimeType"`
	Params   []harPair `json:"params,omitempty"`
	Text     string    `json:"text"`
	Encoding string    `json:"_encoding,omitempty"` // base64, which 1.2 has for answers only
}

type harResponse struct {
	Status      int        `json:"status"`
	StatusText  string     `json:"statusText"`
	HTTPVersion string     `json:"httpVersion"`
	Cookies     []harPair  `json:"cookies"`
	Headers     []harPair  `json:"headers"`
	Content     harContent `json:"content"`
	RedirectURL string     `json:"redirectURL"`
	HeadersSize int64      `json:"headersSize"`
	BodySize    int64      `json:"bodySize"`
	Error       string     `json:"_error,omitempty"` // Chromium's: net::ERR_...
	// Chromium's too, which adds the unknown size of the headers, -1, where there is none.
	TransferSize int64 `json:"_transferSize"`
}

type harContent struct {
	Size      int64  `json:"size"`
	MimeType  string `json:"mimeType"`
	Text      string `json:"text,omitempty"`
	Encoding  string `json:"encoding,omitempty"`
	Truncated bool   `json:"_truncated,omitempty"`
}

// harTimings are milliseconds, -1 for what does not apply. Connect includes ssl.
type harTimings struct {
	Blocked float64 `json:"blocked"`
	DNS     float64 `json:"dns"`
	Connect float64 `json:"connect"`
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
	SSL     float64 `json:"ssl"`
}

type harTLS struct {
	Protocol   string           `json:"protocol"`
	Cipher     string           `json:"cipher"`
	ServerName string           `json:"serverName,omitempty"`
	Chain      []harCertificate `json:"chain,omitempty"`
}

type harCertificate struct {
	Subject  string   `json:"subject"`
	Issuer   string   `json:"issuer"`
	DNSNames []string `json:"dnsNames,omitempty"`
	From     string   `json:"validFrom,omitempty"`
	To       string   `json:"validTo,omitempty"`
}

// harInstant keeps what timings cannot: when each began and ended, in nanoseconds
// since startedDateTime.
type harInstant struct {
	DNSStart     int64 `json:"dnsStart,omitempty"`
	DNSDone      int64 `json:"dnsDone,omitempty"`
	ConnectStart int64 `json:"connectStart,omitempty"`
	ConnectDone  int64 `json:"connectDone,omitempty"`
	TLSStart     int64 `json:"tlsStart,omitempty"`
	TLSDone      int64 `json:"tlsDone,omitempty"`
	GotConn      int64 `json:"gotConn,omitempty"`
	WroteRequest int64 `json:"wroteRequest,omitempty"`
	FirstByte    int64 `json:"firstByte,omitempty"`
	Done         int64 `json:"done,omitempty"`
}

type harPage struct {
	StartedDateTime string         `json:"startedDateTime"`
	ID              string         `json:"id"`
	Title           string         `json:"title"`
	PageTimings     harPageTimings `json:"pageTimings"`
}

type harPageTimings struct {
	OnContentLoad float64 `json:"onContentLoad"`
	OnLoad        float64 `json:"onLoad"`
}
