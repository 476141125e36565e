package dev.beckon.ledger.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.invite.Suppressions;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.steward.Decision;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept of people whom a parser collected: sealed, found for who asks about themselves, and not for ever. */
@Tag("integration")
class ParsedPeopleTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final ParserFixture parser = new ParserFixture(fixture);

    @AfterEach
    void close() {
        parser.close();
        fixture.close();
    }

    @Test
    void nobodyCanBeReadWithoutTheKeys() throws SQLException {
        Dataset dataset = parser.append(parser.begin(), parser.page(0, 1));

        try (Connection connection = fixture.database.admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT line FROM beckon_parser.parsed_person WHERE dataset_id = " + dataset.id())) {
            assertThat(row.next()).isTrue();
            assertThat(new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                    .doesNotContain("Ann", "name" + parser.first, Long.toString(parser.first));
        }
    }

    @Test
    void whoHadThemselvesErasedIsCollectedAgainNeitherByTheNextPageNorByTheNextRun() {
        Decision asked = new Decision(Suppressions.ERASED, "SUP-1");
        Dataset reading = parser.append(parser.begin(), parser.page(0, 3));
        // On the list before, for another reason.
        Identities one = Identities.ofUserId(parser.first + 1);
        fixture.ledger.suppressions().add(List.of(one), OptionalLong.empty(), "OptedOut");
        parser.steward.suppressions().erased(List.of(one), asked);
        parser.steward.datasets().find(one).forEach(parser.steward.datasets()::erase);

        reading = parser.append(reading, ParserFixture.pageOf(3, 5, List.of(parser.person(1), parser.person(4))));
        Dataset next = parser.append(parser.begin(), parser.page(0, 3));

        assertThat(parser.numbers(reading)).containsExactly(0L, 2L, 4L);
        assertThat(parser.numbers(next)).containsExactly(0L, 2L);
        assertThat(next.counts().filtered()).isEqualTo(1);
    }

    @Test
    void aPageThatIsBeingWrittenIsWaitedForBeforeOneLooksForWhomToErase() throws SQLException {
        Dataset reading = parser.append(parser.begin(), parser.page(0, 3));
        try (Connection page = fixture.database.admin();
                Statement statement = page.createStatement()) {
            page.setAutoCommit(false);
            statement.executeQuery(
                    "SELECT position FROM beckon_parser.dataset WHERE dataset_id = " + reading.id() + " FOR UPDATE");

            CompletableFuture<Void> waiting =
                    CompletableFuture.runAsync(parser.steward.datasets()::awaitPages, Thread::startVirtualThread);
            while (!waitsForADataset() && !waiting.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(waiting).isNotDone();
            page.commit();

            assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    private boolean waitsForADataset() throws SQLException {
        try (Connection connection = fixture.database.admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM information_schema.processlist"
                        + " WHERE user = 'beckon_steward' AND info LIKE '%beckon_parser.dataset%FOR UPDATE'")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    @Test
    void whoIsOnTheListForAnotherReasonIsCollected() {
        fixture.ledger
                .suppressions()
                .add(List.of(Identities.ofUserId(parser.first + 1)), OptionalLong.empty(), "OptedOut");

        assertThat(parser.numbers(parser.append(parser.begin(), parser.page(0, 3))))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void aPersonIsFoundByEachNameInEveryDatasetAndErased() {
        Dataset one = parser.append(parser.append(parser.begin(), parser.page(0, 3)), ParserFixture.last(3));
        one = parser.datasets().complete(parser.lease, one).orElseThrow();
        Dataset two = parser.append(parser.begin(), ParserFixture.pageOf(0, 2, List.of(parser.person(1))));

        List<DatasetErasure.Kept> found =
                parser.steward.datasets().find(Identities.ofUsername("name" + (parser.first + 1)));
        assertThat(found).hasSize(2).extracting(kept -> kept.person()).containsOnly(parser.person(1));
        found.forEach(parser.steward.datasets()::erase);

        assertThat(parser.steward.datasets().find(Identities.ofUserId(parser.first + 1)))
                .isEmpty();
        assertThat(parser.numbers(one)).containsExactly(0L, 2L);
        assertThat(parser.numbers(two)).isEmpty();
        Dataset now = parser.datasets().find(one.uid()).orElseThrow();
        assertThat(now.people()).isEqualTo(2);
        assertThat(now.sha256()).isEmpty();
    }

    @Test
    void aRunGoesOnAfterSomebodyWasErasedFromIt() {
        Dataset dataset = parser.append(parser.begin(), parser.page(0, 3));
        parser.steward.datasets().find(Identities.ofUserId(parser.first + 2)).forEach(parser.steward.datasets()::erase);

        Dataset read = parser.append(parser.append(dataset, parser.page(3, 5)), ParserFixture.last(5));

        assertThat(parser.numbers(read)).containsExactly(0L, 1L, 3L, 4L);
        assertThat(parser.datasets().complete(parser.lease, read)).isPresent();
    }

    @Test
    void peopleAreForgottenWhenTheirTimeIsOverAndCountsStay() {
        Dataset dataset =
                parser.append(parser.begin(LedgerFixture.uid(), Optional.of(Duration.ofDays(30))), parser.page(0, 3));
        assertThat(parser.steward.datasets().expired()).doesNotContain(dataset.id());

        fixture.clock.advance(Duration.ofDays(31));
        assertThat(parser.steward.datasets().expired()).contains(dataset.id());
        Datasets.Run run = parser.run(dataset.uid(), Optional.empty());
        Instant goesOn = fixture.clock.instant().plus(Duration.ofHours(1));
        parser.datasets().waits(parser.lease, run, Optional.of(goesOn), Optional.of("FloodWait"));
        assertThat(parser.steward.datasets().expired())
                .as("it goes on where it stands, with the people it has")
                .doesNotContain(dataset.id());
        fixture.clock.advance(Duration.ofHours(26));
        assertThat(parser.steward.datasets().expired()).contains(dataset.id());
        assertThat(parser.steward.datasets().forget(dataset.id())).isEqualTo(3);

        assertThat(parser.numbers(dataset)).isEmpty();
        assertThat(parser.steward.datasets().find(Identities.ofUserId(parser.first)))
                .isEmpty();
        assertThat(parser.steward.datasets().expired()).doesNotContain(dataset.id());
        assertThat(parser.datasets().find(dataset.uid()).orElseThrow().counts().scanned())
                .isEqualTo(3);
    }
}
