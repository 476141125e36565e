#!/usr/bin/env bash
# Builds kwok, which keeps nodes that are there in name only, from its Go module, once for each state of go.mod, and prints its path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
hash=$({ go version; cat go.mod go.sum; } | sha256sum | cut -c1-16)
program=${BECKON_CACHE:-$HOME/.cache/beckon}/bin/kwok-$hash
if [ ! -x "$program" ]; then
  mkdir -p "$(dirname "$program")"
  # Who comes second waits for the first, instead of compiling all of it beside it.
  exec 9>"$program.lock"
  flock -n 9 || { echo "another one is building $program; waiting for it …" >&2; flock 9; }
fi
if [ ! -x "$program" ]; then
  echo "building kwok $(go list -m -f '{{.Version}}' sigs.k8s.io/kwok): about two minutes the first time, seconds later …" >&2
  # Written under another name first: a build that is interrupted leaves no half program.
  go build -buildvcs=false -trimpath -ldflags "-s -w" -o "$program.$$" sigs.k8s.io/kwok/cmd/kwok
  mv "$program.$$" "$program"
fi
echo "$program"
