package dev.beckon.bench.scale;

import dev.beckon.bench.stage.MetricsText;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How often the operator asked the API server for what, counted by the API server: each kind of its requests is a flow of its own, by a FlowSchema
 * that is for the operator's ServiceAccount alone. The API server's usual count of requests does not tell whose they are.
 *
 * @param counts since the API server's start, by the kind's name, such as {@code create jobs}
 */
record Requests(SortedMap<String, Long> counts) {
    /** What a request does. */
    enum Effect {
        READ,
        WRITE,
        /** The leader's lease: the same whatever there is to do. */
        LEASE
    }

    private record Kind(String verb, String resource, Effect effect) {
        String name() {
            return verb + " " + (resource.equals(ANY) ? "others" : resource);
        }

        String schema() {
            return PREFIX + name().replace(' ', '-').replace('/', '.');
        }
    }

    private static final String METRIC = "apiserver_flowcontrol_dispatched_requests_total";
    private static final String PREFIX = "operator-";
    private static final String ANY = "*";
    private static final int FIRST_PRECEDENCE = 1_000;

    /** The first that fits counts: what is for all resources comes last. */
    private static final List<Kind> KINDS = kinds();

    Requests {
        counts = new TreeMap<>(counts);
    }

    private static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (String verb : List.of("get", "create", "update", "patch")) {
            kinds.add(new Kind(verb, "leases", Effect.LEASE));
        }
        for (String resource : List.of("secrets", "configmaps")) {
            kinds.add(new Kind("get", resource, Effect.READ));
        }
        for (String verb : List.of("get", "list", "watch")) {
            kinds.add(new Kind(verb, ANY, Effect.READ));
        }
        for (String resource : List.of("secrets", "jobs", "cronjobs", "events")) {
            kinds.add(new Kind("create", resource, Effect.WRITE));
        }
        for (String resource : List.of(
                "invitecampaigns/status", "autopostschedules/status", "telegramaccounts/status", "jobs", "events")) {
            kinds.add(new Kind("patch", resource, Effect.WRITE));
        }
        for (String resource : List.of("secrets", "jobs")) {
            kinds.add(new Kind("delete", resource, Effect.WRITE));
        }
        for (String verb : List.of("create", "update", "patch", "delete", "deletecollection")) {
            kinds.add(new Kind(verb, ANY, Effect.WRITE));
        }
        return List.copyOf(kinds);
    }

    /**
     * The FlowSchemas. Their priority level is the one that a ServiceAccount's requests have anyway.
     *
     * @param namespace and name of the operator's ServiceAccount
     */
    static String schemas(String namespace, String name) {
        StringBuilder yaml = new StringBuilder();
        int precedence = FIRST_PRECEDENCE;
        for (Kind kind : KINDS) {
            yaml.append("""
                    ---
                    apiVersion: flowcontrol.apiserver.k8s.io/v1
                    kind: FlowSchema
                    metadata: {name: %s}
                    spec:
                      matchingPrecedence: %d
                      priorityLevelConfiguration: {name: workload-low}
                      distinguisherMethod: {type: ByUser}
                      rules:
                        - subjects: [{kind: ServiceAccount, serviceAccount: {namespace: %s, name: %s}}]
                          resourceRules:
                            - {verbs: [%s], apiGroups: ["*"], resources: ["%s"], clusterScope: true, namespaces: ["*"]}
                    """.formatted(kind.schema(), precedence++, namespace, name, kind.verb(), kind.resource()));
        }
        return yaml.toString();
    }

    /** From the API server's own metrics. */
    static Requests of(String metrics) {
        SortedMap<String, Long> counts = new TreeMap<>();
        MetricsText.of(metrics, METRIC)
                .forEach(line -> KINDS.stream()
                        .filter(kind -> kind.schema().equals(line.label("flow_schema")))
                        .forEach(kind -> counts.merge(kind.name(), Math.round(line.value()), Long::sum)));
        return new Requests(counts);
    }

    /** What came since. */
    Requests since(Requests before) {
        SortedMap<String, Long> rest = new TreeMap<>(counts);
        before.counts.forEach((kind, count) -> rest.merge(kind, -count, Long::sum));
        rest.values().removeIf(count -> count == 0);
        return new Requests(rest);
    }

    /** All of an effect. */
    long of(Effect effect) {
        return with(kind -> kind.effect() == effect).values().stream()
                .mapToLong(it -> it)
                .sum();
    }

    /** All but those for the leader's lease. */
    long work() {
        return of(Effect.READ) + of(Effect.WRITE);
    }

    /** How many of each kind but the lease's for one of so many. */
    SortedMap<String, Double> each(int divisor) {
        return with(kind -> kind.effect() != Effect.LEASE).entrySet().stream()
                .collect(Collectors.toMap(
                        it -> it.getKey(), it -> (double) it.getValue() / divisor, (one, _) -> one, TreeMap::new));
    }

    private SortedMap<String, Long> with(Predicate<Kind> wanted) {
        SortedMap<String, Long> some = new TreeMap<>();
        KINDS.stream()
                .filter(wanted)
                .filter(kind -> counts.containsKey(kind.name()))
                .forEach(kind -> some.put(kind.name(), counts.get(kind.name())));
        return some;
    }
}
