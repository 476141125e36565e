# Cases that break a node of containers on purpose. They run one after the other, in this order.

up_again_finds_it_running() {
  prepare
  expect "already running*loaded docker.io/battery/tool:1*export KUBECONFIG=$KUBECONFIG" "$("$LC" up --state "$STATE" --images "$WORK/tool.tar" --detach)"
  refused "of kind containers" "$LC" up --node processes --state "$STATE"
  expect 700 "$(stat -c %a "$STATE")"
  expect '' "$(find "$STATE" -path "$STATE/node/containerd" -prune -o -name '*.key' ! -perm 600 -print)"
}

a_machine_has_one_such_node_and_any_number_of_others() {
  refused "down --state $STATE" "$LC" up --node containers --state "$WORK/b" --detach
  "$LC" up --state "$WORK/c" --detach
  "$LC" status --state "$WORK/c"
  _healthy
  expect Running "$(NS=kube-system phase "$(kubectl -n kube-system get pod -o name | sed 's/^pod.//;q')")"
  "$LC" down --state "$WORK/c" --purge
  _healthy
}

a_machine_that_cannot_is_told_why() {
  refused "apt-get install iproute2 mount nftables runc" env PATH=/nowhere "$LC" up --node containers --state "$WORK/d"
  refused "cgroup controllers cpu, cpuset, memory, pids" unshare --mount bash -c 'umount --recursive /sys/fs/cgroup; "$LC" up --node containers --state "$WORK/d"'
  mkdir -m 0777 "$WORK/nobody"
  chmod 0711 "$WORK"
  exec 8< "$LC"
  refused "needs root" setpriv --reuid=65534 --clear-groups /proc/self/fd/8 up --node containers --state "$WORK/nobody/d"
  refused "is for a node of processes" "$LC" up --node containers --state "$WORK/d" --keep-logs 1Mi
  refused 'no component "kublet": there are etcd, containerd' "$LC" kill-component kublet --state "$STATE"
  refused "allow 67" "$LC" up --node containers --state "$WORK/$(printf 'long%.0s' {1..20})"
}

containers_live_on_while_their_keepers_die() {
  prepare
  web
  local pid component
  pid=$(pid_of web)
  alive "$pid"
  for component in kubelet containerd node-agent kube-proxy; do
    "$LC" kill-component "$component" --state "$STATE"
  done
  eventually 60 _healthy
  "$LC" restart-component containerd --state "$STATE"
  "$LC" restart-component kubelet --state "$STATE"
  "$LC" kill-component kube-apiserver --state "$STATE"
  "$LC" kill-component etcd --state "$STATE"
  eventually 60 _healthy
  expect "$pid" "$(pid_of web)"
  alive "$pid"
  tool client "" get "http://web.$NS" < /dev/null
  expect "200 hello*" "$(said client)"
  expect 0 "$(k get pod -l app=web -o 'jsonpath={.items[0].status.containerStatuses[0].restartCount}')"
}

policies_hold_while_nobody_enforces_them() {
  prepare
  web
  k apply -f - <<< '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: none}, spec: {podSelector: {matchLabels: {app: web}}}}'
  tool client "app: client" stay < /dev/null
  k wait pod/client --for=condition=Ready --timeout=60s
  eventually 10 refused "deadline" k exec client -- /tool get "http://web.$NS"
  "$LC" kill-component node-agent --state "$STATE" --for 8s
  refused "deadline" k exec client -- /tool get "http://web.$NS"
  say "a new pod waits for whoever will enforce them"
  tool late "app: client" get "http://web.$NS" < /dev/null
  eventually 20 is "*policy-cni*" events
  eventually 60 _healthy
  expect "*deadline exceeded*" "$(failed late)"
}

a_reboot_ends_every_container_and_pods_come_back() {
  prepare
  web
  k apply -f - <<< '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}}'
  local at=$'  volumeMounts: [{name: data, mountPath: /data}]\nvolumes: [{name: data, persistentVolumeClaim: {claimName: data}}]'
  tool writer "" put /data/f kept <<< "$at"
  said writer
  tool never "" stay < /dev/null
  eventually 20 is ready k logs never
  local pid name
  pid=$(pid_of web) name=$(k get pod -l app=web -o 'jsonpath={.items[0].metadata.name}')
  "$LC" restart-component node --state "$STATE"
  refused '' alive "$pid"
  eventually 60 is 1 get "pod/$name" '{.status.containerStatuses[0].restartCount}'
  k rollout status deployment/web --timeout=60s
  eventually 30 is Failed phase never
  kubectl -n kube-system rollout status deployment/coredns --timeout=60s
  tool reader "" show /data/f <<< "$at"
  expect kept "$(said reader)"
  tool client "" get "http://web.$NS" < /dev/null
  expect "200 hello*" "$(said client)"
  say "a power cut of some seconds"
  "$LC" kill-component node --state "$STATE" --for 3s
  eventually 60 _healthy
  k rollout status deployment/web --timeout=60s
}

down_keeps_data_and_leaves_the_machine_as_it_was() {
  prepare
  web
  k create configmap kept --from-literal=a=1
  expect "stopped; $STATE keeps the data*" "$("$LC" down --state "$STATE" | tail -1)"
  as_before
  expect "not running*" "$("$LC" status --state "$STATE" 2>/dev/null || true)"
  say "with its images, too"
  "$LC" up --state "$STATE" --detach
  expect 1 "$(get cm/kept '{.data.a}')"
  k rollout status deployment/web --timeout=60s
}

down_finds_all_after_the_supervisor_was_killed() {
  prepare
  web
  kill -9 "$(_supervisor)"
  say "not from where its mounts are not to be seen, and all the machine's processes look like a container's"
  refused "mount namespace" unshare --mount "$LC" down --state "$STATE"
  "$LC" down --state "$STATE"
  as_before
  "$LC" up --state "$STATE" --detach
}

up_finds_all_after_everything_was_killed() {
  prepare
  web
  # shellcheck disable=SC2046
  kill -9 $(_pids)
  "$LC" up --state "$STATE" --detach
  k rollout status deployment/web --timeout=60s
}

an_old_journal_takes_nothing_from_another_node() {
  local old=$WORK/old
  mkdir -p "$old/run"
  say "of this boot"
  sed "s/\"bridge\": .*/\"bridge\": \"lc-0\",/; s/\"cgroup\": .*/\"cgroup\": \"local-cluster-0\",/" "$STATE/run/machine.json" > "$old/run/machine.json"
  refused "another node of containers runs" "$LC" down --state "$old"
  _healthy
  say "of another"
  sed -i 's/"boot": .*/"boot": "another",/' "$old/run/machine.json"
  refused "another node of containers runs" "$LC" down --state "$old"
  _healthy
  rm -r "$old"
}

what_others_did_meanwhile_stays() {
  prepare
  web
  local mine=(/var/lib/kubelet/config.yaml /run/containerd/containerd.sock /etc/cni/net.d/theirs.conf) file panic
  for file in "${mine[@]}"; do
    [ ! -e "$file" ]
    mkdir -p "${file%/*}"
    echo theirs > "$file"
  done
  mkdir -p /run/containerd/rootfs "$WORK/theirs"
  touch "$WORK/theirs/file"
  mount --bind "$WORK/theirs" /run/containerd/rootfs
  panic=$(sysctl -n kernel.panic)
  sysctl -qw kernel.panic=42
  "$LC" down --state "$STATE"
  expect 42 "$(sysctl -n kernel.panic)"
  sysctl -qw "kernel.panic=$(sed -n 's/^sysctl: kernel.panic = //p' "$WORK/before")"
  [ -e "$WORK/theirs/file" ]
  umount /run/containerd/rootfs
  for file in "${mine[@]}"; do expect theirs "$(cat "$file")"; done
  rm "${mine[@]}"
  rmdir --parents --ignore-fail-on-non-empty /run/containerd/rootfs "${mine[@]%/*}" || true
  as_before
  "$LC" up --state "$STATE" --detach
}

down_finds_all_after_the_folder_was_removed() {
  "$LC" down --state "$STATE"
  "$LC" up --node containers --state "$WORK/lost" --images "$WORK/tool.tar" --detach
  (export KUBECONFIG=$WORK/lost/kubeconfig; prepare; web)
  local supervisor
  supervisor=$(STATE=$WORK/lost _supervisor)
  # What is mounted in it stays.
  rm -rf "$WORK/lost" || true
  refused "(process $supervisor)" "$LC" down --state "$WORK/lost"
  kill -9 "$supervisor"
  refused "local-cluster down --state $WORK/lost" "$LC" up --state "$STATE" --detach
  expect "*stopped what was left of the cluster whose folder was $WORK/lost" "$("$LC" down --state "$WORK/lost")"
  rm -rf "$WORK/lost"
  as_before
  "$LC" up --state "$STATE" --detach
}

a_kill_after_any_step_leaves_nothing() {
  "$LC" down --state "$STATE"
  local step half=$WORK/half
  for step in journal folder cgroups module link address filter; do
    say "up, killed after: $step"
    LOCAL_CLUSTER_DIE_AFTER=$step "$LC" up --node containers --state "$half" || expect 137 $?
    [ -e "$half/run/machine.json" ]
    "$LC" down --state "$half" --purge
    as_before
  done
  for step in containers network limits sysctls files; do
    say "down, killed after: $step"
    LOCAL_CLUSTER_DIE_AFTER=filter "$LC" up --node containers --state "$half" || true
    LOCAL_CLUSTER_DIE_AFTER=$step "$LC" down --state "$half" || true
    [ -e "$half/run/machine.json" ]
    "$LC" down --state "$half" --purge
    as_before
  done
  "$LC" up --state "$STATE" --detach
}

an_up_that_was_killed_half_way_leaves_nothing_either() {
  "$LC" down --state "$STATE"
  local pause
  for pause in 0.6 1.5 3 5; do
    say "after $pause s"
    setsid "$LC" up --node containers --state "$WORK/half" > "$WORK/half.out" 2>&1 &
    local pid=$!
    sleep "$pause"
    kill -9 "$pid"
    wait "$pid" || true
    "$LC" down --state "$WORK/half" --purge
    as_before
  done
  "$LC" up --state "$STATE" --detach
}
