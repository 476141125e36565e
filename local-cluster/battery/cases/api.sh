# What the API server, kubectl and the controllers do: the real ones, so these cases show that we start them right.

apply_diff_and_delete() {
  k apply -f - <<< '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: "1"}}'
  expect "*unchanged*" "$(k apply -f - <<< '{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: "1"}}')"
  local changed='{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: "2"}}' diff
  if diff=$(k diff -f - <<< "$changed"); then echo "diff found no difference"; return 1; fi
  expect '*-  a: "1"*+  a: "2"*' "$diff"
  k apply -f - <<< "$changed"
  expect 2 "$(get cm/c '{.data.a}')"
  k delete cm c
  refused NotFound k get cm c
}

server_side_apply_refuses_a_conflict() {
  local mine='{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: "1"}}' theirs='{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: "2"}}'
  k apply --server-side --field-manager=one -f - <<< "$mine"
  refused 'conflict with "one": .data.a' k apply --server-side --field-manager=two -f - <<< "$theirs"
  k apply --server-side --field-manager=two --force-conflicts -f - <<< "$theirs"
  expect 2 "$(get cm/c '{.data.a}')"
}

explain_reads_the_schema() {
  expect "*podFailurePolicy*Specifies the policy of handling failed pods*" "$(k explain job.spec.podFailurePolicy)"
}

a_wrong_field_is_refused() {
  refused 'unknown field "spec.contaners"' k apply -f - <<< '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {contaners: []}}'
}

custom_resources_are_checked_by_cel() {
  kubectl apply -f - << 'YAML'
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: delays.battery.local}
spec:
  group: battery.local
  scope: Namespaced
  names: {kind: Delay, plural: delays, singular: delay}
  versions:
  - name: v1
    served: true
    storage: true
    additionalPrinterColumns: [{name: Min, type: integer, jsonPath: .spec.min}]
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties: {min: {type: integer}, max: {type: integer}}
            x-kubernetes-validations: [{rule: "self.min <= self.max", message: "min must not exceed max"}]
YAML
  kubectl wait --for=condition=Established crd/delays.battery.local --timeout=90s
  refused "min must not exceed max" k apply -f - <<< '{apiVersion: battery.local/v1, kind: Delay, metadata: {name: d}, spec: {min: 3, max: 2}}'
  eventually 10 k apply -f - <<< '{apiVersion: battery.local/v1, kind: Delay, metadata: {name: d}, spec: {min: 1, max: 2}}'
  expect "*MIN*d*1*" "$(k get delays)"
}

rbac_denies_what_was_not_granted() {
  expect no "$(k auth can-i list pods --as="system:serviceaccount:$NS:default" || true)"
  refused "cannot list resource \"secrets\"" k get secrets --as="system:serviceaccount:$NS:default"
  k create role reader --verb=list --resource=pods
  k create rolebinding reader --role=reader --serviceaccount="$NS:default"
  expect yes "$(k auth can-i list pods --as="system:serviceaccount:$NS:default")"
}

pod_security_refuses_in_a_restricted_namespace() {
  kubectl label namespace "$NS" pod-security.kubernetes.io/enforce=restricted
  refused 'violates PodSecurity "restricted' pod p 'true'
  pod p 'id -u' << 'YAML'
  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
YAML
  eventually 20 is Succeeded phase p
  expect 65532 "$(k logs p)"
}

finished_jobs_go_by_their_ttl() {
  k apply -f - << 'YAML'
apiVersion: batch/v1
kind: Job
metadata: {name: short}
spec:
  ttlSecondsAfterFinished: 1
  template: {spec: {restartPolicy: Never, containers: [{name: main, image: "local/sh:1", args: ["true"]}]}}
YAML
  eventually 20 refused NotFound k get job short
  eventually 10 is '' get pods '{.items[?(@.metadata.labels.job-name=="short")].metadata.name}'
}

children_go_with_their_owner() {
  k create configmap owner
  local uid
  uid=$(get cm/owner '{.metadata.uid}')
  k apply -f - <<< "{apiVersion: v1, kind: ConfigMap, metadata: {name: child, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: $uid}]}}"
  k delete configmap owner
  eventually 20 refused NotFound k get cm child
}

a_cron_job_runs_by_its_time_zone() {
  refused "unknown time zone" k apply -f - <<< '{apiVersion: batch/v1, kind: CronJob, metadata: {name: bad}, spec: {schedule: "* * * * *", timeZone: Moon/Base, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "local/sh:1"}]}}}}}}'
  # The same text, "the coming minute in Kathmandu" (UTC+5:45), is due there and not in UTC.
  local minute zone
  [ "$(date +%S)" -lt 55 ] || sleep 6
  minute=$(TZ=Asia/Kathmandu date -d '+1 minute' '+%-M %-H')
  for zone in Asia/Kathmandu Etc/UTC; do
    k apply -f - << YAML
apiVersion: batch/v1
kind: CronJob
metadata: {name: $(basename "${zone,,}")}
spec:
  schedule: "$minute * * *"
  timeZone: $zone
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "local/sh:1", args: ["true"]}]}}}}
YAML
  done
  eventually 75 is '?*' get cj/kathmandu '{.status.lastSuccessfulTime}'
  expect '' "$(get cj/utc '{.status.lastScheduleTime}')"
}
