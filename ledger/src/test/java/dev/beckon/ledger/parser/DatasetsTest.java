package dev.beckon.ledger.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.parser.Dataset.Counts;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.testing.BreakingDataSource;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A dataset grows page by page, each row once, whatever is killed in between. */
@Tag("integration")
class DatasetsTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final ParserFixture parser = new ParserFixture(fixture);

    @AfterEach
    void close() {
        parser.close();
        fixture.close();
    }

    @Test
    void pagesBecomeRowsInTheirOrderAndCounts() {
        Dataset dataset = parser.append(parser.append(parser.begin(), parser.page(0, 3)), parser.page(3, 5));

        assertThat(parser.numbers(dataset)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(dataset.position()).isEqualTo(5);
        assertThat(dataset.people()).isEqualTo(5);
        assertThat(dataset.counts()).isEqualTo(new Counts(5, 5, 99, 2, 0, 0, 0));
        assertThat(dataset.administered()).isTrue();
        assertThat(parser.datasets().find(dataset.uid())).contains(dataset);
    }

    @Test
    void aRunThatBeginsAgainGoesOnWhereItStands() {
        Dataset dataset = parser.append(parser.begin(), parser.page(0, 3));

        Dataset again = parser.begin(dataset.uid(), Optional.empty());

        assertThat(again).isEqualTo(dataset);
    }

    @Test
    void rightsThatComeLaterDontReachBack() {
        Datasets.Run run = parser.run(LedgerFixture.uid(), Optional.empty());
        parser.datasets().begin(parser.lease, new Datasets.Beginning(run, fixture.chat, false, "MEMBERS", 99));

        assertThat(parser.datasets()
                        .begin(parser.lease, new Datasets.Beginning(run, fixture.chat, true, "MEMBERS", 99)))
                .hasValueSatisfying(
                        dataset -> assertThat(dataset.administered()).isFalse());
    }

    @Test
    void aPageThatIsWrittenTwiceIsThereOnce() {
        Dataset dataset = parser.begin();
        parser.append(dataset, parser.page(0, 3));

        PageResult again = parser.datasets().append(parser.lease, dataset, parser.page(0, 3));

        assertThat(again)
                .isInstanceOfSatisfying(
                        PageResult.StandsElsewhere.class,
                        elsewhere -> assertThat(elsewhere.dataset().position()).isEqualTo(3));
        assertThat(parser.numbers(dataset)).hasSize(3);
    }

    @Test
    void nothingIsAddedAfterTheLastPage() {
        Dataset dataset = parser.append(parser.append(parser.begin(), parser.page(0, 3)), ParserFixture.last(3));

        assertThat(parser.datasets().append(parser.lease, dataset, parser.page(3, 4)))
                .isInstanceOf(PageResult.StandsElsewhere.class);
    }

    @Test
    void whoIsMetAgainIsCountedAndNotKept() {
        Dataset dataset = parser.append(parser.begin(), parser.page(0, 3));
        List<ParsedPerson> again = List.of(parser.person(2), parser.person(7), parser.person(7));

        dataset = parser.append(dataset, ParserFixture.pageOf(3, 6, again));

        assertThat(parser.numbers(dataset)).containsExactly(0L, 1L, 2L, 7L);
        assertThat(dataset.counts().duplicates()).isEqualTo(2);
    }

    @Test
    void aUsernameThatChangedHandsLosesNobody() {
        ParsedPerson heir = new ParsedPerson(
                parser.first + 50, "name" + parser.first, null, "B", null, false, false, false, "Unknown");

        Dataset dataset = parser.append(
                parser.append(parser.begin(), parser.page(0, 1)), ParserFixture.pageOf(1, 2, List.of(heir)));

        assertThat(parser.numbers(dataset)).containsExactly(0L, 50L);
    }

    @Test
    void noMoreThanTheLimitIsKept() {
        Dataset dataset = parser.append(
                parser.begin(), new Datasets.Page(0, 5, false, ParserFixture.NOTHING, parser.people(0, 5), 3));

        assertThat(parser.numbers(dataset)).containsExactly(0L, 1L, 2L);
        assertThat(dataset.counts().filtered()).isEqualTo(2);
    }

    @Test
    void whoLostTheAccountWritesNothing() {
        Dataset dataset = parser.begin();
        fixture.ledger.leases().release(parser.lease);

        assertThat(parser.datasets().append(parser.lease, dataset, parser.page(0, 3)))
                .isInstanceOf(PageResult.LeaseLost.class);
        assertThat(parser.datasets().complete(parser.lease, dataset)).isEmpty();
        assertThat(parser.numbers(dataset)).isEmpty();
    }

    @Test
    void theDigestIsThatOfTheExport() throws NoSuchAlgorithmException {
        Dataset read = parser.append(parser.append(parser.begin(), parser.page(0, 1_203)), ParserFixture.last(1_203));
        assertThat(parser.datasets().newest(parser.uid)).isEmpty();

        Dataset complete = parser.datasets().complete(parser.lease, read).orElseThrow();

        ByteArrayOutputStream export = new ByteArrayOutputStream();
        parser.datasets().forEachLine(complete, line -> {
            export.writeBytes(line);
            export.write('\n');
        });
        assertThat(complete.sha256())
                .contains(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(export.toByteArray())));
        assertThat(export.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1_203)
                .first()
                .isEqualTo("{\"user_id\":" + parser.first + ",\"username\":\"name" + parser.first
                        + "\",\"first_name\":\"Ann\",\"bot\":false,\"deleted\":false,\"premium\":true,"
                        + "\"last_seen\":\"Recently\"}");
        assertThat(parser.datasets().complete(parser.lease, read)).contains(complete);
        assertThat(parser.datasets().newest(parser.uid)).contains(complete);
    }

    private Dataset append(Dataset dataset, Datasets.Page page, WrittenLines written) {
        return switch (parser.datasets().append(parser.lease, dataset, page, written)) {
            case PageResult.Kept(Dataset kept) -> kept;
            case PageResult.StandsElsewhere(Dataset stands) -> stands;
            case PageResult.LeaseLost _ -> throw new AssertionError("the lease is ours");
        };
    }

    /** The digest of what a steward would export now. */
    private String exported(Dataset dataset) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        parser.datasets().forEachLine(dataset, line -> {
            digest.update(line);
            digest.update((byte) '\n');
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private void erase(Dataset dataset, long... numbers) {
        for (long number : numbers) {
            parser.steward
                    .datasets()
                    .find(Identities.ofUserId(parser.first + number))
                    .forEach(parser.steward.datasets()::erase);
        }
        assertThat(parser.numbers(dataset)).isNotEmpty();
    }

    @Test
    void whoWroteEveryLineNeedsToReadNone() throws NoSuchAlgorithmException {
        Dataset begun = parser.begin();
        WrittenLines written = new WrittenLines(begun);
        Dataset read = append(append(begun, parser.page(0, 3), written), parser.page(3, 5), written);
        read = append(read, ParserFixture.last(5), written);
        assertThat(written.digestOf(read)).isPresent();

        Dataset complete =
                parser.datasets().complete(parser.lease, read, written).orElseThrow();

        assertThat(complete.sha256()).contains(exported(complete));
    }

    @Test
    void whoIsErasedBeforeTheEndIsNotInTheDigest() throws NoSuchAlgorithmException {
        Dataset begun = parser.begin();
        WrittenLines written = new WrittenLines(begun);
        Dataset read = append(append(begun, parser.page(0, 5), written), ParserFixture.last(5), written);
        erase(read, 1);

        assertThat(parser.datasets().complete(parser.lease, read, written))
                .as("as it stood before")
                .isEmpty();
        Dataset stands = parser.datasets().find(read.uid()).orElseThrow();
        Dataset complete =
                parser.datasets().complete(parser.lease, stands, written).orElseThrow();

        assertThat(complete.people()).isEqualTo(4);
        assertThat(complete.sha256()).contains(exported(complete));
    }

    @Test
    void whoDidNotHearWhetherAPageWasWrittenReadsAtTheEnd() throws NoSuchAlgorithmException {
        Dataset begun = parser.begin();
        WrittenLines written = new WrittenLines(begun);
        // A try whose answer was lost; so the next one is told that the page is there.
        parser.append(begun, parser.page(0, 3));
        Dataset stands = append(begun, parser.page(0, 3), written);
        assertThat(stands.people()).isEqualTo(3);
        append(append(stands, parser.page(3, 6), written), ParserFixture.last(6), written);
        // Now there are as many rows as this process wrote, and they are others.
        erase(begun, 3, 4, 5);
        Dataset read = parser.datasets().find(begun.uid()).orElseThrow();

        Dataset complete =
                parser.datasets().complete(parser.lease, read, written).orElseThrow();

        assertThat(complete.sha256()).contains(exported(complete));
    }

    @Test
    void whoGoesOnAfterAKillReadsWhatTheDeadWrote() throws NoSuchAlgorithmException {
        Dataset begun = parser.begin();
        Dataset stands = parser.append(begun, parser.page(0, 3));
        WrittenLines written = new WrittenLines(stands);
        append(append(stands, parser.page(3, 6), written), ParserFixture.last(6), written);
        erase(begun, 0, 1, 2);
        Dataset read = parser.datasets().find(begun.uid()).orElseThrow();

        Dataset complete =
                parser.datasets().complete(parser.lease, read, written).orElseThrow();

        assertThat(complete.sha256()).contains(exported(complete));
        assertThat(written.digestOf(read)).isEmpty();
    }

    @Test
    void aRunThatIsStillReadingIsNotCompleted() {
        assertThat(parser.datasets().complete(parser.lease, parser.append(parser.begin(), parser.page(0, 3))))
                .isEmpty();
    }

    @Test
    void killedAtAnyStatementARunLosesAndDoublesNothing() {
        for (long moment = 1; ; moment++) {
            String uid = LedgerFixture.uid();
            BreakingDataSource breaking = new BreakingDataSource(
                    fixture.database.jdbcUrl(), "beckon_worker", TestDatabase.WORKER_PASSWORD, moment);
            try (Ledger doomed = Ledger.open(breaking, TestDatabase.LEASE_MARGIN, fixture.keys, fixture.clock)) {
                run(doomed, uid);
            } catch (LedgerUnavailableException e) {
                // It died at this moment.
            }
            Dataset done = run(fixture.ledger, uid);

            assertThat(parser.numbers(done)).as("killed at moment %d", moment).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
            assertThat(done.counts()).isEqualTo(new Counts(6, 6, 99, 3, 0, 0, 0));
            assertThat(done.state()).isEqualTo(Dataset.State.Complete);
            if (!breaking.isBroken()) {
                assertThat(moment).isGreaterThan(20);
                return;
            }
        }
    }

    /** A run as a worker makes it: it goes on from wherever the dataset stands. */
    private Dataset run(Ledger ledger, String uid) {
        Datasets datasets = ledger.datasets();
        Dataset dataset = datasets.begin(
                        parser.lease,
                        new Datasets.Beginning(parser.run(uid, Optional.empty()), fixture.chat, true, "MEMBERS", 99))
                .orElseThrow();
        while (dataset.state() == Dataset.State.Reading) {
            Datasets.Page page = dataset.position() < 6
                    ? parser.page(dataset.position(), dataset.position() + 2)
                    : new Datasets.Page(
                            6, 6, true, new Counts(0, 0, 99, 0, 0, 0, 0), List.of(), ParserFixture.NO_LIMIT);
            dataset = switch (datasets.append(parser.lease, dataset, page)) {
                case PageResult.Kept(Dataset kept) -> kept;
                case PageResult.StandsElsewhere(Dataset stands) -> stands;
                case PageResult.LeaseLost _ -> throw new AssertionError("the lease is ours");
            };
        }
        return datasets.complete(parser.lease, dataset).orElseThrow();
    }
}
