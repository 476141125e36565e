package dev.beckon.ledger.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.parser.Dataset.Counts;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.testing.BreakingDataSource;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A dataset grows page by page, each row once, whatever is killed in between. */
@Tag("integration")
class DatasetsTest {
    private static final long NO_LIMIT = 10_000;
    private static final Counts NOTHING = new Counts(0, 0, 0, 0, 0, 0, 0);

    private final LedgerFixture fixture = new LedgerFixture();
    private final StewardLedger steward = fixture.database.stewardLedger(fixture.keys, fixture.clock);
    private final Lease lease = fixture.lease(fixture.account());
    private final String parser = LedgerFixture.uid();
    private final long first = LedgerFixture.number() * 1_000;

    @AfterEach
    void close() {
        steward.close();
        fixture.close();
    }

    private Dataset begin() {
        return begin(LedgerFixture.uid(), Optional.empty());
    }

    private Dataset begin(String uid, Optional<Duration> keepFor) {
        return fixture.ledger
                .datasets()
                .begin(lease, new Datasets.Beginning(run(uid, keepFor), fixture.chat, true, "MEMBERS", 99))
                .orElseThrow();
    }

    private Datasets.Run run(String uid, Optional<Duration> keepFor) {
        return new Datasets.Run(uid, parser, "team", "people", keepFor);
    }

    private ParsedPerson person(long number) {
        long id = first + number;
        return new ParsedPerson(id, "name" + id, null, "Ann", null, false, false, true, "Recently");
    }

    private List<ParsedPerson> people(long from, long to) {
        return LongStream.range(from, to).mapToObj(this::person).toList();
    }

    private Datasets.Page page(long from, long to) {
        return new Datasets.Page(
                from, to, false, new Counts(to - from, to - from, 99, 1, 0, 0, 0), people(from, to), NO_LIMIT);
    }

    private static Datasets.Page last(long from) {
        return new Datasets.Page(from, from, true, NOTHING, List.of(), NO_LIMIT);
    }

    private Dataset kept(PageResult result) {
        assertThat(result).isInstanceOf(PageResult.Kept.class);
        return ((PageResult.Kept) result).dataset();
    }

    private Dataset append(Dataset dataset, Datasets.Page page) {
        return kept(fixture.ledger.datasets().append(lease, dataset, page));
    }

    private List<Long> ids(Dataset dataset) {
        List<Long> ids = new ArrayList<>();
        fixture.ledger.datasets().forEach(dataset, person -> ids.add(person.userId() - first));
        return ids;
    }

    @Test
    void pagesBecomeRowsInTheirOrderAndCounts() {
        Dataset dataset = append(append(begin(), page(0, 3)), page(3, 5));

        assertThat(ids(dataset)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(dataset.position()).isEqualTo(5);
        assertThat(dataset.people()).isEqualTo(5);
        assertThat(dataset.counts()).isEqualTo(new Counts(5, 5, 99, 2, 0, 0, 0));
        assertThat(dataset.administered()).isTrue();
        assertThat(fixture.ledger.datasets().find(dataset.uid())).contains(dataset);
    }

    @Test
    void aRunThatBeginsAgainGoesOnWhereItStands() {
        Dataset dataset = append(begin(), page(0, 3));

        Dataset again = begin(dataset.uid(), Optional.empty());

        assertThat(again).isEqualTo(dataset);
    }

    @Test
    void aRunIsKnownBeforeItsChatAndTellsWhatItWaitsForUntilAPageIsKept() throws SQLException {
        Datasets.Run run = run(LedgerFixture.uid(), Optional.empty());
        Instant until = fixture.clock.instant().plusSeconds(3600);
        assertThat(fixture.ledger.datasets().waits(lease, run, Optional.of(until), Optional.of("FloodWait")))
                .isTrue();
        assertThat(fixture.ledger.datasets().fails(lease, run, "ChatNotFound", "no such chat"))
                .isTrue();
        assertThat(told(run)).isEqualTo("0 null FloodWait " + until.toEpochMilli() + " ChatNotFound no such chat");

        Dataset dataset = fixture.ledger
                .datasets()
                .begin(lease, new Datasets.Beginning(run, fixture.chat, true, "MEMBERS", 99))
                .orElseThrow();
        assertThat(dataset.chatId()).isEqualTo(fixture.chat);
        append(dataset, page(0, 3));
        assertThat(told(run)).isEqualTo(fixture.chat + " MEMBERS null null ChatNotFound no such chat");
    }

    @Test
    void anExportThatFailedTellsWhenItIsTriedAgainAndOneThatIsWrittenNothingMore() throws SQLException {
        Datasets.Run run = run(LedgerFixture.uid(), Optional.empty());
        fixture.ledger.datasets().begin(lease, new Datasets.Beginning(run, fixture.chat, true, "MEMBERS", 99));
        Instant again = fixture.clock.instant().plusSeconds(600);

        fixture.ledger.datasets().exportFails(run, "ExportFailed", "no room", again);
        assertThat(told(run))
                .isEqualTo(fixture.chat + " MEMBERS ExportFailed " + again.toEpochMilli() + " ExportFailed no room");
        fixture.ledger.datasets().exported(run);
        assertThat(told(run)).startsWith(fixture.chat + " MEMBERS null null");
    }

    @Test
    void rightsThatComeLaterDontReachBack() {
        Datasets.Run run = run(LedgerFixture.uid(), Optional.empty());
        fixture.ledger.datasets().begin(lease, new Datasets.Beginning(run, fixture.chat, false, "MEMBERS", 99));

        assertThat(fixture.ledger
                        .datasets()
                        .begin(lease, new Datasets.Beginning(run, fixture.chat, true, "MEMBERS", 99)))
                .hasValueSatisfying(
                        dataset -> assertThat(dataset.administered()).isFalse());
    }

    @Test
    void whoLostTheAccountTellsNothing() {
        Datasets.Run run = run(LedgerFixture.uid(), Optional.empty());
        fixture.ledger.leases().release(lease);

        assertThat(fixture.ledger.datasets().waits(lease, run, Optional.empty(), Optional.empty()))
                .isFalse();
        assertThat(fixture.ledger.datasets().find(run.datasetUid())).isEmpty();
    }

    private String told(Datasets.Run run) throws SQLException {
        try (Connection connection = fixture.database.admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COALESCE(chat_id, 0), listing, waiting_for, next_action_at, last_error_reason,"
                                + " last_error_message FROM beckon_parser.dataset WHERE dataset_uid = '"
                                + run.datasetUid() + "'")) {
            assertThat(row.next()).isTrue();
            List<String> columns = new ArrayList<>();
            for (int column = 1; column <= 6; column++) {
                columns.add(row.getString(column));
            }
            return String.join(" ", columns);
        }
    }

    @Test
    void aPageThatIsWrittenTwiceIsThereOnce() {
        Dataset dataset = begin();
        append(dataset, page(0, 3));

        PageResult again = fixture.ledger.datasets().append(lease, dataset, page(0, 3));

        assertThat(again)
                .isInstanceOfSatisfying(
                        PageResult.StandsElsewhere.class,
                        elsewhere -> assertThat(elsewhere.dataset().position()).isEqualTo(3));
        assertThat(ids(dataset)).hasSize(3);
    }

    @Test
    void nothingIsAddedAfterTheLastPage() {
        Dataset dataset = append(append(begin(), page(0, 3)), last(3));

        assertThat(fixture.ledger.datasets().append(lease, dataset, page(3, 4)))
                .isInstanceOf(PageResult.StandsElsewhere.class);
    }

    @Test
    void whoIsMetAgainIsCountedAndNotKept() {
        Dataset dataset = append(begin(), page(0, 3));
        List<ParsedPerson> again = List.of(person(2), person(7), person(7));

        dataset = append(dataset, new Datasets.Page(3, 6, false, NOTHING, again, NO_LIMIT));

        assertThat(ids(dataset)).containsExactly(0L, 1L, 2L, 7L);
        assertThat(dataset.counts().duplicates()).isEqualTo(2);
    }

    @Test
    void aUsernameThatChangedHandsLosesNobody() {
        ParsedPerson heir =
                new ParsedPerson(first + 50, "name" + first, null, "B", null, false, false, false, "Unknown");

        Dataset dataset =
                append(append(begin(), page(0, 1)), new Datasets.Page(1, 2, false, NOTHING, List.of(heir), NO_LIMIT));

        assertThat(ids(dataset)).containsExactly(0L, 50L);
    }

    @Test
    void noMoreThanTheLimitIsKept() {
        Dataset dataset = append(begin(), new Datasets.Page(0, 5, false, NOTHING, people(0, 5), 3));

        assertThat(ids(dataset)).containsExactly(0L, 1L, 2L);
        assertThat(dataset.counts().filtered()).isEqualTo(2);
    }

    @Test
    void whoLostTheAccountWritesNothing() {
        Dataset dataset = begin();
        fixture.ledger.leases().release(lease);

        assertThat(fixture.ledger.datasets().append(lease, dataset, page(0, 3)))
                .isInstanceOf(PageResult.LeaseLost.class);
        assertThat(fixture.ledger.datasets().complete(lease, dataset)).isEmpty();
        assertThat(ids(dataset)).isEmpty();
    }

    @Test
    void theDigestIsThatOfTheExport() throws NoSuchAlgorithmException {
        Dataset read = append(append(begin(), page(0, 1_203)), last(1_203));
        assertThat(fixture.ledger.datasets().newest(parser)).isEmpty();

        Dataset complete = fixture.ledger.datasets().complete(lease, read).orElseThrow();

        ByteArrayOutputStream export = new ByteArrayOutputStream();
        fixture.ledger.datasets().forEachLine(complete, line -> {
            export.writeBytes(line);
            export.write('\n');
        });
        assertThat(complete.sha256())
                .contains(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(export.toByteArray())));
        assertThat(export.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1_203)
                .first()
                .isEqualTo("{\"user_id\":" + first + ",\"username\":\"name" + first
                        + "\",\"first_name\":\"Ann\",\"bot\":false,\"deleted\":false,\"premium\":true,"
                        + "\"last_seen\":\"Recently\"}");
        assertThat(fixture.ledger.datasets().complete(lease, read)).contains(complete);
        assertThat(fixture.ledger.datasets().newest(parser)).contains(complete);
    }

    @Test
    void aRunThatIsStillReadingIsNotCompleted() {
        assertThat(fixture.ledger.datasets().complete(lease, append(begin(), page(0, 3))))
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

            assertThat(ids(done)).as("killed at moment %d", moment).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
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
                        lease, new Datasets.Beginning(run(uid, Optional.empty()), fixture.chat, true, "MEMBERS", 99))
                .orElseThrow();
        while (dataset.state() == Dataset.State.Reading) {
            Datasets.Page page = dataset.position() < 6
                    ? page(dataset.position(), dataset.position() + 2)
                    : new Datasets.Page(6, 6, true, new Counts(0, 0, 99, 0, 0, 0, 0), List.of(), NO_LIMIT);
            dataset = switch (datasets.append(lease, dataset, page)) {
                case PageResult.Kept(Dataset kept) -> kept;
                case PageResult.StandsElsewhere(Dataset stands) -> stands;
                case PageResult.LeaseLost _ -> throw new AssertionError("the lease is ours");
            };
        }
        return datasets.complete(lease, dataset).orElseThrow();
    }

    // ---- what is kept of people

    @Test
    void nobodyCanBeReadWithoutTheKeys() throws SQLException {
        Dataset dataset = append(begin(), page(0, 1));

        try (Connection connection = fixture.database.admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT line FROM beckon_parser.parsed_person WHERE dataset_id = " + dataset.id())) {
            assertThat(row.next()).isTrue();
            assertThat(new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                    .doesNotContain("Ann", "name" + first, Long.toString(first));
        }
    }

    @Test
    void aPersonIsFoundByEachNameInEveryDatasetAndErased() {
        Dataset one = append(append(begin(), page(0, 3)), last(3));
        one = fixture.ledger.datasets().complete(lease, one).orElseThrow();
        Dataset two = append(begin(), new Datasets.Page(0, 2, false, NOTHING, List.of(person(1)), NO_LIMIT));

        List<DatasetErasure.Kept> found = steward.datasets().find(Identities.ofUsername("name" + (first + 1)));
        assertThat(found).hasSize(2).extracting(kept -> kept.person()).containsOnly(person(1));
        found.forEach(steward.datasets()::erase);

        assertThat(steward.datasets().find(Identities.ofUserId(first + 1))).isEmpty();
        assertThat(ids(one)).containsExactly(0L, 2L);
        assertThat(ids(two)).isEmpty();
        Dataset now = fixture.ledger.datasets().find(one.uid()).orElseThrow();
        assertThat(now.people()).isEqualTo(2);
        assertThat(now.sha256()).isEmpty();
    }

    @Test
    void aRunGoesOnAfterSomebodyWasErasedFromIt() {
        Dataset dataset = append(begin(), page(0, 3));
        steward.datasets().find(Identities.ofUserId(first + 2)).forEach(steward.datasets()::erase);

        Dataset read = append(append(dataset, page(3, 5)), last(5));

        assertThat(ids(read)).containsExactly(0L, 1L, 3L, 4L);
        assertThat(fixture.ledger.datasets().complete(lease, read)).isPresent();
    }

    @Test
    void peopleAreForgottenWhenTheirTimeIsOverAndCountsStay() {
        Dataset dataset = append(begin(LedgerFixture.uid(), Optional.of(Duration.ofDays(30))), page(0, 3));
        assertThat(steward.datasets().expired()).doesNotContain(dataset.id());

        fixture.clock.advance(Duration.ofDays(31));
        assertThat(steward.datasets().expired()).contains(dataset.id());
        Datasets.Run run = run(dataset.uid(), Optional.empty());
        Instant goesOn = fixture.clock.instant().plus(Duration.ofHours(1));
        fixture.ledger.datasets().waits(lease, run, Optional.of(goesOn), Optional.of("FloodWait"));
        assertThat(steward.datasets().expired())
                .as("it goes on where it stands, with the people it has")
                .doesNotContain(dataset.id());
        fixture.clock.advance(Duration.ofHours(26));
        assertThat(steward.datasets().expired()).contains(dataset.id());
        assertThat(steward.datasets().forget(dataset.id())).isEqualTo(3);

        assertThat(ids(dataset)).isEmpty();
        assertThat(steward.datasets().find(Identities.ofUserId(first))).isEmpty();
        assertThat(steward.datasets().expired()).doesNotContain(dataset.id());
        assertThat(fixture.ledger
                        .datasets()
                        .find(dataset.uid())
                        .orElseThrow()
                        .counts()
                        .scanned())
                .isEqualTo(3);
    }
}
