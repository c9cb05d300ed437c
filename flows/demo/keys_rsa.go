package demo

import (
	"crypto/rsa"
	"math/big"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

// rsaKey is for a tenant whose signing key was rotated to RSA. It is searched for
// only when a switch asks, and only once: it takes a noticeable part of a second.
var rsaKey = sync.OnceValue(func() *key { return newKey(jose.RS256, deriveRSA()) })

// deriveRSA builds a 2048-bit key from two derived primes. The library's generator
// takes no seed, and this key has to be the same after a restart as well.
func deriveRSA() *rsa.PrivateKey {
	e := big.NewInt(65537)
	one := big.NewInt(1)
	for counter := 0; ; counter++ {
		p, q := derivePrime("rsa p", counter), derivePrime("rsa q", counter)
		phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		d := new(big.Int).ModInverse(e, phi)
		if d == nil {
			continue
		}
		private := &rsa.PrivateKey{
			PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: int(e.Int64())},
			D:         d,
			Primes:    []*big.Int{p, q},
		}
		private.Precompute()
		if private.Validate() == nil {
			return private
		}
	}
}

// derivePrime is the first prime at or above a derived odd number of 1024 bits
// whose top two bits are set, so that the product of two has 2048.
func derivePrime(purpose string, counter int) *big.Int {
	n := new(big.Int).SetBytes(derive(purpose, counter, 128))
	n.SetBit(n, 1023, 1).SetBit(n, 1022, 1).SetBit(n, 0, 1)
	two := big.NewInt(2)
	for !n.ProbablyPrime(20) {
		n.Add(n, two)
	}
	return n
}
