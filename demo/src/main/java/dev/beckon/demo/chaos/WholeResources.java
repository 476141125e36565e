package dev.beckon.demo.chaos;

import dev.beckon.demo.Campaigns;
import dev.beckon.demo.Campaigns.Everything;
import dev.beckon.demo.DaytimeZone;
import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.environment.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a whole run declares, applied and read as a user would. */
final class WholeResources {
    private final Cluster cluster;
    private final Campaigns resources;

    WholeResources(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.resources = new Campaigns(cluster, namespace);
    }

    /** By name; no two that are applied here have one name. */
    static Map<String, String> uids(Stream<? extends HasMetadata> resources) {
        return resources
                .map(HasMetadata::getMetadata)
                .collect(Collectors.toMap(ObjectMeta::getName, ObjectMeta::getUid));
    }

    /** Applies everything but the parsers, and answers the scenario with the uids that the API server gave. */
    Scenario apply(Scenario drawn, WholeKinds kinds) {
        Manifests manifests = new Manifests(DaytimeZone.at(Instant.now()));
        cluster.apply(manifests.accounts(drawn));
        cluster.apply(manifests.campaigns(drawn));
        cluster.apply(KindManifests.schedules(kinds));
        return WholeScenario.identified(
                drawn, uids(Stream.concat(resources.accounts().stream(), resources.all().stream())));
    }

    /** @throws IllegalStateException while the API server is away */
    void apply(Parser parser) {
        cluster.apply(KindManifests.parser(parser));
    }

    /** @throws IllegalStateException while the API server is away */
    Everything seen() {
        return resources.everything();
    }

    /** Empty while the API server is away. */
    Optional<Everything> ifAnswered() {
        try {
            return Optional.of(seen());
        } catch (IllegalStateException away) {
            return Optional.empty();
        }
    }
}
