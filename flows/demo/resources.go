package demo

import "strings"

// Resource is the indicator of the one API that the tenant has registered
// (RFC 8707 2). Its scopes are read:orders and write:orders.
const Resource = "https://api.signbench.test/orders"

// organizationsResource is the built-in indicator that Logto's SDKs add when the
// organizations scope is asked for. It stands for no API of its own.
const organizationsResource = "urn:logto:resource:organizations"

type resource struct {
	indicator string
	scopes    scopes
}

var resourceList = []resource{
	{indicator: Resource, scopes: ofResources},
	{indicator: organizationsResource},
}

// resources is a set of registered resources, by their place in resourceList.
type resources uint8

func (r resources) has(other resources) bool { return r&other == other }

// parseResources reads the resource parameters. Logto also splits one parameter
// at commas.
func parseResources(parameters []string) (resources, *oauthError) {
	var set resources
	for _, parameter := range parameters {
		for _, indicator := range strings.Split(parameter, ",") {
			if indicator == "" {
				continue
			}
			bit := resourceBit(indicator)
			if bit == 0 {
				return 0, fail("invalid_target", "resource indicator is missing, or unknown")
			}
			set |= bit
		}
	}
	return set, nil
}

func resourceBit(indicator string) resources {
	for i, known := range resourceList {
		if indicator == known.indicator {
			return 1 << i
		}
	}
	return 0
}

// list is the members of the set, in the order of registration.
func (r resources) list() []resource {
	var members []resource
	for i, known := range resourceList {
		if r&(1<<i) != 0 {
			members = append(members, known)
		}
	}
	return members
}
