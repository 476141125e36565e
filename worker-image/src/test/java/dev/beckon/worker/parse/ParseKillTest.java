package dev.beckon.worker.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.ParseOrders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.workorder.ParseOrder.Format;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A parser may be killed at any step: no row is lost or doubled, the digest is the same, and no half file is in its place. */
class ParseKillTest extends OnSource {
    private static String world() {
        List<String> messages = new ArrayList<>();
        for (int i = 1; i <= 330; i++) {
            messages.add("{from: guest" + (1 + i % 50) + ", text: t}");
        }
        return """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: robot_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
              - generate: {count: 650, prefix: guest}
            chats:
              - {title: Meetup, username: meetup, owner: alice, members: [robot_bot, "guest*"], messages: [%s]}
            """.formatted(String.join(", ", messages));
    }

    static Stream<Arguments> steps() {
        return Stream.of(false, true)
                .flatMap(authors -> Stream.of(
                                KillPoint.AFTER_LEASE,
                                KillPoint.AFTER_READY,
                                KillPoint.BEFORE_COMPLETE,
                                KillPoint.BEFORE_SAVE,
                                KillPoint.AFTER_SAVE,
                                KillPoint.MID_EXPORT,
                                KillPoint.BEFORE_RENAME)
                        .map(step -> Arguments.of(authors, step, 1)));
    }

    static Stream<Arguments> pages() {
        return Stream.of(false, true)
                .flatMap(authors -> Stream.of(KillPoint.AFTER_PAGE, KillPoint.AFTER_APPEND)
                        .flatMap(step -> Stream.of(1, 2, 3, 4).map(nth -> Arguments.of(authors, step, nth))));
    }

    private ParseOrders orders(boolean authors) {
        ParseOrders orders = ParseOrders.of(alice).withoutBots().export(Format.Ndjson, "lists/people.ndjson");
        return authors ? orders.authors() : orders;
    }

    private Pod podWithVolume() throws IOException {
        Pod pod = stage.pod();
        Files.createDirectories(pod.root().resolve(Paths.EXPORT.substring(1)).getParent());
        Path volume = Files.createDirectories(folder.resolve("volume"));
        Files.createSymbolicLink(pod.root().resolve(Paths.EXPORT.substring(1)), volume);
        return pod;
    }

    @ParameterizedTest(name = "authors: {0}, {1} for the {2}. time")
    @MethodSource({"steps", "pages"})
    void nobodyIsLostOrDoubled(boolean authors, KillPoint step, int nth) throws IOException, NoSuchAlgorithmException {
        open(world());
        ParseOrders untouched = orders(authors);
        assertThat(podWithVolume().run(parsing(untouched.build())).result().ending())
                .isEqualTo(RunResult.Ending.COMPLETED);
        Files.delete(folder.resolve("volume/lists/people.ndjson"));

        ParseOrders orders = orders(authors);
        boolean killed = false;
        try {
            podWithVolume().killedAt(step, nth).run(parsing(orders.build()));
        } catch (Pod.Killed e) {
            killed = true;
            stage.leasesRunOut();
        }
        assertThat(killed).as("the step is reached").isTrue();
        assertThat(folder.resolve("volume/lists/people.ndjson")).doesNotExist();
        assertThat(podWithVolume().run(parsing(orders.build())).result().ending())
                .isEqualTo(RunResult.Ending.COMPLETED);

        assertThat(names(orders)).isEqualTo(names(untouched)).doesNotHaveDuplicates();
        Dataset dataset = dataset(orders);
        assertThat(dataset.counts()).isEqualTo(dataset(untouched).counts());
        assertThat(dataset.sha256()).isEqualTo(dataset(untouched).sha256());
        byte[] file = Files.readAllBytes(folder.resolve("volume/lists/people.ndjson"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
                .isEqualTo(dataset.sha256().orElseThrow());
        assertThat(folder.resolve("volume/lists").toFile().list())
                .as("no part is left")
                .containsExactly("people.ndjson");
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }

    @ParameterizedTest(name = "authors: {0}, the {1}. call, the page before was let through: {2}")
    @CsvSource({"false,2,false", "false,2,true", "false,4,true", "true,2,false", "true,3,true"})
    void killedWhileOnePageIsWrittenAndTheNextIsAskedForNobodyIsLostOrDoubled(boolean authors, int call, boolean let)
            throws IOException {
        open(world());
        ParseOrders untouched = orders(authors);
        podWithVolume().run(parsing(untouched.build()));
        ParseOrders orders = orders(authors);
        CountDownLatch gate = new CountDownLatch(let ? 0 : 1);
        Pod doomed = stage.heldUpAtPages(gate).killedAtCall(authors ? "authors" : "members", call);
        assertThatThrownBy(() -> doomed.run(parsing(orders.build()))).isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        long before = dataset(orders).people();
        if (!let) {
            assertThat(before)
                    .as("it was asked for before the first page was written")
                    .isZero();
        }

        assertThat(podWithVolume().run(parsing(orders.build())).result().ending())
                .isEqualTo(RunResult.Ending.COMPLETED);
        // What the dead still had to write comes to nothing.
        gate.countDown();

        assertThat(names(orders)).isEqualTo(names(untouched)).doesNotHaveDuplicates();
        assertThat(dataset(orders).counts()).isEqualTo(dataset(untouched).counts());
        assertThat(dataset(orders).sha256()).isEqualTo(dataset(untouched).sha256());
    }

    @Test
    void killedWithEachPageOnceARunStillEnds() throws IOException {
        open(world());
        ParseOrders orders = orders(false);
        int kills = 0;
        while (true) {
            try {
                podWithVolume().killedAt(KillPoint.AFTER_APPEND, 1).run(parsing(orders.build()));
                break;
            } catch (Pod.Killed e) {
                kills++;
                stage.leasesRunOut();
            }
        }
        assertThat(kills).as("four pages and the list's end").isEqualTo(5);
        assertThat(names(orders)).hasSize(651).doesNotHaveDuplicates();
    }
}
