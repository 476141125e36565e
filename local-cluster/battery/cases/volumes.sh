# PersistentVolumes: Kubernetes binds, our provisioner makes folders, our node mounts them.

# _claim NAME [YAML]: a claim of 1Mi; YAML is added to its spec.
_claim() {
  k apply -f - << YAML
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: $1}
spec:
  resources: {requests: {storage: 1Mi}}
${2:-  accessModes: [ReadWriteOnce]}
YAML
}

# _uses NAME CLAIM SCRIPT [YAML]: a pod that has the claim at /data; YAML is added to its spec.
_uses() {
  pod "$1" "$3" << YAML
  volumeMounts: [{name: data, mountPath: /data}]
volumes: [{name: data, persistentVolumeClaim: {claimName: $2}}]
${4:-}
YAML
}

_folder_of() { kubectl get pv "$(get "pvc/$1" '{.spec.volumeName}')" -o 'jsonpath={.spec.local.path}'; }

a_claim_is_bound_outlives_its_pods_and_goes_with_its_folder() {
  expect '*local-path (default) *local-cluster/local-path *Delete *WaitForFirstConsumer*' "$(kubectl get storageclass)"
  _claim data
  eventually 20 is '*WaitForFirstConsumer: waiting for first consumer*' events
  expect Pending "$(get pvc/data '{.status.phase}')"
  _uses writer data 'echo kept > /data/f'
  eventually 20 is Succeeded phase writer
  expect 'Bound local-path \["ReadWriteOnce"\] {"storage":"1Mi"}' "$(get pvc/data '{.status.phase} {.spec.storageClassName} {.status.accessModes} {.status.capacity}')"
  local folder volume
  folder=$(_folder_of data) volume=$(get pvc/data '{.spec.volumeName}')
  expect kept "$(cat "$folder/f")"
  k delete pod writer --timeout=90s
  _uses reader data 'cat /data/f'
  eventually 20 is Succeeded phase reader
  expect kept "$(k logs reader)"
  say "a claim in use stays until its pod is gone"
  _uses user data 'echo ready; sleep 1000' 'terminationGracePeriodSeconds: 1'
  eventually 20 is ready k logs user
  k delete pvc data --wait=false
  sleep 1
  expect 'Bound 20*' "$(get pvc/data '{.status.phase} {.metadata.deletionTimestamp}')"
  [ -e "$folder/f" ]
  k delete pod user reader --timeout=90s
  eventually 20 refused NotFound k get pvc data
  eventually 20 refused NotFound kubectl get pv "$volume"
  [ ! -e "$folder" ]
}

a_claim_of_an_unknown_class_waits_and_says_so() {
  _claim data '  accessModes: [ReadWriteOnce]
  storageClassName: nowhere'
  _uses p data 'true'
  eventually 20 is '*ProvisioningFailed: storageclass.storage.k8s.io "nowhere" not found*' events
  eventually 20 is '*FailedScheduling*' events
  expect 'Pending Pending' "$(get pvc/data '{.status.phase}') $(phase p)"
}

what_a_folder_cannot_be_is_refused() {
  _claim shared '  accessModes: [ReadWriteMany]'
  _claim device '  accessModes: [ReadWriteOnce]
  volumeMode: Block'
  _uses p shared 'true'
  k apply -f - << 'YAML'
apiVersion: v1
kind: Pod
metadata: {name: q}
spec: {containers: [{name: main, image: "local/sh:1", volumeDevices: [{name: d, devicePath: /dev/d}]}], volumes: [{name: d, persistentVolumeClaim: {claimName: device}}]}
YAML
  eventually 20 is '*ProvisioningFailed: failed to provision volume with StorageClass "local-path": access mode ReadWriteMany: a folder*' events
  eventually 20 is '*ProvisioningFailed: failed to provision volume with StorageClass "local-path": volume mode Block: there are folders only*' events
  expect 'Pending Pending Pending Pending' "$(get pvc/shared '{.status.phase}') $(get pvc/device '{.status.phase}') $(phase p) $(phase q)"
  expect '' "$(find "$STATE/volumes" -name "${NS}_*")"
}

a_volume_of_somebody_else_is_not_mounted() {
  kubectl apply -f - << YAML
apiVersion: v1
kind: PersistentVolume
metadata: {name: $NS}
spec: {capacity: {storage: 1Mi}, accessModes: [ReadWriteOnce], storageClassName: foreign, hostPath: {path: /etc}}
YAML
  _claim data '  accessModes: [ReadWriteOnce]
  storageClassName: foreign'
  _uses p data 'true'
  eventually 20 is '*FailedMount*was not made by local-cluster/local-path*' events
  expect Pending "$(phase p)"
  k delete pod p --timeout=90s
  k delete pvc data
  kubectl delete pv "$NS"
}

users_groups_and_paths_within_a_volume() {
  _claim data
  _uses p data 'umask 027; echo x > /data/f; mkdir -p /data/deep; stat -c "%g %A" /data /data/f | tr "\n" " "' 'securityContext: {runAsUser: 12345, runAsGroup: 2345, fsGroup: 3456}'
  eventually 20 is Succeeded phase p
  expect '3456 drwxrwsrwx 3456 -rw-r-----*' "$(k logs p)"
  say "another group is given what is there"
  _uses q data 'cat /data/f; echo y >> /data/f && stat -c "%g %A" /data/f' 'securityContext: {runAsUser: 54321, runAsGroup: 5432, fsGroup: 6543}'
  eventually 20 is Succeeded phase q
  expect x$'\n''6543 -rw-rw----' "$(k logs q)"
  pod r 'echo made > /part/new; touch /read/x 2>/dev/null || echo read-only; cat /read/new' << 'YAML'
  volumeMounts:
  - {name: data, mountPath: /part, subPath: sub/path}
  - {name: fixed, mountPath: /read, subPath: sub/path}
volumes:
- {name: data, persistentVolumeClaim: {claimName: data}}
- {name: fixed, persistentVolumeClaim: {claimName: data, readOnly: true}}
YAML
  eventually 20 is Succeeded phase r
  expect read-only$'\n'made "$(k logs r)"
}

a_class_of_ones_own_may_retain_and_bind_at_once() {
  kubectl apply -f - << YAML
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: $NS}
provisioner: local-cluster/local-path
reclaimPolicy: Retain
volumeBindingMode: Immediate
YAML
  _claim data "  accessModes: [ReadWriteOncePod]
  storageClassName: $NS"
  eventually 20 is Bound get pvc/data '{.status.phase}'
  local folder volume
  folder=$(_folder_of data) volume=$(get pvc/data '{.spec.volumeName}')
  k delete pvc data
  eventually 20 is Released kubectl get pv "$volume" -o 'jsonpath={.status.phase}'
  kubectl delete pv "$volume"
  [ -d "$folder" ]
  kubectl delete storageclass "$NS"
}

a_stateful_set_has_a_volume_for_each_pod() {
  k apply -f - << 'YAML'
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: s}
spec:
  serviceName: s
  replicas: 2
  selector: {matchLabels: {app: s}}
  template:
    metadata: {labels: {app: s}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: main, image: "local/sh:1", volumeMounts: [{name: data, mountPath: /data}], args: ["hostname >> /data/names; cat /data/names; trap 'exit 0' TERM; sleep 1000 & wait"]}]
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}}]
YAML
  k rollout status statefulset/s --timeout=90s
  expect 's-0 s-1' "$(k logs s-0) $(k logs s-1)"
  # kubectl's own wait (1.35) may take the successor, of the same name, for the pod that it waits for, and wait for ever.
  k delete pod s-1 --wait=false
  eventually 20 is s-1$'\n's-1 k logs s-1
}
