package dev.beckon.ledger.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.parser.Dataset.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;

/**
 * However a list is cut into pages, whoever is met twice, and whichever pages are written a second time by a run that died
 * before it heard the answer: the same rows in the same order, and the same digest.
 */
@Tag("integration")
class DatasetSplitTest {
    private static final int ENTRIES = 120;

    private final LedgerFixture fixture = new LedgerFixture();
    private final Lease lease = fixture.lease(fixture.account());
    private final String parser = LedgerFixture.uid();
    private final long first = LedgerFixture.number() * 1_000;

    @AfterEach
    void close() {
        fixture.close();
    }

    @RepeatedTest(25)
    void theRowsAndTheDigestAreThoseOfOnePage(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        // Some stand in the list twice, as when people join while it is read.
        List<Long> list = random.longs(ENTRIES, 0, 100).boxed().toList();
        long limit = random.nextInt(20, 2 * ENTRIES);

        Dataset whole = run(random, list, List.of(ENTRIES), limit);
        Dataset split = run(random, list, cuts(random), limit);

        assertThat(ids(split))
                .isEqualTo(ids(whole))
                .isEqualTo(list.stream().distinct().limit(limit).toList());
        assertThat(split.sha256()).isPresent().isEqualTo(whole.sha256());
        assertThat(split.people()).isEqualTo(ids(split).size());
        assertThat(split.counts()).isEqualTo(whole.counts());
        assertThat(split.people() + split.counts().duplicates() + split.counts().filtered())
                .as("everybody is kept or counted")
                .isEqualTo(ENTRIES);
    }

    private static List<Integer> cuts(SplittableRandom random) {
        List<Integer> cuts = new ArrayList<>();
        for (int at = 0; at < ENTRIES; ) {
            int size = Math.min(random.nextInt(1, 40), ENTRIES - at);
            cuts.add(size);
            at += size;
        }
        return cuts;
    }

    private Dataset run(SplittableRandom random, List<Long> list, List<Integer> sizes, long limit) {
        Datasets datasets = fixture.ledger.datasets();
        Datasets.Run run = new Datasets.Run(LedgerFixture.uid(), parser, "team", "people", Optional.empty());
        Dataset dataset = datasets.begin(lease, new Datasets.Beginning(run, fixture.chat, true, "MEMBERS", ENTRIES))
                .orElseThrow();
        int from = 0;
        for (int size : sizes) {
            Datasets.Page page = page(list, from, size, limit);
            Dataset before = dataset;
            dataset = after(datasets.append(lease, before, page));
            if (random.nextBoolean()) {
                // The answer was lost: another process goes on from what it knows.
                dataset = after(datasets.append(lease, before, page));
            }
            from += size;
        }
        dataset = after(datasets.append(lease, dataset, page(list, from, 0, limit)));
        return datasets.complete(lease, dataset).orElseThrow();
    }

    private static Dataset after(PageResult result) {
        return switch (result) {
            case PageResult.Kept(Dataset kept) -> kept;
            case PageResult.StandsElsewhere(Dataset stands) -> stands;
            case PageResult.LeaseLost _ -> throw new AssertionError("the lease is ours");
        };
    }

    private Datasets.Page page(List<Long> list, int from, int size, long limit) {
        List<ParsedPerson> people = list.subList(from, from + size).stream()
                .map(number -> new ParsedPerson(
                        first + number, "name" + (first + number), null, "Ann", null, false, false, false, "Recently"))
                .toList();
        return new Datasets.Page(
                from, from + size, size == 0, new Counts(size, size, ENTRIES, 0, 0, 0, 0), people, limit);
    }

    private List<Long> ids(Dataset dataset) {
        List<Long> ids = new ArrayList<>();
        fixture.ledger.datasets().forEach(dataset, person -> ids.add(person.userId() - first));
        return ids;
    }
}
