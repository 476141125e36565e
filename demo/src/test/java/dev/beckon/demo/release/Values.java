package dev.beckon.demo.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.demo.environment.Servers;
import java.util.List;
import java.util.Map;

/** The chart's values of an installation. */
record Values(Release release) {
    /** The worker's image, but for its registry. */
    static final String WORKER = "beckon/worker";

    /** Its tag: the one with our Telegram's key. */
    static final String TELEGRAM = "e2e-telegram";

    /**
     * With database and Redis of this machine.
     *
     * @param annotations of the operator's pods
     */
    Map<String, Object> ofOurServers(Map<String, String> annotations) {
        return Map.of(
                "operator", Map.of("settings", operatorSettings(), "podAnnotations", annotations),
                "gateway", Map.of("enabled", true, "replicas", 1),
                "worker", worker(),
                "bootstrap", Map.of("enabled", true),
                "networkPolicies", narrow());
    }

    /** With the servers that the chart brings. */
    Map<String, Object> ofATrial() {
        return Map.of(
                "operator", Map.of("settings", operatorSettings()),
                "worker", worker(),
                "trial", Map.of("enabled", true, "namespaces", List.of(Release.TEAM)),
                "networkPolicies",
                        Map.of(
                                "enabled", true,
                                "workerNamespaces", List.of(Release.TEAM),
                                "apiServer", apiServer(),
                                "telegram", telegram()));
    }

    private static Map<String, Object> worker() {
        return Map.of("image", Map.of("repository", WORKER, "tag", TELEGRAM));
    }

    /** Days are not waited for here. */
    private Map<String, String> operatorSettings() {
        return Map.of(
                "BECKON_TELEGRAM_PROXY", release.servers().telegram().proxy(),
                "BECKON_PACE_SLICE", "20s",
                "BECKON_PACE_PROGRESS", "1s",
                "BECKON_PACE_LOOK", "3s",
                "BECKON_PACE_RECHECK", "3s",
                "BECKON_PACE_FIRST_BACK_OFF", "1s",
                "BECKON_PACE_LONGEST_BACK_OFF", "10s");
    }

    /** As narrow as they can be: each server by its address and port. */
    private Map<String, Object> narrow() {
        Servers servers = release.servers();
        return Map.of(
                "enabled", true,
                "workerNamespaces", List.of(Release.TEAM),
                "apiServer", apiServer(),
                "database", List.of(here(servers.database().port())),
                "redis", List.of(here(servers.redisPort())),
                "telegram", telegram());
    }

    private List<Object> telegram() {
        return List.of(here(release.servers().telegram().port()));
    }

    /** Policies are about addresses behind Services. */
    private List<Object> apiServer() {
        JsonNode slice = release.object(
                        "get", "endpointslices", "-n", "default", "-l", "kubernetes.io/service-name=kubernetes")
                .at("/items/0");
        return List.of(to(
                slice.at("/endpoints/0/addresses/0").asText(),
                slice.at("/ports/0/port").asInt()));
    }

    private Map<String, Object> here(int port) {
        return to(release.place().address(), port);
    }

    private static Map<String, Object> to(String address, int port) {
        return Map.of(
                "to", List.of(Map.of("ipBlock", Map.of("cidr", address + "/32"))),
                "ports", List.of(Map.of("port", port, "protocol", "TCP")));
    }
}
