package dev.beckon.operator.life;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.Datasets;
import dev.beckon.ledger.parser.PageResult;
import dev.beckon.ledger.parser.ParsedPerson;
import dev.beckon.workorder.ParseOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** The part of {@link ScriptedWorker} that reads a chat of so many members, a page at a time. */
final class ScriptedParser {
    /** The beginning of the usernames of all whom it finds; they stand nowhere else. */
    static final String USERNAMES = "parsed_member_";

    private static final int PAGE = 5;
    private static final int MEMBERS = 20;

    private final Ledger ledger;
    private final ParseOrder order;
    private final Datasets.Run run;

    ScriptedParser(Ledger ledger, ParseOrder order) {
        this.ledger = ledger;
        this.order = order;
        this.run = new Datasets.Run(
                order.datasetUid().orElseGet(() -> System.getenv("BECKON_RUN_UID")),
                order.parser().uid(),
                order.parser().namespace(),
                order.parser().name(),
                order.retention());
    }

    /** Begins the run, or goes on with it. */
    Dataset begin(Lease lease) {
        return ledger.datasets()
                .begin(lease, new Datasets.Beginning(run, -1_000_000_000_777L, true, "ALL", MEMBERS))
                .orElseThrow();
    }

    /** Keeps the next page. */
    Dataset page(Lease lease, Dataset dataset) {
        long from = dataset.position();
        List<ParsedPerson> people = LongStream.range(from, from + PAGE)
                .mapToObj(id ->
                        new ParsedPerson(id + 1, USERNAMES + id, null, "P", null, false, false, false, "Recently"))
                .toList();
        Datasets.Page page = new Datasets.Page(
                from,
                from + PAGE,
                from + PAGE >= MEMBERS,
                new Dataset.Counts(PAGE, PAGE, MEMBERS, 0, 0, 0, 0),
                people,
                order.limit());
        return switch (ledger.datasets().append(lease, dataset, page)) {
            case PageResult.Kept(Dataset kept) -> kept;
            case PageResult.StandsElsewhere(Dataset stands) -> stands;
            case PageResult.LeaseLost _ -> throw new IllegalStateException("The lease was lost");
        };
    }

    boolean isRead(Dataset dataset) {
        return dataset.state() != Dataset.State.Reading;
    }

    void complete(Lease lease, Dataset dataset) {
        if (ledger.datasets().complete(lease, dataset).isEmpty()) {
            throw new IllegalStateException("The lease was lost");
        }
    }

    void waits(Lease lease, Instant until) {
        ledger.datasets().waits(lease, run, Optional.of(until), Optional.of("FloodWait"));
    }

    void goesOn(Lease lease) {
        ledger.datasets().waits(lease, run, Optional.empty(), Optional.empty());
    }
}
