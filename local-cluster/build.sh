#!/usr/bin/env bash
# Builds local-cluster once for each state of its sources and prints the path of the program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
command -v go > /dev/null || { echo "local-cluster needs Go $(sed -n 's/^go //p' go.mod) or newer: install it and put it into PATH" >&2; exit 1; }
kubernetes=$(sed -n 's/^require k8s.io\/kubernetes //p' go.mod)
# What a node of containers needs besides is built by build-node.sh.
hash=$({ go version; find . \( -path ./node -o -path ./node-parts -o -path ./battery \) -prune -o -type f \( -name '*.go' ! -name '*_test.go' -o -name go.mod -o -name go.sum -o -name build.sh -o -name cluster.yaml \) -print; } | LC_ALL=C sort |
  while read -r name; do echo "$name"; [ ! -f "$name" ] || cat "$name"; done | sha256sum | cut -c1-16)
program=${BECKON_CACHE:-$HOME/.cache/beckon}/bin/local-cluster-$hash
if [ ! -x "$program" ]; then
  mkdir -p "$(dirname "$program")"
  # Who comes second waits for the first, instead of compiling all of Kubernetes beside it.
  exec 9> "$program.lock"
  flock -n 9 || { echo "another one is building $program; waiting for it …" >&2; flock 9; }
fi
if [ ! -x "$program" ]; then
  echo "building local-cluster from Kubernetes $kubernetes: about 4 minutes the first time, seconds later …" >&2
  begin=$SECONDS
  # Written under another name first: a build that is interrupted leaves no half program.
  total=$(go list -deps . | wc -l)
  go build -v -trimpath -buildvcs=false -o "$program.$$" -ldflags \
    "-s -w -X k8s.io/component-base/version.gitVersion=$kubernetes -X k8s.io/client-go/pkg/version.gitVersion=$kubernetes" . 2>&1 |
    awk -v total="$total" '/^[a-zA-Z0-9.\/_-]+$/ { if (++n % 200 == 0) print "  compiled " n " of at most " total " packages"; next } { print }' >&2
  mv "$program.$$" "$program"
  echo "built $program in $((SECONDS - begin)) s" >&2
fi
echo "$program"
