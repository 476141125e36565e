#!/usr/bin/env bash
# Builds what a node of containers needs besides local-cluster itself, once for each state of its sources: kubelet and kube-proxy,
# containerd with its shim and ctr, CNI plugins, and the images of CoreDNS and of a pod's sandbox. Prints the path of local-cluster,
# beside which the parts lie. runc, nft and ip come from Debian's packages; as root they are installed if they are missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
../scripts/need go node-of-containers
program=$(./build.sh)
kubernetes=$(sed -n 's/^require k8s.io\/kubernetes //p' go.mod)
containerd=github.com/containerd/containerd/v2
hash=$({ go version; find node node-parts go.mod go.sum build-node.sh make-image -type f ! -name '*_test.go'; } | LC_ALL=C sort |
  while read -r name; do echo "$name"; [ ! -f "$name" ] || cat "$name"; done | sha256sum | cut -c1-16)
parts=$(dirname "$program")/local-cluster-node-$hash
if [ ! -d "$parts" ]; then
  exec 9> "$parts.lock"
  flock -n 9 || { echo "another one is building $parts; waiting for it …" >&2; flock 9; }
fi
# build DIRECTORY LDFLAGS WHAT…
build() {
  echo "building ${*:3} …" >&2
  (cd "$1" && go build -trimpath -buildvcs=false -ldflags "-s -w $2" -o "$work/" "${@:3}")
}
if [ ! -d "$parts" ]; then
  echo "building the parts of a node of containers: about 2 minutes of two cores the first time, seconds later …" >&2
  begin=$SECONDS
  # In another folder first: a build that is interrupted leaves no half of a node.
  work=$parts.$$
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work"
  # With the same settings as local-cluster itself, so that nothing of Kubernetes is compiled twice.
  build . "-X k8s.io/component-base/version.gitVersion=$kubernetes -X k8s.io/client-go/pkg/version.gitVersion=$kubernetes" ./node
  mv "$work/node" "$work/local-cluster-node"
  # The rest is static: some of it goes into images that hold nothing else.
  export CGO_ENABLED=0
  build . "" ./node/policy-cni ./node/pause
  build node-parts "-X $containerd/version.Version=$(cd node-parts && go list -m -f '{{.Version}}' $containerd)" tool
  build node-parts "" ./coredns
  ./make-image "$work/pause" localhost/local-cluster/pause:1 "$work/pause.tar"
  ./make-image "$work/coredns" localhost/local-cluster/coredns:1 "$work/coredns.tar"
  rm "$work/pause" "$work/coredns"
  mv "$work" "$parts"
  echo "built $parts in $((SECONDS - begin)) s" >&2
fi
ln -sfn "$(basename "$parts")" "$program.node"
echo "$program"
