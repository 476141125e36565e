#!/usr/bin/env bash
# Builds one of the tools in go.mod once for each state of it, and prints the path of the program.
# usage: tools/build.sh promtool|amtool|prometheus
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
command -v go > /dev/null || { echo "the tools need Go $(sed -n 's/^go //p' go.mod) or newer: install it and put it into PATH" >&2; exit 1; }
name=${1:?which tool?}
# The directive stands alone or in a list.
package=$(sed -nE "s#^(tool )?[[:space:]]*([a-z.]+/[^ ]*/cmd/$name)\$#\2#p" go.mod)
[ -n "$package" ] || { echo "go.mod names no tool $name" >&2; exit 2; }
version=$(go list -m -f '{{.Version}}' "${package%/cmd/*}")
hash=$({ go version; cat go.mod go.sum build.sh; } | sha256sum | cut -c1-16)
program=${BECKON_CACHE:-$HOME/.cache/beckon}/bin/$name-$hash
if [ ! -x "$program" ]; then
  mkdir -p "$(dirname "$program")"
  # Who comes second waits for the first, instead of compiling the same beside it.
  exec 9> "$program.lock"
  flock -n 9 || { echo "another one is building $program; waiting for it …" >&2; flock 9; }
fi
if [ ! -x "$program" ]; then
  echo "building $name $version: minutes the first time, seconds later …" >&2
  begin=$SECONDS
  # Without the clouds' service discoveries, which are half of what Prometheus is made of: targets stand in files here. Its
  # pages are left out, too.
  # Written under another name first: a build that is interrupted leaves no half program.
  go build -trimpath -buildvcs=false -tags remove_all_sd -o "$program.$$" -ldflags \
    "-s -w -X github.com/prometheus/common/version.Version=${version#v}" "$package"
  mv "$program.$$" "$program"
  echo "built $program in $((SECONDS - begin)) s" >&2
fi
echo "$program"
