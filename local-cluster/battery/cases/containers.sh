# What our node does with the containers of a pod.

volumes_stand_at_their_paths() {
  k create configmap settings --from-literal=a=1 --from-literal=b=2
  k create secret generic keys --from-literal=api-key=hush
  pod p 'cd /var/run/beckon; cat all/a all/b one/renamed keys/api-key projected/where/b projected/labels sub.txt; stat -Lc %a keys/api-key; echo x > scratch/f; cat scratch/f; df --output=fstype memory | tail -1; touch keys/new 2>/dev/null || echo read-only' << 'YAML'
  volumeMounts:
  - {name: all, mountPath: /var/run/beckon/all}
  - {name: one, mountPath: /var/run/beckon/one}
  - {name: keys, mountPath: /var/run/beckon/keys}
  - {name: projected, mountPath: /var/run/beckon/projected}
  - {name: all, mountPath: /var/run/beckon/sub.txt, subPath: a}
  - {name: scratch, mountPath: /var/run/beckon/scratch}
  - {name: memory, mountPath: /var/run/beckon/memory}
volumes:
- {name: all, configMap: {name: settings}}
- {name: one, configMap: {name: settings, items: [{key: a, path: renamed}]}}
- {name: keys, secret: {secretName: keys, defaultMode: 0400}}
- {name: projected, projected: {sources: [{configMap: {name: settings, items: [{key: b, path: where/b}]}}, {downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}]}}
- {name: scratch, emptyDir: {}}
- {name: memory, emptyDir: {medium: Memory}}
YAML
  eventually 20 is Succeeded phase p
  expect '121hush2app="p"1400*x*tmpfs*read-only' "$(k logs p | tr -d '\n')"
  say "the machine itself has none of it"
  [ ! -e /var/run/beckon/all ]
}

a_projected_volume_holds_secrets_beside_others() {
  k create secret generic one --from-literal=word=hush --from-literal=other=x
  k create secret generic two --from-literal=pin=1234
  k create configmap settings --from-literal=a=1
  pod p 'cd /all; ls | tr "\n" " "; cat secret/word two.pin a; stat -Lc %a secret/word two.pin a; [ -s token ] && echo token; touch new 2>/dev/null || echo read-only' << 'YAML'
  volumeMounts: [{name: all, mountPath: /all}]
volumes:
- name: all
  projected:
    defaultMode: 0440
    sources:
    - secret: {name: one, items: [{key: word, path: secret/word, mode: 0400}]}
    - secret: {name: two, items: [{key: pin, path: two.pin}]}
    - secret: {name: none, optional: true}
    - configMap: {name: settings}
    - serviceAccountToken: {path: token, expirationSeconds: 3600}
YAML
  eventually 20 is Succeeded phase p
  expect 'a secret token two.pin hush12341400'$'\n'440$'\n'440$'\n'token$'\n'read-only "$(k logs p)"
  pod q 'true' << 'YAML'
  volumeMounts: [{name: all, mountPath: /all}]
volumes: [{name: all, projected: {sources: [{secret: {name: one, items: [{key: nokey, path: x}]}}]}}]
YAML
  eventually 20 is '*FailedMount*Secret "one" has no key "nokey"*' events
}

a_missing_secret_is_waited_for() {
  pod p 'cat /keys/word' << 'YAML'
  volumeMounts: [{name: keys, mountPath: /keys}]
volumes: [{name: keys, secret: {secretName: late}}]
YAML
  eventually 20 is '*FailedMount*secrets "late" not found*' events
  expect "Pending ContainerCreating" "$(get pod/p '{.status.phase} {.status.containerStatuses[0].state.waiting.reason}')"
  k create secret generic late --from-literal=word=here
  eventually 20 is Succeeded phase p
  expect here "$(k logs p)"
}

environment_comes_from_everywhere() {
  k create configmap settings --from-literal=COLOUR=red --from-literal=SHAPE=round
  k create secret generic keys --from-literal=word=hush
  pod p 'echo $COLOUR $X_SHAPE $WORD $NAME $NODE $IP $LIMIT $GREETING $POD_IP $(hostname); getent hosts $(hostname) | cut -d" " -f1' << 'YAML'
  resources: {limits: {memory: 64Mi}}
  envFrom: [{configMapRef: {name: settings}}, {prefix: X_, configMapRef: {name: settings}}, {secretRef: {name: none, optional: true}}]
  env:
  - {name: WORD, valueFrom: {secretKeyRef: {name: keys, key: word}}}
  - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
  - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
  - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
  - {name: LIMIT, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
  - {name: GREETING, value: "hello-$(NAME)-$(NOBODY)-$$(NAME)"}
YAML
  eventually 20 is Succeeded phase p
  local ip
  ip=$(get pod/p '{.status.podIP}')
  expect "127.*.*.*" "$ip"
  expect "red round hush p this-machine $ip 67108864 hello-p-\$(NOBODY)-\$(NAME) $ip p"$'\n'"$ip" "$(k logs p)"
}

a_missing_key_is_a_config_error() {
  pod p 'true' <<< '  env: [{name: WORD, valueFrom: {secretKeyRef: {name: none, key: word}}}]'
  eventually 20 is 'Pending CreateContainerConfigError*none*' get pod/p '{.status.phase} {.status.containerStatuses[0].state.waiting.reason}{.status.containerStatuses[0].state.waiting.message}'
}

an_unknown_image_waits_and_names_the_known_ones() {
  k run p --image=local/none:7 --restart=Never
  eventually 20 is 'Pending ImagePullBackOff' get pod/p '{.status.phase} {.status.containerStatuses[0].state.waiting.reason}'
  expect '*no program is known for image "local/none:7"; the image table has *local/sh:1*' "$(events)"
  sed -i 's|^images:|images:\n  "local/none:7": {command: [/bin/true]}|' "$IMAGES"
  eventually 20 is Succeeded phase p
}

what_the_node_cannot_do_is_refused() {
  pod p 'true' << 'YAML'
  stdin: true
volumes: [{name: v, hostPath: {path: /}}]
YAML
  eventually 20 is "Failed NotSupported" get pod/p '{.status.phase} {.status.reason}'
  expect '*NotSupported: *volume "v" of type hostPath: *; container "main": stdin or tty*' "$(events)"
}

volumes_of_the_network_are_refused() {
  pod p 'true' << 'YAML'
  volumeMounts: [{name: files, mountPath: /files}]
volumes:
- {name: files, nfs: {server: 127.0.0.1, path: /}}
- {name: disk, iscsi: {targetPortal: "127.0.0.1:3260", iqn: "iqn.2026-11.local:disk", lun: 0}}
- {name: driver, csi: {driver: example.local}}
- {name: image, image: {reference: "local/sh:1"}}
YAML
  eventually 20 is "Failed NotSupported" get pod/p '{.status.phase} {.status.reason}'
  expect '*volume "files" of type nfs: *; volume "disk" of type iscsi: *; volume "driver" of type csi: *; volume "image" of type image: *' "$(get pod/p '{.status.message}')"
  expect '' "$(k logs p 2>/dev/null || true)"
}

more_rights_than_the_node_has_to_give_are_refused() {
  pod p 'true' << 'YAML'
  ports: [{containerPort: 80, hostPort: 80}]
  securityContext: {capabilities: {add: [NET_ADMIN]}}
hostNetwork: true
YAML
  eventually 20 is "Failed NotSupported" get pod/p '{.status.phase} {.status.reason}'
  expect '*container "main": hostPort 80: *; container "main": added capabilities; hostNetwork: *' "$(get pod/p '{.status.message}')"
  say "these the API server itself refuses"
  refused "privileged: Forbidden" pod q 'true' <<< '  securityContext: {privileged: true}'
  pod r 'sleep 100' <<< 'terminationGracePeriodSeconds: 1'
  refused "without support for resize" k patch pod r --subresource resize -p '{"spec": {"containers": [{"name": "main", "resources": {"requests": {"cpu": "200m"}}}]}}'
}

logs_of_removed_pods_are_kept() {
  pod gone 'echo last words; echo more > /dev/termination-log'
  eventually 20 is Succeeded phase gone
  k delete pod gone --timeout=90s
  local folder
  eventually 10 ls -d "$STATE/removed-logs/${NS}_gone_"*
  folder=$(ls -d "$STATE/removed-logs/${NS}_gone_"*)
  expect '* stdout F last words' "$(cat "$folder/main/0.log")"
  expect more "$(cat "$folder/main/termination-log")"
}

a_pod_knows_its_full_name() {
  pod p 'hostname -f' <<< 'subdomain: sub'
  eventually 20 is Succeeded phase p
  expect "p.sub.$NS.svc.cluster.local" "$(k logs p)"
}

a_program_that_is_missing_cannot_run() {
  k run p --image=local/sh:1 --restart=Never --command -- /no/such/program
  eventually 20 is "Failed ContainerCannotRun 127" get pod/p '{.status.phase} {.status.containerStatuses[0].state.terminated.reason} {.status.containerStatuses[0].state.terminated.exitCode}'
}

a_crashing_container_is_restarted_with_back_off() {
  k run p --image=local/sh:1 -- 'echo run; exit 3'
  eventually 20 is "CrashLoopBackOff 3 1" get pod/p '{.status.containerStatuses[0].state.waiting.reason} {.status.containerStatuses[0].lastState.terminated.exitCode} {.status.containerStatuses[0].restartCount}'
  expect '*back-off 10s restarting failed container=p*' "$(get pod/p '{.status.containerStatuses[0].state.waiting.message}')"
  expect run "$(k logs p --previous)"
  eventually 25 is 2 get pod/p '{.status.containerStatuses[0].restartCount}'
}

init_containers_go_first() {
  pod p 'cat /work/made' << 'YAML'
  volumeMounts: [{name: work, mountPath: /work}]
initContainers:
- {name: one, image: "local/sh:1", args: ["echo one > /work/made"], volumeMounts: [{name: work, mountPath: /work}]}
- {name: two, image: "local/sh:1", args: ["echo two >> /work/made"], volumeMounts: [{name: work, mountPath: /work}]}
volumes: [{name: work, emptyDir: {}}]
YAML
  eventually 20 is Succeeded phase p
  expect one$'\n'two "$(k logs p)"
  pod q 'echo never' <<< 'initContainers: [{name: one, image: "local/sh:1", args: ["exit 1"]}]'
  eventually 20 is Failed phase q
  expect '' "$(k logs q -c main 2>/dev/null)"
}

sigterm_comes_first() {
  pod p 'trap "echo leaving; exit 7" TERM; echo ready; sleep 100 & wait'
  eventually 20 is ready k logs p
  local begin=$EPOCHREALTIME
  k delete pod p --grace-period=45 --timeout=90s
  awk "BEGIN { took = $EPOCHREALTIME - $begin; print \"gone after \" took \" s\"; exit !(took < 40) }"
  say "it had the time for its own last words"
  eventually 10 ls -d "$STATE/removed-logs/${NS}_p_"*
  expect '*ready*stdout F leaving' "$(cat "$STATE/removed-logs/${NS}_p_"*/main/0.log)"
}

sigkill_follows_and_takes_everything() {
  # shellcheck disable=SC2016
  pod p 'trap "" TERM; setsid env -i /bin/sh -c "trap \"\" TERM; sleep 1001" & setsid sleep 1002 & echo ready; while :; do sleep 1; done' <<< 'terminationGracePeriodSeconds: 3'
  eventually 20 is ready k logs p
  local pid namespace held begin=$EPOCHREALTIME
  pid=$(pid_of p)
  exec {held}< "/proc/$pid/ns/mnt" # while it is held, no other container gets the namespace's number
  namespace=$(readlink "/proc/$pid/ns/mnt")
  k delete pod p --timeout=90s
  awk "BEGIN { took = $EPOCHREALTIME - $begin; print \"gone after \" took \" s\"; exit !(took > 2.5 && took < 60) }"
  say "when the object is gone, so is every process"
  [ ! -e "/proc/$pid" ]
  expect '' "$(ls -l /proc/[0-9]*/ns/mnt 2>/dev/null | grep -F "$namespace" || true)"
  exec {held}<&-
}

the_object_stays_while_a_process_lives() {
  pod p 'trap "sleep 2; exit 0" TERM; echo ready; sleep 100 & wait'
  eventually 20 is ready k logs p
  local pid
  pid=$(pid_of p)
  k delete pod p --wait=false
  while [ -e "/proc/$pid" ]; do
    k get pod p > "$WORK/$NS.seen" 2>&1 || { [ ! -e "/proc/$pid" ] && break; echo "the object went before its process"; return 1; }
    sleep 0.1
  done
  eventually 10 refused NotFound k get pod p
}

a_pre_stop_hook_runs() {
  pod p 'trap "echo term; exit 0" TERM; echo ready; sleep 100 & wait' <<< '  lifecycle: {preStop: {exec: {command: [sh, -c, "echo hook > /tmp/$HOSTNAME-hook"]}}}'
  eventually 20 is ready k logs p
  k delete pod p --timeout=90s
  expect hook "$(cat /tmp/p-hook)"
  rm /tmp/p-hook
}

probes_decide_over_ready_and_alive() {
  pod p 'echo start; while :; do sleep 1; done' << 'YAML'
  volumeMounts: [{name: work, mountPath: /work}]
  startupProbe: {exec: {command: [test, -e, /work/started]}, periodSeconds: 1, failureThreshold: 60}
  readinessProbe: {exec: {command: [test, -e, /work/ready]}, periodSeconds: 1, failureThreshold: 1}
  livenessProbe: {exec: {command: [test, "!", -e, /work/dead]}, periodSeconds: 1, failureThreshold: 1}
volumes: [{name: work, emptyDir: {}}]
terminationGracePeriodSeconds: 1
YAML
  eventually 20 is "Running false false" get pod/p '{.status.phase} {.status.containerStatuses[0].started} {.status.containerStatuses[0].ready}'
  k exec p -- touch /work/started
  eventually 10 is "true false" get pod/p '{.status.containerStatuses[0].started} {.status.containerStatuses[0].ready}'
  k exec p -- touch /work/ready
  k wait --for=condition=Ready pod/p --timeout=90s
  k exec p -- rm /work/ready
  k wait --for=condition=Ready=false pod/p --timeout=90s
  k exec p -- touch /work/dead
  eventually 20 is '*Unhealthy: Liveness probe failed*' events
  eventually 20 is Failed phase p
}

http_probes_and_port_forward_reach_the_pod() {
  k apply -f - << 'YAML'
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: local/kubectl:1
    args: [proxy, --port=8080, "--address=$(POD_IP)", --accept-hosts=.*, --www=/etc]
    readinessProbe: {httpGet: {path: /static/hostname, port: 8080}, periodSeconds: 1}
    livenessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
YAML
  k wait --for=condition=Ready pod/p --timeout=90s
  k port-forward pod/p 0:8080 > "$WORK/$NS.forward" &
  local forward=$!
  eventually 10 grep -q 'Forwarding from 127' "$WORK/$NS.forward"
  local port
  port=$(sed -n 's/Forwarding from 127.0.0.1:\([0-9]*\).*/\1/p' "$WORK/$NS.forward")
  expect "$(cat /etc/hostname)" "$(curl -s "http://127.0.0.1:$port/static/hostname")"
  kill "$forward"
}

logs_have_their_options() {
  pod p 'for i in 1 2 3 4 5; do echo line $i; done; sleep 1; echo to stderr >&2; until [ -e /work/go ]; do sleep 0.1; done; echo last' << 'YAML'
  volumeMounts: [{name: work, mountPath: /work}]
volumes: [{name: work, emptyDir: {}}]
YAML
  eventually 20 is '*to stderr*' k logs p
  expect "line 4"$'\n'"line 5"$'\n'"to stderr" "$(k logs p --tail=3)"
  expect '' "$(k logs p --tail=0)"
  expect '20??-??-??T??:??:??.*Z line 1' "$(k logs p --timestamps | head -1)"
  kubectl -n "$NS" logs -f p > "$WORK/$NS.followed" &
  local follower=$!
  eventually 10 grep -q 'to stderr' "$WORK/$NS.followed"
  k exec p -- touch /work/go
  wait "$follower"
  expect last "$(tail -1 "$WORK/$NS.followed")"
  expect '' "$(k logs p --since=1s --tail=1 | grep line || true)"
  expect 'lin' "$(k logs p --limit-bytes=3)"
  refused 'previous terminated container' k logs p --previous
}

termination_message_is_bounded_and_may_come_from_the_log() {
  pod long 'head -c 9000 /dev/zero | tr "\0" x > /dev/termination-log'
  pod log 'echo the reason; exit 1' <<< '  terminationMessagePolicy: FallbackToLogsOnError'
  pod path 'echo here > /result/message' <<< '  terminationMessagePath: /result/message'
  eventually 20 is Succeeded phase long
  expect 4096 "$(get pod/long '{.status.containerStatuses[0].state.terminated.message}' | wc -c)"
  eventually 20 is Failed phase log
  expect "the reason*" "$(get pod/log '{.status.containerStatuses[0].state.terminated.message}')"
  eventually 20 is Succeeded phase path
  expect "here*" "$(get pod/path '{.status.containerStatuses[0].state.terminated.message}')"
}

security_context_is_honoured() {
  pod p 'id -u; id -g; id -G; touch /tmp/should-not-be 2>/dev/null && echo wrote; echo x > /work/x && stat -c %g /work/x' << 'YAML'
  securityContext: {readOnlyRootFilesystem: true}
  volumeMounts: [{name: work, mountPath: /work}]
volumes: [{name: work, emptyDir: {}}]
securityContext: {runAsUser: 12345, runAsGroup: 2345, fsGroup: 3456}
YAML
  eventually 20 is Succeeded phase p
  expect "12345 2345 2345 3456 3456" "$(k logs p | tr '\n' ' ' | sed 's/ $//')"
  pod q 'true' <<< 'securityContext: {runAsNonRoot: true}'
  eventually 20 is '*runAsNonRoot*' get pod/q '{.status.containerStatuses[0].state.waiting.message}'
}

a_container_has_its_processes_for_itself() {
  pod own 'echo $$$$; ls -d /proc/[0-9]* | wc -l'
  pod shared 'tr "\0" " " < /proc/1/cmdline' <<< 'shareProcessNamespace: true'
  pod host 'grep -c . /proc/1/comm; [ $$$$ -gt 1 ] && echo others' <<< 'hostPID: true'
  eventually 20 is Succeeded phase own
  expect 1$'\n''[1-5]' "$(k logs own)"
  eventually 20 is Succeeded phase shared
  expect "sleep infinity*" "$(k logs shared)"
  eventually 20 is Succeeded phase host
  expect 1$'\n'others "$(k logs host)"
}

exec_runs_beside_the_container() {
  pod p 'sleep 100' <<< '  env: [{name: WORD, value: hush}]
terminationGracePeriodSeconds: 1'
  k wait --for=condition=Ready pod/p --timeout=90s
  expect "p hush in" "$(echo in | k exec -i p -- sh -c 'echo $(hostname) $WORD $(cat)')"
  local code=0
  k exec p -- sh -c 'exit 9' || code=$?
  expect 9 "$code"
}

a_full_empty_folder_evicts_the_pod() {
  pod p 'head -c 200000 /dev/zero > /work/big; sleep 100' << 'YAML'
  volumeMounts: [{name: work, mountPath: /work}]
volumes: [{name: work, emptyDir: {sizeLimit: 100Ki}}]
terminationGracePeriodSeconds: 1
YAML
  eventually 30 is "Failed Evicted" get pod/p '{.status.phase} {.status.reason}'
}

# _download SECRET: what a person types, from the example itself.
_download() { sed "s/namespace: beckon-system/namespace: $NS/; s/secretName: beckon-steward/secretName: $1/" "$BATTERY/../../examples/parser/download.yaml" | k apply -f -; }

a_dataset_is_fetched_out_of_a_pod_and_stands_in_no_log() {
  k create secret generic beckon-steward --from-literal=jdbc-url=x
  _download beckon-steward
  k wait --for=condition=Ready pod/dataset-download --timeout=90s
  expect $'user_id,username\n7,somebody_of_the_list' "$(k exec dataset-download -c fetch -- cat /export/members.csv)"
  expect '-rw-------*' "$(k exec dataset-download -c fetch -- ls -l /export/members.csv)"
  refused 'Read-only file system' k exec dataset-download -c fetch -- sh -c 'echo > /export/more'
  expect '' "$(k logs dataset-download -c export; k logs dataset-download -c fetch)"
  k delete pod dataset-download --timeout=90s
  if grep -rqs somebody_of_the_list "$STATE"; then echo "somebody stands in a file of the node"; return 1; fi

  # One that can't be written says so, and nobody waits in it.
  k create secret generic other --from-literal=nothing=x
  _download other
  eventually 20 is Failed phase dataset-download
  expect 'no Secret' "$(k logs dataset-download -c export)"
}
