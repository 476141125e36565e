package dev.beckon.ledger.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.parser.Dataset.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A parser that holds its account, and the steps that tests of its datasets share. The people it meets have numbers. */
final class ParserFixture implements AutoCloseable {
    static final long NO_LIMIT = 10_000;
    static final Counts NOTHING = new Counts(0, 0, 0, 0, 0, 0, 0);

    private final LedgerFixture fixture;
    final StewardLedger steward;
    final Lease lease;
    final String uid = LedgerFixture.uid();
    /** The user id of the person with number 0. */
    final long first = LedgerFixture.number() * 1_000;

    ParserFixture(LedgerFixture fixture) {
        this.fixture = fixture;
        this.steward = fixture.database.stewardLedger(fixture.keys, fixture.clock);
        this.lease = fixture.lease(fixture.account());
    }

    @Override
    public void close() {
        steward.close();
    }

    Datasets datasets() {
        return fixture.ledger.datasets();
    }

    Datasets.Run run(String datasetUid, Optional<Duration> keepFor) {
        return new Datasets.Run(datasetUid, uid, "team", "people", keepFor);
    }

    Dataset begin() {
        return begin(LedgerFixture.uid(), Optional.empty());
    }

    Dataset begin(String datasetUid, Optional<Duration> keepFor) {
        return datasets()
                .begin(lease, new Datasets.Beginning(run(datasetUid, keepFor), fixture.chat, true, "MEMBERS", 99))
                .orElseThrow();
    }

    ParsedPerson person(long number) {
        long id = first + number;
        return new ParsedPerson(id, "name" + id, null, "Ann", null, false, false, true, "Recently");
    }

    List<ParsedPerson> people(long from, long to) {
        return LongStream.range(from, to).mapToObj(this::person).toList();
    }

    /** A page of as many people as positions. */
    Datasets.Page page(long from, long to) {
        return new Datasets.Page(
                from, to, false, new Counts(to - from, to - from, 99, 1, 0, 0, 0), people(from, to), NO_LIMIT);
    }

    /** A page of these people, of whom nothing is counted. */
    static Datasets.Page pageOf(long from, long to, List<ParsedPerson> people) {
        return new Datasets.Page(from, to, false, NOTHING, people, NO_LIMIT);
    }

    static Datasets.Page last(long from) {
        return new Datasets.Page(from, from, true, NOTHING, List.of(), NO_LIMIT);
    }

    Dataset append(Dataset dataset, Datasets.Page page) {
        PageResult result = datasets().append(lease, dataset, page);
        assertThat(result).isInstanceOf(PageResult.Kept.class);
        return ((PageResult.Kept) result).dataset();
    }

    /** The numbers of a dataset's people, in their order. */
    List<Long> numbers(Dataset dataset) {
        List<Long> numbers = new ArrayList<>();
        datasets().forEach(dataset, person -> numbers.add(person.userId() - first));
        return numbers;
    }
}
