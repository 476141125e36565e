package sandbox

import (
	"slices"
	"strings"
)

// rewritten puts the real paths of the mounts into the working directory, the command, its arguments and the values of
// the environment, for a node that may not make namespaces. A program that knows a mount path otherwise (compiled in, or
// read from a file) does not find it: see the README.
func rewritten(spec Spec) Spec {
	mounts := slices.Clone(spec.Mounts)
	slices.SortStableFunc(mounts, func(a, b Mount) int { return len(b.Target) - len(a.Target) })
	spec.Argv = slices.Clone(spec.Argv)
	spec.Env = slices.Clone(spec.Env)
	spec.Dir = realPaths(spec.Dir, mounts)
	for i := range spec.Argv {
		spec.Argv[i] = realPaths(spec.Argv[i], mounts)
	}
	for i, entry := range spec.Env {
		name, value, _ := strings.Cut(entry, "=")
		spec.Env[i] = name + "=" + realPaths(value, mounts)
	}
	return spec
}

// realPaths replaces mount paths in text, the longest first, where the path neither goes on nor began earlier.
func realPaths(text string, mounts []Mount) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		if m, ok := mountAt(text, i, mounts); ok {
			out.WriteString(m.Source)
			i += len(strings.TrimSuffix(m.Target, "/"))
			continue
		}
		out.WriteByte(text[i])
		i++
	}
	return out.String()
}

func mountAt(text string, i int, mounts []Mount) (Mount, bool) {
	if text[i] != '/' || i > 0 && partOfPath(text[i-1]) {
		return Mount{}, false
	}
	for _, m := range mounts {
		target := strings.TrimSuffix(m.Target, "/")
		if target != "" && strings.HasPrefix(text[i:], target) &&
			(len(text) == i+len(target) || text[i+len(target)] == '/' || !partOfPath(text[i+len(target)])) {
			return m, true
		}
	}
	return Mount{}, false
}

func partOfPath(c byte) bool {
	return c == '/' || c == '.' || c == '-' || c == '_' || c == '~' ||
		'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
