# Everything a person or CI does with Beckon. `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

export JAVA_HOME := $(shell scripts/java-home 2>/dev/null)
export PATH := $(JAVA_HOME)/bin:$(PATH)
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow $(MAVEN_OPTS)
export BECKON_CACHE ?= $(HOME)/.cache/beckon

STATE ?= .build/up
override STATE := $(patsubst ~/%,$(HOME)/%,$(STATE))
# Not $(MAKE): `make -n` would run the whole recipe for it.
AGAIN := $(MAKE)
# Each module has a line in the log, which scripts/step shows.
TELL := -Dorg.slf4j.simpleLogger.log.org.apache.maven.cli.event.ExecutionEventLogger=info
MVN := mvn --batch-mode --no-transfer-progress -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
BUILT := .build/built
# A source archive has no git.
SOURCES := $(wildcard $(shell git ls-files -co --exclude-standard -- '*/src/main/*' '*pom.xml' 2>/dev/null || find . -path '*/target' -prune -o \( -path '*/src/main/*' -o -name pom.xml \) -type f -print))

.PHONY: help demo up down test check integration reproducible format chaos chaos-short chaos-proof end-to-end misuse bench soak kustomize node-battery gitops gitops-update gitops-health fuzz licenses images images-test bench-scale drill alerts monitoring e2e build tools python clean

help: ## This list
	@echo "Beckon: an (unofficial) Telegram community operator for Kubernetes"; echo
	grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/\1\t\2/' | while IFS=$$'\t' read -r target text; do
	  if [ -t 1 ]; then bold=$$'\033[1m' plain=$$'\033[0m'; fi
	  printf '  %smake %-13s%s %s\n' "$${bold:-}" "$$target" "$${plain:-}" "$$text"
	done

demo: build ## Real Kubernetes, database, Redis and TDLib on this machine; campaigns, a parser and a schedule to watch (DEMO_EXIT=1: ends by itself)
	@scripts/beckon demo

up: build ## The demo's environment, left running for your own kubectl (WORLD=file.yaml: your own world; STATE=folder)
	@scripts/beckon up --state "$(STATE)" $(if $(WORLD),--world "$(WORLD)")

down: ## Stop what `make up` started
	@if [ ! -e "$(STATE)/settings.json" ]; then
	  echo "Nothing runs: there is no environment in $(STATE)."
	  exit
	fi
	[ -d demo/target/lib -a -f demo/target/classes/dev/beckon/demo/Beckon.class ] || $(AGAIN) --always-make $(BUILT)
	scripts/beckon down --state "$(STATE)"

check: tools ## Format, lint and unit tests: under two minutes once `make build` has compiled
	@scripts/step "format" $(MVN) spotless:check
	scripts/step "lint and unit tests" $(MVN) --threads 1C verify -Dquarkus.build.skip=true
	scripts/step "licences of what ships" scripts/licenses
	scripts/step "GitHub's workflows" scripts/lint-workflows
	scripts/step "go vet and tests" bash -c 'cd local-cluster && test -z "$$(gofmt -l .)" && go vet ./internal/... && go test ./internal/...'
	scripts/step "GitOps: health and actions" bash -c 'cd gitops && test -z "$$(gofmt -l .)" && go vet ./... && go test ./...'

test: python check integration ## Unit and integration tests, with real servers, real TDLib and the real Kubernetes; not `make end-to-end`

reproducible: build ## Build what ships a second time, elsewhere, and compare: byte by byte, but Quarkus' generated classes by name
	@scripts/step "two builds compared" scripts/reproducible

integration: python build ## The tests with real servers only
	@scripts/step "Kubernetes through kubectl" local-cluster/battery/run
	scripts/integration

format: tools ## Format all Java sources and POMs
	@$(MVN) spotless:apply

chaos: build ## Kill workers and servers, judge by what Telegram saw (LEVEL=fast|whole, SEED=n, KILLS=n, WITHOUT=intent|settlement|lease|suppression|frequency-cap)
	@scripts/beckon chaos $(if $(LEVEL),--level $(LEVEL)) $(if $(SEED),--seed $(SEED)) $(if $(KILLS),--kills $(KILLS)) $(if $(WITHOUT),--without $(WITHOUT))

chaos-short: build ## The short chaos runs of CI, both levels (LEVEL=fast|whole, SEED=n)
	@scripts/beckon chaos --short $(if $(LEVEL),--level $(LEVEL)) $(if $(SEED),--seed $(SEED))

chaos-proof: build ## Take each protection out in turn; each run must end red, and green with it (SEED=n, WITHOUT=… for one)
	@scripts/beckon chaos --proof $(if $(SEED),--seed $(SEED)) $(if $(WITHOUT),--without $(WITHOUT))

end-to-end: build ## Accounts, lists, schedules, examples by kubectl with real workers, and misuse, in one environment; judged by what Telegram saw (five minutes)
	@scripts/step "end to end, and misuse" $(MVN) -pl demo -am test -Dquarkus.build.skip=true -Dtags.included=end-to-end -Dtags.excluded= \
	  -Dsurefire.failIfNoSpecifiedTests=false

drill: build ## Install, upgrade, back up and restore by the commands of the documentation, with real workers; judged by what Telegram saw (five minutes)
	@scripts/step "the documentation's commands, typed" $(MVN) -pl demo -am test -Dquarkus.build.skip=true -Dtags.included=drill -Dtags.excluded= \
	  -Dsurefire.failIfNoSpecifiedTests=false

# The chart on a node of real containers, from the built images. KUBECONFIG counts only where it is said to make: everybody's shell has one.
E2E_KUBECONFIG := $(if $(filter command,$(origin KUBECONFIG)),$(KUBECONFIG))

e2e: images ## Install the chart with the real images on a node of real containers, and try it there through helm and kubectl; root (SHORT=1: three minutes; SKIP=1: where the machine can't, that is no failure; KUBECONFIG=file ADDRESS=ip LOAD=command: on another cluster)
	@if [ -z "$(E2E_KUBECONFIG)" ] && [ "$$(id -u)" -ne 0 ]; then
	  echo "A node of real containers needs root: run this as root, or on a cluster of yours (make e2e KUBECONFIG=… ADDRESS=… LOAD=…)."
	  exit $(if $(SKIP),0,1)
	fi
	node=$(if $(E2E_KUBECONFIG),local-cluster/build.sh,local-cluster/build-node.sh)
	scripts/step "kubelet, containerd and CoreDNS" $$node
	scripts/step "a program that tries what is forbidden" scripts/e2e-tool
	rm -f demo/target/e2e/told.txt
	scripts/step "end to end, by the chart" $(MVN) -pl demo -am test -Dquarkus.build.skip=true -Dtags.included=$(if $(SHORT),e2e-short,e2e) -Dtags.excluded= \
	  -Dsurefire.failIfNoSpecifiedTests=false -De2e.local-cluster="$$($$node)" $(if $(SKIP),-De2e.skip=1) \
	  $(if $(E2E_KUBECONFIG),-De2e.kubeconfig="$(abspath $(E2E_KUBECONFIG))" -De2e.address="$(ADDRESS)" -De2e.load="$(LOAD)")
	[ ! -e demo/target/e2e/told.txt ] || cat demo/target/e2e/told.txt

misuse: build ## Try to make Beckon spam by YAML, on the whole environment; judged by what Telegram saw (four minutes)
	@scripts/step "misuse by YAML" $(MVN) -pl demo -am test -Dquarkus.build.skip=true -Dtags.included=misuse -Dtags.excluded= \
	  -Dsurefire.failIfNoSpecifiedTests=false

alerts: tools ## Try each alert rule by promtool and the example for Alertmanager by amtool, both built from their sources (minutes the first time)
	@scripts/step "alert rules by promtool, routes by amtool" scripts/alerts

monitoring: alerts build ## A real Prometheus scrapes a run in the whole environment: each panel, rule, runbook and field of a log is tried on it (four minutes)
	@scripts/step "Prometheus" tools/build.sh prometheus
	scripts/step "what a platform team sees" $(MVN) -pl demo -am test -Dquarkus.build.skip=true -Dtags.included=monitoring -Dtags.excluded= \
	  -Dsurefire.failIfNoSpecifiedTests=false

bench: python build ## Measure Beckon against what it replaces and write docs/benchmarks.md: 20 minutes (ONLY=name,name ROUNDS=n QUICK=1)
	@scripts/step "Telethon, the old way's client" telegram-simulator/scripts/fetch-telethon
	scripts/beckon bench $(if $(ONLY),--only $(ONLY)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(QUICK),--quick)

bench-scale: build ## One operator with 5,000 campaigns, schedules and accounts on nodes in name only; writes docs/scale.md and its plots: half an hour (SIZES=200: to try)
	@scripts/step "nodes in name only (kwok)" bench/fake-nodes/build.sh
	scripts/beckon scale $(if $(SIZES),--sizes $(SIZES))

soak: build ## A day's work of one session on an accelerated clock: its native memory must stay flat; three minutes (ROUNDS=n QUICK=1)
	@scripts/beckon soak $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(QUICK),--quick)

kustomize: tools ## Write helm/kustomize, the golden renders and the page of values anew from the chart
	@scripts/step "made of the chart" $(MVN) -pl helm -am test -Dquarkus.build.skip=true -Dtest='KustomizeTest,GoldenTest,ValuesTest' -Dbeckon.update=true \
	  -Dsurefire.failIfNoSpecifiedTests=false

node-battery: tools ## Try the Kubernetes node of real containers (kubelet, containerd, runc) on this machine; root, four minutes and a first build (SHORT=1: one minute; ONLY=pattern)
	@scripts/step "kubelet, containerd and CoreDNS" local-cluster/build-node.sh
	scripts/step "a node of real containers" local-cluster/battery/run-node $(ONLY)

fuzz: tools ## A million new inputs for each parser of outside data, each night; half an hour and more (RUNS=n ONLY=text MAX=seconds)
	@scripts/step "fuzz targets" $(MVN) test-compile dependency:build-classpath -Dquarkus.build.skip=true -Dmdep.outputFile=target/fuzz.classpath \
	  -Dmdep.includeScope=test -pl ledger,work-order,telegram,telegram-simulator,worker-image,gateway -am
	scripts/fuzz

licenses: build ## Licences of everything that ships, against the list of those that may (WRITE=1: THIRD-PARTY.txt anew)
	@scripts/step "licences" $(MVN) verify -DskipTests -Dquarkus.build.skip=true -pl operator,gateway,worker-image -am
	scripts/licenses --shipped

build: tools $(BUILT) ## Build what the demo runs: Kubernetes, TDLib, operator, gateway, worker, simulator
	@scripts/step "Kubernetes on this machine" local-cluster/build.sh
	scripts/step "TDLib" telegram-simulator/scripts/fetch-tdlib
	scripts/step "the operator's start, trained" scripts/operator-start train
	# Without their caches gateway and worker only start slower.
	scripts/step "the gateway's start, trained" scripts/gateway-start train || true
	scripts/step "the worker's start, trained" scripts/worker-start train || true

$(BUILT): $(SOURCES)
	@scripts/step "operator, gateway, worker and simulator" $(MVN) $(TELL) package -DskipTests
	mkdir -p $(@D) && touch $@

gitops-update: ## After a change of gitops/argocd or of states: write gitops/argocd/argocd-cm.yaml and gitops/states.tsv anew
	@cd gitops && UPDATE=1 go test ./... >/dev/null || go test ./...

gitops-health: tools ## Argo CD's own program, and Flux' own library, judge every state of the operator's scenarios (first build: four minutes)
	@scripts/step "argocd" gitops/build-argocd
	scripts/step "health and actions by Argo CD" bash -c 'program=$$(gitops/build-argocd) && cd gitops && ARGOCD=$$program go test -count=1 ./...'
	scripts/step "health by Flux" bash -c 'cd gitops/flux && go test -count=1 ./...'

gitops: build ## A real Argo CD, from its Go module, keeps the examples' team as a folder has it, while people acknowledge by annotation
	@scripts/step "argocd" gitops/build-argocd
	scripts/step "a team kept by Argo CD" $(MVN) -pl operator -am test -Dquarkus.build.skip=true -Dtags.included=argocd -Dtags.excluded= \
	  -Dsurefire.failIfNoSpecifiedTests=false

images: build ## The images of operator, worker and gateway as OCI archives in images/target/oci, without Docker: docs/images.md
	@scripts/step "images" scripts/images .build/images
	cat .build/images

images-test: images ## Look into the images, start them alone and on a node of real containers, build them again, and by the Dockerfile; as root
	@scripts/step "the same images a second time" images/scripts/same-twice
	scripts/step "images looked into and started" $(MVN) -pl images test -Dquarkus.build.skip=true -Dtags.included=images -Dtags.excluded=
	scripts/step "images on a node of real containers" images/scripts/node-test
	scripts/step "the Dockerfile, by Buildah" images/scripts/dockerfile-test

tools:
	@scripts/need java maven go node

python: # The independent Telegram client's
	@scripts/need python

clean: ## Remove what was built here (not the cache of downloads)
	@scripts/nothing-runs
	$(MVN) clean
	rm -rf .build
