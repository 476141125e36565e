package dev.beckon.operator.life;

import dev.beckon.crd.InviteCampaign;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the API server itself counts of the operator's writes, and the events in a team's namespace. */
record WriteCount(RealWorld world, Team team) {
    /** So far, by verb and resource, of what only the operator writes. */
    Map<String, Long> now() throws IOException, InterruptedException {
        Map<String, Long> counted = world.cluster()
                .command("kubectl", "get", "--raw", "/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_request_total{"))
                .filter(WriteCount::isOurs)
                .collect(Collectors.toMap(
                        line -> label(line, "verb") + " " + label(line, "resource"),
                        line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))),
                        Long::sum,
                        TreeMap::new));
        long events = world.client().v1().events().inNamespace(team.namespace()).list().getItems().stream()
                .filter(it -> "beckon.dev/operator".equals(it.getReportingComponent()))
                .filter(it -> it.getInvolvedObject().getKind().equals(InviteCampaign.class.getSimpleName()))
                .count();
        counted.put("events", events);
        return counted;
    }

    /** Of Jobs only their making: the cluster's own controllers change and remove them, too. */
    private static boolean isOurs(String line) {
        return switch (label(line, "resource")) {
            case "invitecampaigns" ->
                "status".equals(label(line, "subresource")) && "APPLY".equals(label(line, "verb"));
            case "jobs" -> "POST".equals(label(line, "verb"));
            case "secrets" -> List.of("POST", "DELETE", "PATCH").contains(label(line, "verb"));
            default -> false;
        };
    }

    private static String label(String line, String name) {
        return line.replaceFirst(".*[{,]" + name + "=\"([^\"]*)\".*", "$1");
    }
}
