package dev.beckon.bench.campaigns;

import dev.beckon.demo.environment.Cluster;
import java.util.Set;
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

    /** Since the API server's start. */
    static long soFar(Cluster cluster) {
        return count(cluster.kubectl("get", "--raw", "/metrics"));
    }

    /** The same from the API server's own text. */
    static long count(String metrics) {
        return metrics.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> isOurs(line.group(1)))
                .mapToLong(line -> (long) Double.parseDouble(line.group(2)))
                .sum();
    }

    private static boolean isOurs(String labels) {
        String verb = "";
        String resource = "";
        String subresource = "";
        Matcher label = LABEL.matcher(labels);
        while (label.find()) {
            switch (label.group(1)) {
                case "verb" -> verb = label.group(2);
                case "resource" -> resource = label.group(2);
                case "subresource" -> subresource = label.group(2);
                default -> {
                    // Says nothing about who writes what.
                }
            }
        }
        boolean status = subresource.equals("status");
        return WRITING.contains(verb)
                && switch (resource) {
                    case "secrets", "jobs" -> subresource.isEmpty();
                    case "invitecampaigns", "telegramaccounts" -> status;
                    default -> false;
                };
    }
}
