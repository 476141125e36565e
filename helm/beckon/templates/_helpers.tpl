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

{{/* How the ledger and Redis are reached: the name of a Secret. */}}
{{- define "beckon.ledger" -}}
- name: BECKON_LEDGER_JDBC_URL
  valueFrom: {secretKeyRef: {name: {{ . }}, key: jdbc-url}}
- name: BECKON_LEDGER_USERNAME
  valueFrom: {secretKeyRef: {name: {{ . }}, key: username}}
- name: BECKON_LEDGER_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ . }}, key: password}}
- name: BECKON_REDIS_URL
  valueFrom: {secretKeyRef: {name: {{ . }}, key: redis-url, optional: true}}
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
