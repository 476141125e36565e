# Words that the cases share. Sourced by each case; NS is its namespace.
k() { kubectl --namespace "$NS" "$@"; }

prepare() { kubectl create namespace "$NS" > /dev/null; }

say() { echo "-- $*"; }

# expect WANTED ACTUAL: WANTED is a shell pattern.
expect() {
  # shellcheck disable=SC2053
  [[ "$2" == $1 ]] || { echo "expected: $1"; echo "but was:  $2"; return 1; }
}

# refused SENTENCE COMMAND…: the command fails and says the sentence.
refused() {
  local sentence=$1 output
  shift
  if output=$("$@" 2>&1); then echo "should have been refused: $*"; return 1; fi
  expect "*$sentence*" "$output"
}

# eventually SECONDS COMMAND…: the command succeeds before the time is over; a busy machine gets four times as much.
eventually() {
  local deadline=$((SECONDS + 4 * $1)) output
  shift
  until output=$("$@" 2>&1); do
    if [ "$SECONDS" -ge "$deadline" ]; then echo "not in time: $*"; echo "$output"; return 1; fi
    sleep 0.1
  done
}

# is WANTED COMMAND…: the command prints WANTED (a pattern); for eventually.
is() { local wanted=$1; shift; expect "$wanted" "$("$@")"; }

get() { k get "$1" -o "jsonpath=$2"; }

phase() { get "pod/$1" '{.status.phase}'; }

events() { k get events -o 'jsonpath={range .items[*]}{.reason}: {.message}{"\n"}{end}'; }

# pod NAME SCRIPT: a pod that runs the shell script once; lines of standard input are added to its spec.
pod() {
  local more=
  [ -t 0 ] || more=$(sed 's/^/  /')
  k apply -f - << YAML
apiVersion: v1
kind: Pod
metadata: {name: $1, labels: {app: $1}}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  containers:
  - name: main
    image: local/sh:1
    args: [$(quote "$2")]
$more
YAML
}

# quote TEXT as a YAML string.
quote() { local text=${1//\\/\\\\}; text=${text//\"/\\\"}; text=${text//$'\n'/\\n}; printf '"%s"' "$text"; }

pid_of() { "$LC" containers --state "$STATE" -o json | tr '}' '\n' | grep "\"namespace\":\"$NS\"" | grep "\"pod\":\"$1" | sed 's/.*"pid":\([0-9]*\).*/\1/'; }
