package flows

import "sync"

// rememberedStates is how many journeys of the browser are known again. More tabs of
// earlier attempts than that are open nowhere.
const rememberedStates = 64

// earlierStates are the states of the journeys before the one under way. An answer
// with one of them comes from a tab that was left open: an accident, and no attack.
type earlierStates struct {
	mu     sync.Mutex
	states []string
}

// next returns the states of the journeys so far, and remembers that of the next one.
func (e *earlierStates) next(state string) []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	before := e.states
	e.states = append(before[max(0, len(before)-rememberedStates+1):len(before):len(before)], state)
	return before
}
