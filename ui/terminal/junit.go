package terminal

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// The parts of JUnit's XML that test reporters read.
type (
	junitSuite struct {
		XMLName  xml.Name    `xml:"testsuite"`
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"` // seconds
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Time    string        `xml:"time,attr,omitempty"`
		Failure *junitFailure `xml:"failure,omitempty"`
		Skipped *struct{}     `xml:"skipped,omitempty"`
		Out     string        `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// junit is the document as a test suite: a case for the fault that was expected, one for
// each check, and one for each fault that no check stands for. Where the expectation is
// met, only what is wrong besides is a failure.
func junit(doc Document) ([]byte, error) {
	suite := junitSuite{Name: "signbench " + doc.Command, Time: fmt.Sprintf("%.3f", doc.Timings.TotalMS/1000)}
	if doc.Profile != nil {
		suite.Name += " " + doc.Profile.Name
	}
	if doc.Expect != nil {
		suite.Cases = append(suite.Cases, expectCase(*doc.Expect))
	}
	unexpected, checked := surprises(doc), map[string]bool{}
	for _, c := range doc.Checks {
		one := junitCase{Class: "check", Name: c.ID, Out: clean(fmt.Sprintf("%s, want %q, got %q, %s", c.Verdict, c.Want, c.Got, c.Spec))}
		switch c.Verdict {
		case "fail":
			checked[c.ID] = true
			if met(doc) && !slices.ContainsFunc(unexpected, func(f Fault) bool { return checkOf(f.Code) == c.ID }) {
				break
			}
			one.Failure = &junitFailure{Message: clean(c.ID), Type: "check", Text: one.Out}
		case "skip", "cannot_tell":
			one.Skipped = &struct{}{}
		}
		suite.Cases = append(suite.Cases, one)
	}
	for _, f := range unexpected {
		if f.Severity != "error" || checked[checkOf(f.Code)] {
			continue
		}
		suite.Cases = append(suite.Cases, junitCase{Class: "step", Name: f.Step + " " + f.Code, Failure: &junitFailure{
			Message: clean(f.Title), Type: f.Code, Text: clean(f.Cause + "\n" + f.Remedy + "\n" + f.Spec),
		}})
	}
	for _, s := range doc.Timings.Steps {
		if s.Outcome == "ok" || s.Outcome == "warned" {
			suite.Cases = append(suite.Cases, junitCase{Class: "step", Name: s.Scenario + " " + s.Step, Time: fmt.Sprintf("%.3f", s.TookMS/1000)})
		}
	}
	suite.Tests = len(suite.Cases)
	for _, c := range suite.Cases {
		if c.Failure != nil {
			suite.Failures++
		}
		if c.Skipped != nil {
			suite.Skipped++
		}
	}
	out, err := xml.MarshalIndent(suite, "", "  ")
	return append([]byte(xml.Header), append(out, '\n')...), err
}

// expectCase is a case that fails when the expected fault was not found.
func expectCase(e Expectation) junitCase {
	one := junitCase{Class: "expect", Name: e.Code, Out: e.said()}
	if !e.Met {
		one.Failure = &junitFailure{Message: e.said(), Type: "expect", Text: e.said()}
	}
	return one
}

func met(doc Document) bool { return doc.Expect != nil && doc.Expect.Met }

// surprises are the faults that nobody expected: all but the one that was, and what
// follows from it, which comes behind it.
func surprises(doc Document) []Fault {
	if !met(doc) {
		return doc.Faults
	}
	expected := map[string]bool{doc.Expect.Code: true}
	var out []Fault
	for _, f := range doc.Faults {
		if expected[f.Code] || expected[f.Because] {
			expected[f.Code] = true
			continue
		}
		out = append(out, f)
	}
	return out
}

// checkOf is the check that a fault's code is of: its code is the check's, or that of a
// row with what it found.
func checkOf(code string) string {
	row, ok := strings.CutPrefix(code, "probe.")
	if !ok {
		return code
	}
	return row[:max(0, strings.LastIndexByte(row, '.'))]
}

// clean drops what XML 1.0 can not hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r >= 0x20 && r != 0xFFFE && r != 0xFFFF {
			return r
		}
		return -1
	}, s)
}
