// Package archive keeps profiles and settings on disk: one file each, written so
// that a crash at any moment leaves the old file or the new one, and never with a
// secret in it.
//
//	<dir>/settings.json
//	<dir>/profiles/<id>.json
//	<dir>/profiles/damaged/<id>.<time>.json
//
// A file that can not be understood is moved to damaged/ and named to the caller; a
// file of a newer Signbench is named, left where it is, and never written over.
// Members of a file that this version does not know are kept when it is rewritten,
// so that a step back to an older version and forth again loses nothing.
//
// Two running windows do not damage each other's files: each profile is a file of
// its own and replaced in one step, so of two that write the same one, the later
// wins whole. Neither sees the other's changes until it is started again. No lock
// is taken, so none can be left behind.
package archive
