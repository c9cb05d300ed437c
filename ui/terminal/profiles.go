package terminal

import (
	"encoding/json"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"signbench/flows/archive"
	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/ui/text"
)

// base is the profile before flags are looked at.
func (a aim) base(bench Bench, name string) (target, error) {
	switch {
	case name != "" && a.file != "":
		return target{}, usage("terminal.profile.twice")
	case a.file != "":
		profile, err := readProfile(a.file)
		return target{profile: profile}, err
	case name != "":
		return savedProfile(bench.Dir, name)
	case a.issuer != "":
		return target{profile: unnamed(oauth.KindOIDC)}, nil
	case a.endpoint != "":
		return target{profile: unnamed(oauth.KindLogto)}, nil
	}
	return target{}, usage("terminal.profile.none", text.Params{"Saved": strings.Join(savedNames(bench.Dir), ", ")})
}

// unnamed is a profile that is not kept. What is tried with it is named by its
// provider.
func unnamed(kind oauth.Kind) oauth.Profile {
	profile := oauth.NewProfile(kind, text.T("terminal.profile.unnamed"))
	profile.KeepSignedIn = false
	return profile
}

// demoName is the argument that stands for the demo tenant.
const demoName = "demo"

// savedProfile is the saved profile of that name or ID; a name that only one of
// them begins with will do.
func savedProfile(dir, name string) (target, error) {
	profiles, _, err := archive.Open(dir)
	if profiles == nil {
		return target{}, cannot(err)
	}
	list := profiles.List()
	is := func(match func(oauth.Profile) bool) []oauth.Profile {
		return slices.DeleteFunc(slices.Clone(list), func(p oauth.Profile) bool { return !match(p) })
	}
	found := is(func(p oauth.Profile) bool { return string(p.ID) == name || strings.EqualFold(p.Name, name) })
	if len(found) == 0 && name == demoName {
		profile := oauth.NewProfile(oauth.KindDemo, text.T("kind.demo"))
		profile.Client.ID = demo.AppID
		return target{profile: profile}, nil
	}
	if len(found) == 0 {
		found = is(func(p oauth.Profile) bool { return strings.HasPrefix(strings.ToLower(p.Name), strings.ToLower(name)) })
	}
	if len(found) != 1 {
		key := "terminal.profile.unknown"
		if len(found) > 1 {
			key = "terminal.profile.ambiguous"
		}
		return target{}, usage(key, text.Params{"Name": name, "Saved": strings.Join(savedNames(dir), ", ")})
	}
	return target{profile: found[0], saved: true}, nil
}

func savedNames(dir string) []string {
	profiles, _, _ := archive.Open(dir)
	if profiles == nil {
		return nil
	}
	var names []string
	for _, p := range profiles.List() {
		names = append(names, p.Name)
	}
	return append(names, demoName)
}

// readProfile reads a profile as the window saves it.
func readProfile(path string) (oauth.Profile, error) {
	data, err := os.ReadFile(path) // #nosec G304 -- the user names it
	if err != nil {
		return oauth.Profile{}, usage("terminal.profile.unreadable", text.Params{"Path": path, "Cause": err.Error()})
	}
	profile := unnamed(oauth.KindOIDC)
	if err := json.Unmarshal(data, &profile); err != nil {
		return oauth.Profile{}, usage("terminal.profile.unreadable", text.Params{"Path": path, "Cause": err.Error()})
	}
	profile.KeepSignedIn = false
	return profile, nil
}

// completeProfile offers the saved profiles to a shell's completion.
func completeProfile(open opener) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		bench, err := open()
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return savedNames(bench.Dir), cobra.ShellCompDirectiveNoFileComp
	}
}
