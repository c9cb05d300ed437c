// Package rooms has no code but a test: which package may import which. The house
// stands on it, so it is data in one table and not a habit.
package rooms
