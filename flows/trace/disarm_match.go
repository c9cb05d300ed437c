package trace

// matcher finds every occurrence of many patterns in one pass over a text (Aho
// and Corasick, 1975), so that the cost grows with the text and not with the
// number of secrets, whatever the text is.
type matcher struct {
	nodes  []acNode
	branch [][]acEdge // children of the few nodes that have more than one
	root   [256]int32
	owner  []int32 // pattern -> value it is a form of
	length []int32 // pattern -> its length
	bytes  int     // sum of the patterns, which is what building cost
}

// acNode is a state. Nearly all states lie on the tail of a single pattern and
// have one child, so that one is kept in place.
type acNode struct {
	child  int32 // 0: none
	fail   int32
	out    int32 // longest pattern that ends here, -1: none
	branch int32 // index into matcher.branch, -1: at most one child
	depth  int32
	edge   byte
}

type acEdge struct {
	to   int32
	edge byte
}

// span is a range of a text, and the value that was found there.
type span struct {
	from, to int
	owner    int32
}

func newMatcher() *matcher {
	return &matcher{nodes: []acNode{{out: -1, branch: -1}}}
}

// add inserts one form of the value owner. The first owner of a pattern keeps it.
func (m *matcher) add(pattern string, owner int32) {
	if pattern == "" {
		return
	}
	at := int32(0)
	for i := range len(pattern) {
		next := m.step(at, pattern[i])
		if next == 0 {
			next = m.grow(at, pattern[i])
		}
		at = next
	}
	if m.nodes[at].out < 0 {
		m.nodes[at].out = int32(len(m.owner)) // #nosec G115 -- memory ends long before
		m.owner = append(m.owner, owner)
		m.length = append(m.length, m.nodes[at].depth)
		m.bytes += len(pattern)
	}
}

// step follows an edge; 0 when there is none, as no edge leads back to the root.
func (m *matcher) step(at int32, c byte) int32 {
	if at == 0 {
		return m.root[c]
	}
	n := &m.nodes[at]
	if n.branch >= 0 {
		for _, e := range m.branch[n.branch] {
			if e.edge == c {
				return e.to
			}
		}
		return 0
	}
	if n.child != 0 && n.edge == c {
		return n.child
	}
	return 0
}

func (m *matcher) grow(at int32, c byte) int32 {
	next := int32(len(m.nodes)) // #nosec G115 -- memory ends long before
	m.nodes = append(m.nodes, acNode{out: -1, branch: -1, depth: m.nodes[at].depth + 1})
	n := &m.nodes[at]
	switch {
	case at == 0:
		m.root[c] = next
	case n.branch >= 0:
		m.branch[n.branch] = append(m.branch[n.branch], acEdge{to: next, edge: c})
	case n.child == 0:
		n.child, n.edge = next, c
	default:
		n.branch = int32(len(m.branch)) // #nosec G115 -- memory ends long before
		m.branch = append(m.branch, []acEdge{{to: n.child, edge: n.edge}, {to: next, edge: c}})
	}
	return next
}

// build sets the fail links, breadth first.
func (m *matcher) build() {
	queue := make([]int32, 0, len(m.nodes))
	for _, to := range m.root {
		if to != 0 {
			queue = append(queue, to)
		}
	}
	visit := func(parent, to int32, c byte) {
		fail := m.nodes[parent].fail
		next := m.step(fail, c)
		for next == 0 && fail != 0 {
			fail = m.nodes[fail].fail
			next = m.step(fail, c)
		}
		m.nodes[to].fail = next
		if m.nodes[to].out < 0 { // a pattern that ends here covers its own suffixes
			m.nodes[to].out = m.nodes[next].out
		}
		queue = append(queue, to)
	}
	for i := 0; i < len(queue); i++ {
		n := m.nodes[queue[i]]
		if n.branch >= 0 {
			for _, e := range m.branch[n.branch] {
				visit(queue[i], e.to, e.edge)
			}
		} else if n.child != 0 {
			visit(queue[i], n.child, n.edge)
		}
	}
}

// find calls found for the longest pattern that ends at each place of the text.
// It returns the length of the longest tail of the text that begins a pattern, for
// texts that were cut off, and that pattern's value.
func (m *matcher) find(text string, found func(span)) (tail int) {
	at := int32(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if at == 0 { // where nearly all of the time is spent; no pattern is one byte long
			at = m.root[c]
			continue
		}
		next := m.step(at, c)
		for next == 0 && at != 0 {
			at = m.nodes[at].fail
			next = m.step(at, c)
		}
		at = next
		if out := m.nodes[at].out; out >= 0 {
			found(span{from: i + 1 - int(m.length[out]), to: i + 1, owner: m.owner[out]})
		}
	}
	return int(m.nodes[at].depth)
}
