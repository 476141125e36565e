# Words of the cases of a node of containers, besides those of lib.sh.

# tool NAME LABELS ARGUMENT…: a pod that runs the tool once; lines of standard input are added to its spec.
tool() {
  local name=$1 labels=$2 more= arguments=
  shift 2
  [ -t 0 ] || more=$(sed 's/^/  /')
  for argument; do arguments+="$(quote "$argument"), "; done
  k apply -f - << YAML
apiVersion: v1
kind: Pod
metadata: {name: $name, labels: {$labels}}
spec:
  restartPolicy: Never
  terminationGracePeriodSeconds: 5
  containers:
  - name: main
    image: battery/tool:1
    args: [$arguments]
    securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}
$more
YAML
}

# said NAME: waits for the pod's end and prints what it said; fails as it did.
said() {
  eventually 30 over "$1" > /dev/null || { k get pod "$1" -o yaml; return 1; }
  k logs "$1"
  expect Succeeded "$(phase "$1")"
}
over() { [[ $(phase "$1") == Succeeded || $(phase "$1") == Failed ]]; }

# failed NAME: the same for one that has to fail.
failed() {
  eventually 30 over "$1" > /dev/null
  k logs "$1"
  expect Failed "$(phase "$1")"
}

# web: two web servers behind a Service, allowed under "restricted".
web() {
  k apply -f - << YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${1:-1}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 2
      securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
      containers:
      - name: web
        image: battery/tool:1
        args: [serve, "8080"]
        ports: [{name: http, containerPort: 8080}]
        readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 1}
        resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 64Mi}}
        securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
YAML
  k rollout status deployment/web --timeout=60s
}

_healthy() { "$LC" status --state "$STATE" > /dev/null; }

# alive PID: it runs; one that has ended and that init has not asked for yet does not.
alive() { [ -e "/proc/$1" ] && ! grep -qs '^State:.*zombie' "/proc/$1/status"; }

# as_before: the machine is as it was before the first up.
as_before() {
  "$BATTERY/machine-state" > "$WORK/after"
  diff "$WORK/before" "$WORK/after"
}

_pids() { "$LC" status --state "$STATE" -o json | sed -n 's/.*"\(pid\|supervisorPid\)": \([0-9]*\).*/\2/p'; }
_supervisor() { "$LC" status --state "$STATE" -o json | sed -n 's/.*"supervisorPid": \([0-9]*\).*/\1/p'; }

down_leaves_the_machine_as_it_was() {
  "$LC" down --state "$STATE" --purge
  as_before
  [ ! -e "$STATE" ]
}
