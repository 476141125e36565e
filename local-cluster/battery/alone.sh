# Cases that break the cluster on purpose. They run one after the other, in this order.

_healthy() { "$LC" status --state "$STATE" > /dev/null; }

up_again_finds_it_running() {
  expect "already running*export KUBECONFIG=$KUBECONFIG" "$("$LC" up --state "$STATE" --detach)"
  expect 700 "$(stat -c %a "$STATE")"
  expect 600 "$(stat -c %a "$KUBECONFIG")"
  expect '' "$(find "$STATE" -name '*.key' ! -perm 600)"
}

a_killed_api_server_comes_back_and_pods_live_on() {
  pod p 'echo ready; sleep 1000' <<< 'terminationGracePeriodSeconds: 1'
  eventually 20 is ready k logs p
  local pid
  pid=$(pid_of p)
  "$LC" kill-component kube-apiserver --state "$STATE"
  "$LC" kill-component etcd --state "$STATE"
  eventually 60 _healthy
  "$LC" restart-component kube-scheduler --state "$STATE"
  [ -e "/proc/$pid" ]
  expect Running "$(phase p)"
  k delete pod p --timeout=90s
}

a_killed_node_tells_what_became_of_its_pods() {
  pod never 'setsid env -i sleep 1003 & echo ready; sleep 1000'
  k run always --image=local/sh:1 -- 'trap "exit 0" TERM; echo ready; sleep 1000 & wait'
  eventually 20 is ready k logs never
  eventually 20 is ready k logs always
  local pid namespace held
  pid=$(pid_of never)
  exec {held}< "/proc/$pid/ns/mnt" # while it is held, no other container gets the namespace's number
  namespace=$(readlink "/proc/$pid/ns/mnt")
  "$LC" kill-component node --state "$STATE"
  eventually 30 is "Failed 137 ContainerStatusUnknown" get pod/never '{.status.phase} {.status.containerStatuses[0].state.terminated.exitCode} {.status.containerStatuses[0].state.terminated.reason}'
  expect TerminationByKubelet "$(get pod/never '{.status.conditions[?(@.type=="DisruptionTarget")].reason}')"
  eventually 30 is "Running 1 137" get pod/always '{.status.phase} {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].lastState.terminated.exitCode}'
  expect ready "$(k logs never)"
  ls -l /proc/[0-9]*/ns/mnt 2>/dev/null | grep -F "$namespace" && { echo "a process of the dead container lives on"; return 1; }
  exec {held}<&-
  eventually 30 _healthy
}

a_pod_deleted_while_the_node_was_away_goes_when_it_is_back() {
  pod p 'echo ready; sleep 1000'
  eventually 20 is ready k logs p
  "$LC" kill-component node --state "$STATE" --for 2s
  k delete pod p --wait=false
  eventually 30 refused NotFound k get pod p
  eventually 30 _healthy
}

everything_killed_is_found_again_by_up() {
  k create configmap kept --from-literal=a=1
  local before
  before=$(cat "$KUBECONFIG")
  # shellcheck disable=SC2046
  kill -9 $("$LC" status --state "$STATE" -o json | sed -n 's/.*"\(pid\|supervisorPid\)": \([0-9]*\).*/\2/p')
  eventually 10 refused "not everything" "$LC" status --state "$STATE"
  "$LC" up --state "$STATE" --detach
  [ "$before" = "$(cat "$KUBECONFIG")" ]
  expect 1 "$(get cm/kept '{.data.a}')"
  pod p 'true'
  eventually 30 is Succeeded phase p
}

volumes_outlive_kills_and_down() {
  k apply -f - <<< '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}}'
  local at=$'  volumeMounts: [{name: data, mountPath: /data}]\nvolumes: [{name: data, persistentVolumeClaim: {claimName: data}}]'
  pod writer 'echo kept > /data/f; sync; echo ready; sleep 1000' <<< "$at"
  eventually 30 is ready k logs writer
  # shellcheck disable=SC2046
  kill -9 $("$LC" status --state "$STATE" -o json | sed -n 's/.*"\(pid\|supervisorPid\)": \([0-9]*\).*/\2/p')
  "$LC" up --state "$STATE" --detach
  pod second 'cat /data/f' <<< "$at"
  eventually 30 is Succeeded phase second
  expect kept "$(k logs second)"
  expect "stopped; *$STATE keeps the data, *volume* among it (down --purge removes it)" "$("$LC" down --state "$STATE" | tail -1)"
  "$LC" up --state "$STATE" --detach
  pod third 'cat /data/f' <<< "$at"
  eventually 30 is Succeeded phase third
  expect kept "$(k logs third)"
  say "a claim that is deleted while the node is away takes its folder along when it is back"
  k delete pod writer second third --timeout=90s
  "$LC" kill-component node --state "$STATE" --for 2s
  k delete pvc data
  eventually 30 is '' find "$STATE/volumes" -name "${NS}_data_*"
  eventually 30 _healthy
}

nothing_outlives_down() {
  pod p 'setsid sleep 1004 & setsid env -i sleep 1005 & (setsid nohup sleep 1006 &) ; echo ready; sleep 1000' <<< 'terminationGracePeriodSeconds: 1'
  eventually 20 is ready k logs p
  "$LC" down --state "$STATE"
  expect '' "$(grep -lzs "LOCAL_CLUSTER_STATE=$STATE" /proc/[0-9]*/environ || true)"
  expect '' "$(pgrep -f 'sleep 100[456]' || true)"
  expect "not running*" "$("$LC" status --state "$STATE" 2>/dev/null || true)"
  "$LC" down --state "$STATE"
  "$LC" up --state "$STATE" --detach
  say "the pod went with the node; its object tells so"
  eventually 20 is Failed phase p
}

nothing_outlives_down_after_the_supervisor_was_killed() {
  pod p '(setsid nohup sleep 1007 &) ; echo ready; sleep 1000'
  eventually 20 is ready k logs p
  kill -9 "$("$LC" status --state "$STATE" -o json | sed -n 's/.*"supervisorPid": \([0-9]*\).*/\1/p')"
  "$LC" down --state "$STATE"
  expect '' "$(grep -lzs "LOCAL_CLUSTER_STATE=$STATE" /proc/[0-9]*/environ || true)"
  expect '' "$(pgrep -f 'sleep 1007' || true)"
  "$LC" up --state "$STATE" --detach
}

a_cluster_in_the_foreground_ends_with_its_signal() {
  local second=$WORK/second
  "$LC" up --state "$second" > "$WORK/second.out" 2>&1 &
  local pid=$!
  eventually 60 grep -q "export KUBECONFIG=$second/kubeconfig" "$WORK/second.out"
  KUBECONFIG=$second/kubeconfig kubectl get nodes
  kill -TERM "$pid"
  wait "$pid"
  expect '' "$(grep -lzs "LOCAL_CLUSTER_STATE=$second" /proc/[0-9]*/environ || true)"
  "$LC" down --state "$second" --purge
  [ ! -e "$second" ]
}

wrong_use_is_explained() {
  refused "no state folder given: say --state DIR" env -u LOCAL_CLUSTER_DIR "$LC" up
  printf 'images: {a: {comand: [x]}}' > "$WORK/wrong.yaml"
  refused 'unknown field "comand"' "$LC" up --state "$WORK/third" --images "$WORK/wrong.yaml"
  refused "--keep-logs lots is no size" "$LC" up --state "$WORK/third" --keep-logs lots
  refused "no such file" "$LC" up --state "$WORK/third" --images "$WORK/none.yaml"
  refused 'no component "etdc": there are etcd, kube-apiserver' "$LC" kill-component etdc --state "$STATE"
  refused "no cluster is running" "$LC" kill-component etcd --state "$WORK/third"
  expect "nothing to stop*" "$("$LC" down --state "$WORK/never")"
}
