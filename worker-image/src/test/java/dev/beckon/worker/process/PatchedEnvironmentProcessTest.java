package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.people.Identities;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a real worker, its JVM and its database's driver read of a pod that somebody patched: the rest of the misuse suite's
 * {@code PatchedEnvironmentTest}.
 */
class PatchedEnvironmentProcessTest extends AtSite {
    private static final Duration PAUSE = Duration.ofMinutes(2);

    @BeforeEach
    void aTeam() {
        open("""
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: dinah_ivi}
              - {username: libby_ii}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """);
    }

    private Orders links(String... people) {
        return Site.noon(alice).mode(Mode.LinkOnly).people(people);
    }

    private static String zoneAt(int hour) {
        int east = hour - Instant.now().atZone(ZoneOffset.UTC).getHour();
        return ZoneOffset.ofHours(east < -12 ? east + 24 : east).getId();
    }

    /** In Turkish the small letter of I has no dot. */
    private static Map<String, String> abroad(String zone) {
        return Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Duser.language=tr -Duser.country=TR -Dfile.encoding=COMPAT -Duser.timezone=GMT" + zone,
                "LC_ALL",
                "C",
                "TZ",
                "Pacific/Kiritimati",
                "BECKON_KILL_AT",
                "after-claim:1");
    }

    @Test
    void anotherLanguageAlphabetAndZoneOfTheJvm() {
        site.ledger()
                .suppressions()
                .add(List.of(Identities.ofUsername("dinah_ivi")), OptionalLong.empty(), "AskedByMail");
        Orders orders = links("DINAH_IVI", "LIBBY_II");
        site.invite(orders.build(), Map.of(), abroad("+03:00")).endsWith(0);
        assertThat(site.contacts("dinah_ivi", How.MESSAGE)).isEmpty();
        assertThat(site.contacts("libby_ii", How.MESSAGE)).hasSize(1);

        site.invite(links("libby_ii").build()).endsWith(0);
        assertThat(site.contacts("libby_ii", How.MESSAGE))
                .as("the same human for a worker at home")
                .hasSize(1);
    }

    @Test
    void nightIsDayInTheZoneOfTheJvm() {
        Orders orders = links("libby_ii").window("08:00", "22:00", zoneAt(2));
        WorkerProcess worker =
                site.invite(orders.build(), Map.of(), abroad(zoneAt(12))).endsWith(0);
        assertThat(worker.told().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(worker.told().reason()).isEqualTo("QuietHours");
        assertThat(site.contacts("libby_ii", How.MESSAGE)).isEmpty();
    }

    /** Seen from the node, that is its own clock being wrong. */
    @Test
    void aDatabaseWhoseClockIsAnotherThanTheNodes() {
        for (long off : List.of(-10_800L, -30L, 30L, 700_000L)) {
            String url = site.database().jdbcUrl() + "&sessionVariables=timestamp="
                    + (Instant.now().getEpochSecond() + off);
            WorkerProcess worker = site.invite(
                            links("libby_ii").build(), Map.of(Paths.LEDGER + "/jdbc-url", url), Map.of())
                    .endsWith(ExitCode.LEDGER_UNAVAILABLE.code());
            assertThat(worker.told().reason()).isEqualTo("ClockSkew");
        }
        assertThat(site.contacts("libby_ii", How.MESSAGE)).isEmpty();
    }

    @Test
    void filesFromElsewhere() {
        site.invite(links("libby_ii").build(), Map.of(), Map.of("BECKON_ROOT", "/nowhere"))
                .endsWith(ExitCode.BAD_INPUT.code());
        assertThat(site.contacts("libby_ii", How.MESSAGE)).isEmpty();
    }

    @Test
    void aPodWithTheNameAndUidOfTheHolderOfTheLease() {
        Orders orders = links("dinah_ivi", "libby_ii").delay(PAUSE, PAUSE);
        WorkerProcess holder = site.invite(orders.build());
        await().atMost(Site.PATIENCE).until(() -> site.reached(How.MESSAGE) == 1);
        String[] name = site.ledger()
                .reports()
                .accounts(List.of(alice))
                .get(alice)
                .lease()
                .orElseThrow()
                .holder()
                .split("/", 2);
        WorkerProcess impostor = site.invite(orders.build(), Map.of(), Map.of("POD_NAME", name[0], "POD_UID", name[1]));
        await().atMost(Site.PATIENCE).until(() -> impostor.out().contains("Waits for the account"));
        impostor.terminate();
        assertThat(impostor.endsWith(0).told().reason()).isEqualTo("Stopped");
        assertThat(holder.runs()).isTrue();
        assertThat(site.world().truth().overlaps()).isEmpty();
        holder.terminate();
        holder.endsWith(0);
        assertThat(site.reached(How.MESSAGE)).isEqualTo(1);
    }
}
