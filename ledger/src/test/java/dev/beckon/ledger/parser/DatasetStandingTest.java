package dev.beckon.ledger.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a parser's run stands, for who waits for it: told from before its chat is known until its export is written. */
@Tag("integration")
class DatasetStandingTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final ParserFixture parser = new ParserFixture(fixture);

    @AfterEach
    void close() {
        parser.close();
        fixture.close();
    }

    @Test
    void aRunIsKnownBeforeItsChatAndTellsWhatItWaitsForUntilAPageIsKept() throws SQLException {
        Datasets.Run run = parser.run(LedgerFixture.uid(), Optional.empty());
        Instant until = fixture.clock.instant().plusSeconds(3600);
        assertThat(parser.datasets().waits(parser.lease, run, Optional.of(until), Optional.of("FloodWait")))
                .isTrue();
        assertThat(parser.datasets().fails(parser.lease, run, "ChatNotFound", "no such chat"))
                .isTrue();
        assertThat(told(run)).isEqualTo("0 null FloodWait " + until.toEpochMilli() + " ChatNotFound no such chat");

        Dataset dataset = parser.datasets()
                .begin(parser.lease, new Datasets.Beginning(run, fixture.chat, true, "MEMBERS", 99))
                .orElseThrow();
        assertThat(dataset.chatId()).isEqualTo(fixture.chat);
        parser.append(dataset, parser.page(0, 3));
        assertThat(told(run)).isEqualTo(fixture.chat + " MEMBERS null null ChatNotFound no such chat");
    }

    @Test
    void anExportThatFailedTellsWhenItIsTriedAgainAndOneThatIsWrittenNothingMore() throws SQLException {
        Datasets.Run run = parser.run(LedgerFixture.uid(), Optional.empty());
        parser.datasets().begin(parser.lease, new Datasets.Beginning(run, fixture.chat, true, "MEMBERS", 99));
        Instant again = fixture.clock.instant().plusSeconds(600);

        parser.datasets().exportFails(run, "ExportFailed", "no room", again);
        assertThat(told(run))
                .isEqualTo(fixture.chat + " MEMBERS ExportFailed " + again.toEpochMilli() + " ExportFailed no room");
        parser.datasets().exported(run);
        assertThat(told(run)).startsWith(fixture.chat + " MEMBERS null null");
    }

    @Test
    void whoLostTheAccountTellsNothing() {
        Datasets.Run run = parser.run(LedgerFixture.uid(), Optional.empty());
        fixture.ledger.leases().release(parser.lease);

        assertThat(parser.datasets().waits(parser.lease, run, Optional.empty(), Optional.empty()))
                .isFalse();
        assertThat(parser.datasets().find(run.datasetUid())).isEmpty();
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
}
