# Jobs and Deployments: controllers of Kubernetes, pods of ours.

job_completes_and_tells_its_result() {
  k apply -f - << 'YAML'
apiVersion: batch/v1
kind: Job
metadata: {name: j}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: "local/sh:1", args: ["echo working; echo 42 people > /dev/termination-log"]}]
YAML
  k wait --for=condition=complete job/j --timeout=90s
  expect working "$(k logs job/j)"
  expect "42 people*" "$(get pods '{.items[0].status.containerStatuses[0].state.terminated.message}')"
  expect "*Reason:*Completed*Exit Code:*0*Started container main*" "$(k describe pods)"
}

exit_codes_drive_the_failure_policy() {
  k apply -f - << 'YAML'
apiVersion: batch/v1
kind: Job
metadata: {name: j}
spec:
  backoffLimit: 5
  podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}
  template: {spec: {restartPolicy: Never, containers: [{name: main, image: "local/sh:1", args: ["exit 42"]}]}}
YAML
  k wait --for=condition=failed job/j --timeout=90s
  expect PodFailurePolicy "$(get job/j '{.status.conditions[?(@.type=="Failed")].reason}')"
  expect "Failed Error 42" "$(get pods '{.items[0].status.phase} {.items[0].status.containerStatuses[0].state.terminated.reason} {.items[0].status.containerStatuses[0].state.terminated.exitCode}')"
}

job_deadline_ends_its_pod() {
  k apply -f - << 'YAML'
apiVersion: batch/v1
kind: Job
metadata: {name: j}
spec:
  activeDeadlineSeconds: 2
  template: {spec: {restartPolicy: Never, terminationGracePeriodSeconds: 1, containers: [{name: main, image: "local/sh:1", args: ["sleep 100"]}]}}
YAML
  k wait --for=condition=failed job/j --timeout=90s
  expect DeadlineExceeded "$(get job/j '{.status.conditions[?(@.type=="Failed")].reason}')"
  eventually 10 is '' pid_of j
}

pod_deadline_ends_the_pod() {
  pod p 'sleep 100' <<< 'activeDeadlineSeconds: 1
terminationGracePeriodSeconds: 1'
  eventually 20 is "Failed DeadlineExceeded" get pod/p '{.status.phase} {.status.reason}'
}

rollout_replaces_pods_and_can_be_undone() {
  _deployment one
  k rollout status deployment/d --timeout=90s
  _deployment two
  k rollout status deployment/d --timeout=90s
  eventually 20 is 'two two' get pods '{.items[*].spec.containers[0].env[0].value}'
  k rollout undo deployment/d
  k rollout status deployment/d --timeout=90s
  eventually 20 is 'one one' get pods '{.items[*].spec.containers[0].env[0].value}'
  say "deleted in the foreground, the Deployment goes last"
  k delete deployment d --cascade=foreground --timeout=90s
  expect '' "$(get pods '{.items[*].metadata.name}')"
}

_deployment() {
  k apply -f - << YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  replicas: 2
  selector: {matchLabels: {app: d}}
  template:
    metadata: {labels: {app: d}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: main, image: "local/sh:1", env: [{name: VERSION, value: $1}], args: ["trap 'exit 0' TERM; sleep 1000 & wait"]}]
YAML
}

a_program_in_a_pod_uses_the_api_with_its_own_rights() {
  k create role reader --verb=get,list --resource=pods
  k create rolebinding reader --role=reader --serviceaccount="$NS:default"
  for what in pods secrets; do
    k apply -f - <<< "{apiVersion: v1, kind: Pod, metadata: {name: $what}, spec: {restartPolicy: Never, containers: [{name: main, image: 'local/kubectl:1', args: [get, $what, -o, name]}]}}"
  done
  eventually 20 is Succeeded phase pods
  expect "*pod/pods*" "$(k logs pods)"
  eventually 20 is Failed phase secrets
  expect "*User \"system:serviceaccount:$NS:default\" cannot list resource \"secrets\"*" "$(k logs secrets)"
}
