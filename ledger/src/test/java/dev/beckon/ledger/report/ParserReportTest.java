package dev.beckon.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.Datasets;
import dev.beckon.ledger.parser.PageResult;
import dev.beckon.ledger.parser.ParsedPerson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the operator's own user reads of parsers. */
@Tag("integration")
class ParserReportTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final OperatorLedger operator = fixture.database.operatorLedger(fixture.clock);
    private final Lease lease = fixture.lease(fixture.account());
    private final String parser = LedgerFixture.uid();

    @AfterEach
    void close() {
        operator.close();
        fixture.close();
    }

    private Datasets.Run run(String uid) {
        return new Datasets.Run(uid, parser, "team", "people", Optional.empty());
    }

    private Dataset begin(String uid) {
        return fixture.ledger
                .datasets()
                .begin(lease, new Datasets.Beginning(run(uid), fixture.chat, true, "MEMBERS", 99))
                .orElseThrow();
    }

    private Dataset append(Dataset dataset, boolean last) {
        long id = LedgerFixture.number();
        Datasets.Page page = new Datasets.Page(
                dataset.position(),
                dataset.position() + 3,
                last,
                new Dataset.Counts(3, 3, 99, 1, 1, 0, 0),
                List.of(new ParsedPerson(id, null, null, "Ann", null, false, false, false, "Recently")),
                100);
        return ((PageResult.Kept) fixture.ledger.datasets().append(lease, dataset, page)).dataset();
    }

    @Test
    void aParserWithoutARunIsAbsent() {
        assertThat(operator.reports().parsers(List.of(parser))).isEmpty();
        assertThat(operator.reports().parsers(List.of())).isEmpty();
    }

    @Test
    void theNewestRunAndTheNewestCompleteOneAreTold() {
        Dataset whole = append(begin("whole-" + parser), true);
        assertThat(fixture.ledger.datasets().complete(lease, whole)).isPresent();
        append(begin("half-" + parser), false);
        Instant next = Instant.parse("2026-12-01T00:00:00Z");
        fixture.ledger.datasets().waits(lease, run("half-" + parser), Optional.of(next), Optional.of("FloodWait"));
        fixture.ledger.datasets().fails(lease, run("half-" + parser), "SourceRefused", "No.");

        ParserReport report = operator.reports().parsers(List.of(parser)).get(parser);

        assertThat(report.newest().datasetUid()).isEqualTo("half-" + parser);
        assertThat(report.newest().isComplete()).isFalse();
        assertThat(report.newest().nextActionAt()).contains(next);
        assertThat(report.newest().waitingFor()).contains("FloodWait");
        assertThat(report.newest().lastError().orElseThrow().reason()).isEqualTo("SourceRefused");
        assertThat(report.newest().counts()).isEqualTo(new Dataset.Counts(3, 3, 99, 1, 1, 0, 0));
        assertThat(report.complete()).get().satisfies(run -> {
            assertThat(run.datasetUid()).isEqualTo("whole-" + parser);
            assertThat(run.people()).isEqualTo(1);
            assertThat(run.sha256().orElseThrow()).hasSize(64);
            assertThat(run.administered()).isTrue();
            assertThat(run.completedAt()).isPresent();
        });
    }

    @Test
    void aCompleteRunIsBothWhenNoneFollows() {
        Dataset whole = append(begin("only-" + parser), true);
        assertThat(fixture.ledger.datasets().complete(lease, whole)).isPresent();

        ParserReport report = operator.reports().parsers(List.of(parser)).get(parser);

        assertThat(report.complete()).contains(report.newest());
    }
}
