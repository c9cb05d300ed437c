package view

import (
	"slices"

	"signbench/flows/jose"
	"signbench/ui/widget"
)

// compareRows lays the claims of the ID token, the access token and the user info
// side by side. The first place that has a claim shows its value; another place
// shows whether it says the same.
func compareRows(places ...*jose.Object) []widget.CompareRow {
	var names []string
	for _, o := range places {
		if o == nil {
			continue
		}
		for _, m := range o.Members {
			if !slices.Contains(names, m.Name) {
				names = append(names, m.Name)
			}
		}
		if len(names) > comparedClaims {
			names = names[:comparedClaims] // finding a name among thousands would take quadratic time
			break
		}
	}
	rows := make([]widget.CompareRow, 0, len(names))
	for _, name := range names {
		rows = append(rows, compareRow(name, places))
	}
	return rows
}

// comparedClaims is how many claims are compared: no person reads more.
const comparedClaims = 500

func compareRow(name string, places []*jose.Object) widget.CompareRow {
	row := widget.CompareRow{Claim: name}
	first, found := "", false
	for _, o := range places {
		cell := widget.CompareCell{Kind: widget.CompareAbsent}
		if o != nil {
			if raw, ok := o.Get(name); ok {
				cell = widget.CompareCell{Kind: widget.CompareValue, Text: plainValue(raw)}
				switch {
				case !found:
					first, found = cell.Text, true
				case cell.Text == first:
					cell.Kind = widget.CompareSame
				default:
					cell.Kind = widget.CompareDiffers
				}
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}
