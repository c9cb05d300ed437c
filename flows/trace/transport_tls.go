package trace

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
)

func handshake(state *tls.ConnectionState) *TLS {
	if state == nil {
		return nil
	}
	return &TLS{
		Version:     tls.VersionName(state.Version),
		CipherSuite: tls.CipherSuiteName(state.CipherSuite),
		ServerName:  state.ServerName,
		Peer:        certificates(state.PeerCertificates),
	}
}

// refusedCertificate recovers the chain that made a handshake fail, which is the
// evidence the user needs.
func refusedCertificate(err error) *TLS {
	var verification *tls.CertificateVerificationError
	if !errors.As(err, &verification) {
		return nil
	}
	return &TLS{Peer: certificates(verification.UnverifiedCertificates)}
}

func certificates(chain []*x509.Certificate) []Certificate {
	out := make([]Certificate, 0, len(chain))
	for _, c := range chain {
		out = append(out, Certificate{
			Subject: c.Subject.String(), Issuer: c.Issuer.String(), DNSNames: c.DNSNames,
			NotBefore: c.NotBefore, NotAfter: c.NotAfter,
		})
	}
	return out
}
