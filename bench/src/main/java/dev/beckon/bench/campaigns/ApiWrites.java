package dev.beckon.bench.campaigns;

import dev.beckon.demo.environment.Cluster;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the API server counted of writes that only the operator makes: Secrets, Jobs, and statuses of our resources. Events are
 * counted as objects, since others publish them too; the lease of the leader costs the same however many campaigns there are.
 */
final class ApiWrites {
    private static final Pattern LINE = Pattern.compile("^apiserver_request_total\\{(.*)} ([0-9.e+]+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE");

    private ApiWrites() {}

    /** Since the API server's start, by what was written and how. */
    static SortedMap<String, Long> soFar(Cluster cluster) {
        return count(cluster.kubectl("get", "--raw", "/metrics"));
    }

    /** The same from the API server's own text. */
    static SortedMap<String, Long> count(String metrics) {
        SortedMap<String, Long> writes = new TreeMap<>();
        metrics.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            Map<String, String> labels = new HashMap<>();
            Matcher label = LABEL.matcher(line.group(1));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            kind(labels).ifPresent(kind -> writes.merge(kind, (long) Double.parseDouble(line.group(2)), Long::sum));
        });
        return writes;
    }

    private static Optional<String> kind(Map<String, String> labels) {
        String verb = labels.getOrDefault("verb", "");
        String resource = labels.getOrDefault("resource", "");
        String subresource = labels.getOrDefault("subresource", "");
        if (!WRITING.contains(verb)) {
            return Optional.empty();
        }
        return switch (resource) {
            case "secrets", "jobs" -> subresource.isEmpty() ? Optional.of(verb + " " + resource) : Optional.empty();
            case "invitecampaigns", "telegramaccounts" ->
                subresource.equals("status") ? Optional.of(verb + " " + resource + "/status") : Optional.empty();
            default -> Optional.empty();
        };
    }
}
