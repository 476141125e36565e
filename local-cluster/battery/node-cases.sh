# Cases of a node of containers that run beside each other, each in a namespace of its own.

a_job_completes_and_its_output_is_kept() {
  k create job hello --image=battery/tool:1 -- /tool say "hello from a container"
  k wait --for=condition=Complete job/hello --timeout=60s
  expect "hello from a container" "$(k logs job/hello)"
}

pod_security_restricted_is_enforced() {
  kubectl label namespace "$NS" pod-security.kubernetes.io/enforce=restricted
  web
  refused "violates PodSecurity" k run bare --image=battery/tool:1
  refused "violates PodSecurity" k apply -f - << YAML
{apiVersion: v1, kind: Pod, metadata: {name: privileged}, spec: {containers: [{name: c, image: battery/tool:1, securityContext: {privileged: true}}]}}
YAML
}

a_service_is_found_by_name() {
  web 2
  tool client "app: client" stay < /dev/null
  k wait pod/client --for=condition=Ready --timeout=60s
  eventually 10 is "200 hello from web-*" k exec client -- /tool get "http://web.$NS"
  eventually 10 is "200 hello from web-*" k exec client -- /tool get "http://web.$NS.svc.cluster.local:80"
  expect "10.96.0.10" "$(k exec client -- /tool show /etc/resolv.conf | sed -n 's/nameserver //p')"
  say "nothing outside has a name"
  refused "no such host" k exec client -- /tool lookup www.example.org
  say "a Service whose pod is gone answers by the others"
  k delete "$(k get pod -l app=web -o name | head -1)"
  eventually 10 is "200 hello from web-*" k exec client -- /tool get "http://web.$NS"
}

ports_are_forwarded() {
  web
  local port=$((20000 + RANDOM % 10000))
  kubectl -n "$NS" port-forward service/web "$port:80" > "$WORK/forward.$NS" 2>&1 &
  local pid=$!
  eventually 20 is "200 hello from web-*" "$TOOL" get "http://127.0.0.1:$port/"
  kill "$pid"
}

a_pod_asks_the_api_by_its_token_and_no_further_than_its_role() {
  k apply -f - << YAML
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader}, rules: [{apiGroups: [""], resources: [pods], verbs: [list]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: reader}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}, subjects: [{kind: ServiceAccount, name: default}]}
YAML
  tool may "" api "/api/v1/namespaces/$NS/pods?limit=1" < /dev/null
  tool may-not "" api "/api/v1/namespaces/$NS/secrets" < /dev/null
  expect "200 *" "$(said may)"
  expect "*403 *" "$(failed may-not)"
}

a_node_may_only_what_a_node_may() {
  local as_node=(kubectl --kubeconfig "$STATE/pki/node.kubeconfig")
  "${as_node[@]}" get node this-machine
  refused "is not allowed" "${as_node[@]}" label node this-machine node-restriction.kubernetes.io/x=y
  refused "forbidden" "${as_node[@]}" -n "$NS" create configmap x
  k create secret generic unused --from-literal=a=b
  refused "no relationship found" "${as_node[@]}" -n "$NS" get secret unused
}

a_container_is_confined() {
  tool confined "" show /proc/self/status < /dev/null
  local status
  status=$(said confined)
  expect "*Seccomp:	2*" "$status"
  expect "*CapEff:	0000000000000000*" "$status"
  expect "*NoNewPrivs:	1*" "$status"
  expect "*Uid:	65532	65532*" "$status"
  say "its root is its own image, and read-only where it is said"
  k apply -f - << YAML
apiVersion: v1
kind: Pod
metadata: {name: readonly}
spec:
  restartPolicy: Never
  containers:
  - {name: root, image: battery/tool:1, args: [put, /tmp/x, text], securityContext: {readOnlyRootFilesystem: true}}
  - {name: mounted, image: battery/tool:1, args: [put, /data/x, text], securityContext: {readOnlyRootFilesystem: true}, volumeMounts: [{name: data, mountPath: /data}]}
  volumes: [{name: data, emptyDir: {}}]
YAML
  eventually 30 is Failed phase readonly
  expect "*read-only file system*" "$(k logs readonly -c root)"
  expect 0 "$(get pod/readonly '{.status.containerStatuses[?(@.name=="mounted")].state.terminated.exitCode}')"
}

who_takes_too_much_memory_is_told_so() {
  k apply -f - << YAML
{apiVersion: v1, kind: Pod, metadata: {name: hungry}, spec: {restartPolicy: Never, containers: [{name: c, image: battery/tool:1, args: [eat, "200"], resources: {limits: {memory: 32Mi}}}]}}
YAML
  eventually 30 is "OOMKilled 137" get pod/hungry '{.status.containerStatuses[0].state.terminated.reason} {.status.containerStatuses[0].state.terminated.exitCode}'
}

who_takes_too_much_disk_is_evicted() {
  k apply -f - << YAML
{apiVersion: v1, kind: Pod, metadata: {name: large}, spec: {restartPolicy: Never, terminationGracePeriodSeconds: 1, containers: [{name: c, image: battery/tool:1, args: [fill, /data/x, "8"], volumeMounts: [{name: data, mountPath: /data}]}], volumes: [{name: data, emptyDir: {sizeLimit: 2Mi}}]}}
YAML
  eventually 60 is "Failed Evicted" get pod/large '{.status.phase} {.status.reason}'
  expect "*exceeds the limit*" "$(get pod/large '{.status.message}')"
}

volumes_of_claims_outlive_their_pods() {
  k apply -f - <<< '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}}'
  k apply -f - <<< '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: many}, spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Mi}}}}'
  local at=$'  volumeMounts: [{name: data, mountPath: /data}]\nvolumes: [{name: data, persistentVolumeClaim: {claimName: data}}]'
  tool writer "" put /data/f kept <<< "$at"
  said writer
  k delete pod writer
  tool reader "" show /data/f <<< "$at"
  expect kept "$(said reader)"
  [ -n "$(find "$STATE/volumes" -name "${NS}_data_*")" ]
  k delete pod reader
  k delete pvc data
  eventually 20 is '' find "$STATE/volumes" -name "${NS}_data_*"
  say "what a folder can't be is refused"
  k apply -f - <<< '{apiVersion: v1, kind: Pod, metadata: {name: shared}, spec: {containers: [{name: c, image: battery/tool:1}], volumes: [{name: v, persistentVolumeClaim: {claimName: many}}]}}'
  eventually 20 is "*access mode ReadWriteMany*" events
}

network_policies_hold_from_the_first_packet() {
  web
  tool client "app: client" stay < /dev/null
  k wait pod/client --for=condition=Ready --timeout=60s
  local gateway
  gateway=$(kubectl get node this-machine -o 'jsonpath={.status.addresses[0].address}')
  eventually 10 is "200 hello*" k exec client -- /tool get "http://web.$NS"
  k apply -f - << YAML
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: no-ingress}, spec: {podSelector: {matchLabels: {app: web}}}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: no-egress}, spec: {podSelector: {matchLabels: {egress: denied}}, policyTypes: [Egress]}}
YAML
  eventually 5 refused "deadline" k exec client -- /tool get "http://web.$NS"
  say "no packet of a new pod gets out: neither to DNS nor to the API server"
  tool first "egress: denied" lookup "web.$NS" < /dev/null
  tool second "egress: denied" get "https://$gateway:$(sed -n 's/.*"kube-apiserver": \([0-9]*\).*/\1/p' "$STATE/ports.json")/" < /dev/null
  expect "*i/o timeout*" "$(failed first)"
  expect "*deadline exceeded*" "$(failed second)"
  say "the kubelet's probes go on"
  k rollout status deployment/web --timeout=10s
  say "what is allowed passes from the first packet, and nothing else"
  k apply -f - << YAML
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: from-clients}, spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: client}}}], ports: [{port: http}]}]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: dns}, spec: {podSelector: {matchLabels: {egress: denied}}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}]}}
YAML
  tool allowed "app: client" get "http://web.$NS" < /dev/null
  tool other "app: other" get "http://web.$NS" < /dev/null
  tool names "egress: denied" lookup "web.$NS" < /dev/null
  tool elsewhere "egress: denied" get "http://web.$NS" < /dev/null
  expect "200 hello*" "$(said allowed)"
  expect "10.96.*" "$(said names)"
  expect "*deadline exceeded*" "$(failed other)"
  expect "*deadline exceeded*" "$(failed elsewhere)"
}

what_names_no_receiver_passes_no_policy() {
  web
  tool client "app: client" stay < /dev/null
  k wait pod/client --for=condition=Ready --timeout=60s
  local interfaces address
  interfaces=$(k exec deployment/web -- /tool show /proc/net/if_inet6) || { say "this machine has no IPv6"; return 0; }
  address=$(awk '$6 == "eth0" && $1 ~ /^fe80/ { print $1 }' <<< "$interfaces" | sed 's/..../&:/g; s/:$//')
  [ -n "$address" ]
  say "not by an address of IPv6, which every pod has for its own link"
  eventually 10 is "200 hello*" k exec client -- /tool get "http://web.$NS"
  refused "deadline" k exec client -- /tool get "http://[$address%25eth0]:8080"
}

a_killed_container_is_started_again() {
  k run p --image=battery/tool:1 -- stay
  eventually 20 is ready k logs p
  kill -9 "$(pid_of p)"
  eventually 30 is "Running 1 137" get pod/p '{.status.phase} {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].lastState.terminated.exitCode}'
  k delete pod p --timeout=60s
}

a_sidecar_runs_beside() {
  k apply -f - << YAML
{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {restartPolicy: Never, initContainers: [{name: side, image: battery/tool:1, args: [serve, "8081"], restartPolicy: Always, startupProbe: {httpGet: {path: /, port: 8081}, periodSeconds: 1}}], containers: [{name: main, image: battery/tool:1, args: [get, "http://127.0.0.1:8081/"]}]}}
YAML
  eventually 30 is Succeeded phase p
  expect "200 hello from p" "$(k logs p -c main)"
}

an_image_that_was_not_loaded_is_not_pulled() {
  k run p --image=nobody/has-it:1
  say "the only registry that is asked is one that nobody serves"
  eventually 30 is "*nobody/has-it*127.0.0.1:1*" events
  tar -C "$BATTERY" -cf "$WORK/odd.tar" lib.sh
  refused "neither a docker nor an OCI archive" "$LC" load-image "$WORK/odd.tar" --state "$STATE"
  refused "no such file" "$LC" load-image "$WORK/none.tar" --state "$STATE"
  expect "loaded localhost/second:1" "$("$LC" load-image "$WORK/second.tar" --state "$STATE")"
  k run second --image=localhost/second:1 --restart=Never -- say loaded
  expect loaded "$(said second)"
}
