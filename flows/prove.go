package flows

import (
	"context"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// prove asks for a sign-in with prompt=none, which no user sees. A provider that
// has ended its session must answer login_required (OIDC Core 3.1.2.6).
func prove(ctx context.Context, r *Run) error {
	release, err := r.reach(ctx)
	if err != nil {
		return err
	}
	defer release()
	_, _, err = r.authorize(ctx, r.judgeSilence)
	return err
}

// judgeSilence judges the answer to prompt=none. A code, or a wish for consent or
// for a choice of account, means that the provider still knows the user. The code
// is not redeemed.
func (r *Run) judgeSilence(request oauth.AuthorizationRequest, response oauth.AuthorizationResponse) error {
	report := r.responseReport(request, response)
	if iss, _ := report.Find("authorization_response.iss"); iss.Verdict == check.Fail {
		if _, failed := r.report(oauth.StepCallback, "authorization_response", report); r.foreign(report) {
			return failed
		}
	}
	code := fault.ProofUnclear
	switch response.Error {
	case "login_required":
		return nil
	case "", "interaction_required", "consent_required", "account_selection_required":
		code = fault.ProofStillSignedIn
	}
	return failure(fault.New(code, oauth.StepCallback,
		map[string]string{"Error": response.Error, "Description": response.ErrorDescription}, r.exchanges(oauth.StepCallback)...))
}
