package dev.beckon.demo.chaos;

import dev.beckon.demo.environment.Servers;
import dev.beckon.demo.proof.People;
import dev.beckon.demo.proof.SessionSecrets;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.leakscan.Haystack;
import dev.beckon.leakscan.LeakScan;
import dev.beckon.leakscan.Needles;
import dev.beckon.leakscan.SecretBytes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Looks for people and secrets in what the workers and servers of a fast run have printed. */
final class FastLeaks {
    private final Scenario scenario;
    private final Kinds kinds;
    private final Path state;
    private final Servers servers;

    FastLeaks(Scenario scenario, Kinds kinds, Path state, Servers servers) {
        this.scenario = scenario;
        this.kinds = kinds;
        this.state = state;
        this.servers = servers;
    }

    /** One sentence for each find; never the find itself. */
    List<String> findings() {
        Needles needles = People.ofWorld(state.resolve("world.yaml"), new Needles())
                .butFor(scenario.accounts().stream().map(Scenario.Account::name).toList())
                .withMessages(List.of(Orders.MESSAGE))
                .withMessages(posts())
                .with("the database's password", servers.adminPassword());
        needles.withSecretValue("token", Manifests.HOOK_TOKEN);
        Workers.application().forEach(needles::withSecretValue);
        servers.workerSecret().forEach(needles::withSecretValue);
        List<Haystack> haystacks = new ArrayList<>(Haystack.logsBelow(Workers.folder(state)));
        servers.logs().forEach(log -> haystacks.add(Haystack.ofFile(log)));
        return new LeakScan(needles, sessions()).findings(haystacks);
    }

    private List<String> posts() {
        return kinds.schedules().stream()
                .flatMap(schedule -> IntStream.rangeClosed(1, Kinds.MOST_RUNS).mapToObj(schedule::post))
                .toList();
    }

    private SecretBytes sessions() {
        try (Connection admin = servers.admin()) {
            return SessionSecrets.of(new TruthDoor(servers.telegram().truth()), admin, servers.keys());
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }
}
