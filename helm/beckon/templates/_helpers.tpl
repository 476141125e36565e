{{/* What every name begins with. */}}
{{- define "beckon.name" -}}
{{- .Values.nameOverride | default "beckon" -}}
{{- end -}}

{{/* A part's labels: (list $ "operator"). */}}
{{- define "beckon.labels" -}}
{{- $ := index . 0 -}}
{{ include "beckon.selector" . }}
app.kubernetes.io/part-of: {{ include "beckon.name" $ }}
app.kubernetes.io/instance: {{ $.Release.Name }}
app.kubernetes.io/version: {{ $.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $.Chart.Name ($.Chart.Version | replace "+" "_") }}
{{- with $.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* By which its pods are found. They never change: a Deployment's selector can't. */}}
{{- define "beckon.selector" -}}
app.kubernetes.io/name: {{ include "beckon.name" (index . 0) }}-{{ index . 1 }}
{{- end -}}

{{/* (list $ image) */}}
{{- define "beckon.image" -}}
{{- $ := index . 0 -}}
{{- $image := index . 1 -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* How the ledger is reached: (list $ the name of a Secret). */}}
{{- define "beckon.database" -}}
{{- $ := index . 0 -}}
{{- $secret := index . 1 -}}
- name: BECKON_LEDGER_JDBC_URL
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: jdbc-url}}
- name: BECKON_LEDGER_USERNAME
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: username}}
- name: BECKON_LEDGER_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: password}}
{{- if $.Values.database.tls.caSecret }}
- name: BECKON_LEDGER_CA_FILE
  value: /var/run/beckon/database-ca/ca.crt
{{- end }}
{{- end -}}

{{/* The same, and Redis. */}}
{{- define "beckon.ledger" -}}
{{- $ := index . 0 -}}
{{ include "beckon.database" . }}
- name: BECKON_REDIS_URL
  valueFrom: {secretKeyRef: {name: {{ index . 1 }}, key: redis-url, optional: true}}
{{- if $.Values.redis.tls.caSecret }}
- name: BECKON_REDIS_CA_FILE
  value: /var/run/beckon/redis-ca/ca.crt
{{- end }}
{{- end -}}

{{/* Who must have signed the certificates of the servers: (list $ "database" "redis"). */}}
{{- define "beckon.authorities.mounts" -}}
{{- $ := index . 0 -}}
{{- range $server := rest . -}}
{{- if (get $.Values $server).tls.caSecret }}
- {name: {{ $server }}-ca, mountPath: /var/run/beckon/{{ $server }}-ca, readOnly: true}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "beckon.authorities.volumes" -}}
{{- $ := index . 0 -}}
{{- range $server := rest . -}}
{{- with (get $.Values $server).tls.caSecret }}
- name: {{ $server }}-ca
  secret:
    secretName: {{ . }}
    items: [{key: ca.crt, path: ca.crt}]
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A pod that needs nothing of the API. */}}
{{- define "beckon.pod" -}}
restartPolicy: Never
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "beckon.settings" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* Both servers have the same doors. */}}
{{- define "beckon.probes" -}}
startupProbe:
  httpGet: {path: /health/started, port: http}
  periodSeconds: 1
  failureThreshold: 60
readinessProbe:
  httpGet: {path: /health/ready, port: http}
  periodSeconds: 5
livenessProbe:
  httpGet: {path: /health/live, port: http}
  periodSeconds: 10
{{- end -}}

{{- define "beckon.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* Where a part's pods run: (list $ "operator" values). */}}
{{- define "beckon.placement" -}}
{{- $ := index . 0 -}}
{{- $values := index . 2 -}}
{{- with $.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
topologySpreadConstraints:
{{- if $values.topologySpreadConstraints }}
{{- toYaml $values.topologySpreadConstraints | nindent 2 }}
{{- else }}
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "beckon.selector" . | nindent 8 }}
{{- end }}
{{- end -}}
