package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"signbench/flows/oauth"
)

// formatVersion is the version member of every file. It rises when a file of the
// new form would be misread by an older Signbench; a new optional member does not
// raise it.
const formatVersion = 1

var errInvalid = errors.New("not the content that belongs in this file")

// object is a JSON object whose members are not interpreted.
type object map[string]json.RawMessage

// decode reads a file's content into v and returns the members that v does not
// know, to be written back with it.
func decode(data []byte, v any) (object, error) {
	var all object
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	if all == nil {
		return nil, fmt.Errorf("%w: null", errInvalid)
	}
	var version int
	if err := json.Unmarshal(all["version"], &version); err != nil || version < 1 {
		return nil, fmt.Errorf("%w: no version", errInvalid)
	}
	if version > formatVersion {
		return nil, fmt.Errorf("%w (version %d)", ErrNewer, version)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return nil, fmt.Errorf("%w: %w", errInvalid, err)
	}
	delete(all, "version")
	return unknown(all, reflect.TypeOf(v).Elem()), nil
}

// encode writes v with the version and the members kept from what was read.
func encode(v any, kept object) ([]byte, error) {
	plain, err := marshal(v)
	if err != nil {
		return nil, err
	}
	var all object
	if err := json.Unmarshal(plain, &all); err != nil {
		return nil, err
	}
	if err := merge(all, kept); err != nil {
		return nil, err
	}
	all["version"] = fmt.Append(nil, formatVersion)
	compact, err := marshal(all)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, compact, "", "  "); err != nil {
		return nil, err
	}
	return append(bytes.TrimRight(out.Bytes(), "\n"), '\n'), nil
}

// marshal is json.Marshal without the escaping of &, which makes URLs unreadable
// in a file that people open.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// unknown returns the members of o that type t has no field for, at any depth of
// nested structures. Members that are named like a secret are not kept: nothing
// here may hold one, even if somebody put it there by hand.
func unknown(o object, t reflect.Type) object {
	fields := members(t)
	rest := object{}
	for name, raw := range o {
		field, ok := fields[strings.ToLower(name)] // encoding/json matches names in any case
		if !ok {
			if !oauth.IsSecretParameter(name) {
				rest[name] = raw
			}
			continue
		}
		var inner object
		if field.Kind() != reflect.Struct || json.Unmarshal(raw, &inner) != nil {
			continue
		}
		if inner = unknown(inner, field); len(inner) > 0 {
			if raw, err := marshal(inner); err == nil {
				rest[name] = raw
			}
		}
	}
	return rest
}

// members lists the JSON names of a structure's fields.
func members(t reflect.Type) map[string]reflect.Type {
	m := make(map[string]reflect.Type, t.NumField())
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			name = f.Name
		}
		m[strings.ToLower(name)] = f.Type
	}
	return m
}

// merge adds the members of kept to o.
func merge(o, kept object) error {
	for name, raw := range kept {
		have, ok := o[name]
		if !ok {
			o[name] = raw
			continue
		}
		var into, from object
		if json.Unmarshal(have, &into) != nil || into == nil || json.Unmarshal(raw, &from) != nil {
			continue
		}
		if err := merge(into, from); err != nil {
			return err
		}
		merged, err := marshal(into)
		if err != nil {
			return err
		}
		o[name] = merged
	}
	return nil
}
