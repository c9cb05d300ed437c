package text

import (
	"errors"
	"maps"
	"strconv"

	"signbench/flows/trace"
)

// Recording says why the file of that name is not a recording of a sign-in.
func Recording(name string, err error) string {
	params := Params{"Name": name, "Cause": err.Error()}
	var problem *trace.HARError
	if !errors.As(err, &problem) {
		return T("har.unreadable", params)
	}
	maps.Copy(params, problem.Params)
	if limit, err := strconv.ParseInt(problem.Params["Limit"], 10, 64); err == nil {
		params["Limit"] = strconv.FormatInt(limit>>20, 10)
	}
	return T("har."+string(problem.Problem), params)
}
