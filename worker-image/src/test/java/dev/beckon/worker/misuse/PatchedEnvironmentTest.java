package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.people.Identities;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.publish.PublishingRun;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever may edit the environment of a worker's pod: nothing that a worker reads there is a limit, and nothing makes it somebody else.
 * What the JVM itself reads is tried with real processes ({@code PatchedEnvironmentProcessTest}).
 */
class PatchedEnvironmentTest extends Misuse {
    /** Variables that a worker reads, and some that it might. */
    private static final String VARIABLES = """
            POD_NAME                        | another-pod
            POD_UID                         | 00000000-0000-4000-8000-000000000001
            BECKON_RUN_UID                  | another-run
            BECKON_TDLIB_LIBRARY            | /tmp/libtdjson.so
            BECKON_TELEGRAM_PROXY           | socks5://127.0.0.1:9
            BECKON_TELEGRAM_TEST_DC         | true
            BECKON_START_SECONDS            | 3600
            BECKON_ONE_RUN_PER_POD          | false
            BECKON_LOG                      | plain
            TZ                              | Pacific/Kiritimati
            BECKON_PACE_SLICE               | PT0S
            BECKON_LIMITS_MESSAGES_PER_DAY  | 100000
            BECKON_ACCOUNT_LIMITS           | none
            BECKON_PACING_MIN_DELAY         | PT0S
            BECKON_PACING_WINDOW            | 00:00-23:59
            BECKON_QUIET_HOURS              | false
            BECKON_FREQUENCY_CAP            | 0
            BECKON_IGNORE_SUPPRESSION       | true
            BECKON_KILL_AT                  | none
            """;

    /** Tried by itself. */
    private static final String ROOT = "BECKON_ROOT ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = VARIABLES)
    void aVariableOfAnotherValue(String name, String value) {
        stage.ledger().suppressions().add(List.of(Identities.ofUsername("bobby")), OptionalLong.empty(), "AskedByMail");
        Orders orders = links("bobby", "carol", "dora").limits(40, 1, 5, 100);
        for (int pod = 0; pod < 2; pod++) {
            Ending ending = stage.pod().environment(name, value).run(Stage.inviting(orders.build()));
            waits(ending, orders, "bobby", 0, "DailyLimit");
            assertThat(calls("carol") + calls("dora")).isEqualTo(1);
        }
        assertThat(reasons(orders)).containsExactly("Suppressed");

        pass(Duration.ofHours(13));
        Orders atNight = links("owner");
        waits(
                stage.pod().environment(name, value).run(Stage.inviting(atNight.build())),
                atNight,
                "owner",
                0,
                "QuietHours");
    }

    @Test
    void everyVariableThatAWorkerReadsWasTried() throws IOException {
        String documented = Files.readString(Path.of("../docs/worker.md"));
        int begins = documented.indexOf("## Environment");
        String table = documented.substring(begins, documented.indexOf("`worker migrate`", begins));
        assertThat(Pattern.compile("`([A-Z]+(?:_[A-Z]+)+)`")
                        .matcher(table)
                        .results()
                        .map(name -> name.group(1)))
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(VARIABLES + ROOT).contains(name + " "));
        String read = Files.readString(Path.of("src/main/java/dev/beckon/worker/settings/Environment.java"));
        assertThat(Pattern.compile("\"([A-Z]+(?:_[A-Z]+)+)\"")
                        .matcher(read)
                        .results()
                        .map(MatchResult::group))
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(table).contains(name.replace("\"", "`")));
    }

    @ParameterizedTest
    @CsvSource({
        "BECKON_START_SECONDS, 0",
        "BECKON_START_SECONDS, 1000000",
        "BECKON_START_SECONDS, for ever",
        "BECKON_TELEGRAM_PROXY, http://proxies.example/rotate",
        "BECKON_TELEGRAM_TEST_DC, perhaps"
    })
    void aValueThatIsNone(String name, String value) {
        Pod pod = stage.pod().environment(name, value);
        assertThatThrownBy(() -> pod.run(Stage.inviting(links("bobby").build())))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(name);
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void filesFromElsewhere() {
        Pod pod = stage.pod().environment(ROOT.strip(), "/nowhere").withoutTelegram();
        assertThatThrownBy(() -> pod.run(Stage.inviting(links("bobby").build())))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("apiCredentials");
        assertThat(calls("bobby")).isZero();
    }

    /** Another way to Telegram for each pod: what Telegram said is kept with the user, not with the way. */
    @Test
    void anotherProxyForEachPod() {
        Orders orders = links("bobby", "carol", "dora").limits(40, 1, 5, 100);
        for (int way = 1; way <= 3; way++) {
            stage.pod()
                    .environment("BECKON_TELEGRAM_PROXY", "socks5://127.0.0." + way + ":1080")
                    .run(Stage.inviting(orders.build()));
        }
        assertThat(stage.world().truth().contacts()).hasSize(1);
        assertThat(words(orders)).containsExactly("LinkSent");
    }

    /** The lease is a holder's by its number, too: who has the holder's name waits like everybody else. */
    @Test
    void aPodThatSaysItIsTheHolderOfTheLease() {
        boolean[] tried = {false};
        Orders orders = links("bobby");
        Pod holder = stage.pod();
        holder.wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("findByUsername") && !tried[0]) {
                tried[0] = true;
                Pod impostor = stage.pod().disguisedAs(holder).withoutTelegram();
                // Else it would wait until the holder is done.
                impostor.stop().raise();
                PublishOrders post = PublishOrders.of(alice).targets("@meetup").post("one", "1");
                Ending ending = impostor.run(workshop -> new PublishingRun(workshop, post.build(), Hints.NONE).run());
                assertThat(ending.result().message()).contains("before the account was free");
            }
        }));
        holder.run(Stage.inviting(orders.build()));
        assertThat(tried[0]).isTrue();
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }

    private Ending publish(PublishOrders orders, String runUid) {
        return stage.pod()
                .environment("BECKON_RUN_UID", runUid)
                .run(workshop -> new PublishingRun(workshop, orders.build(), Hints.NONE).run());
    }

    @Test
    void aRunThatSaysItIsAnotherOne() {
        PublishOrders orders = PublishOrders.of(alice)
                .ofTheJob()
                .targets("@foreign_chat")
                .messages(1)
                .post("one", "1")
                .post("two", "2");
        orders.post("three", "3").post("four", "4");
        publish(orders, "run-1");
        for (String uid : List.of("run-2", "run-3", "00000000-0000-4000-8000-000000000001")) {
            assertThat(publish(orders, uid).result().reason()).isEqualTo("DailyLimit");
        }
        assertThat(publish(orders, "run-1").result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.world().truth().posts(Instant.EPOCH)).hasSize(1);
        assertThatThrownBy(() -> publish(orders, "*")).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> publish(orders, "")).isInstanceOf(BadInput.class);
    }
}
