package dev.beckon.worker.audience;

import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.ledger.audience.AudienceSource.InlinePerson;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.DatasetReader;
import dev.beckon.ledger.parser.ParsedPerson;
import dev.beckon.worker.Ending;
import dev.beckon.workorder.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** The people of a parser's newest complete dataset, as the file they could have been; a batch is in memory at a time. */
public final class ParsedAudience {
    private static final Duration NEXT_LOOK = Duration.ofMinutes(5);

    private ParsedAudience() {}

    /**
     * The audience.
     *
     * @throws Ending.Now when there is none yet, or its people may not be invited
     */
    public static AudienceSource of(DatasetReader datasets, String parserUid, Instant now) {
        Dataset dataset = datasets.newest(parserUid)
                .orElseThrow(() -> Ending.later(
                                ExitCode.OK,
                                now.plus(NEXT_LOOK),
                                "ParserNotReady",
                                "spec.audience.parserJobRef: the parser has no complete dataset yet.")
                        .now());
        // A rule that no setting can switch off: whose chat it is not, whose people they are not.
        if (!dataset.administered()) {
            throw Ending.fault(
                            ExitCode.BAD_INPUT,
                            "SourceNotAdministered",
                            "spec.audience.parserJobRef: the account that read the dataset did not administer the chat when"
                                    + " the run began. Only people of a chat that the team administers may be invited: make"
                                    + " the parser's account an administrator there and let it run again.")
                    .now();
        }
        if (dataset.people() == 0) {
            throw empty();
        }
        return () -> stream(datasets, dataset);
    }

    /** Of a dataset without anybody who may be invited: bots and deleted accounts are nobody. */
    public static Ending.Now empty() {
        return Ending.fault(
                        ExitCode.BAD_INPUT,
                        "DatasetEmpty",
                        "spec.audience.parserJobRef: nobody is in the parser's newest dataset: all were left out, erased,"
                                + " or forgotten after its retention.")
                .now();
    }

    private static InputStream stream(DatasetReader datasets, Dataset dataset) {
        return new SequenceInputStream(new Batches(datasets, dataset));
    }

    /** The header, then each batch's lines. */
    @SuppressWarnings("JdkObsolete") // SequenceInputStream wants one
    private static final class Batches implements Enumeration<InputStream> {
        private final DatasetReader datasets;
        private final Dataset dataset;
        private Optional<String> next = Optional.of(AudienceSource.INLINE_HEADER);
        private long after = DatasetReader.BEFORE_ALL;

        Batches(DatasetReader datasets, Dataset dataset) {
            this.datasets = datasets;
            this.dataset = dataset;
        }

        @Override
        public boolean hasMoreElements() {
            return next.isPresent();
        }

        @Override
        public InputStream nextElement() {
            String text = next.orElseThrow();
            DatasetReader.Batch batch = datasets.batch(dataset, after);
            next = batch.people().isEmpty() ? Optional.empty() : Optional.of(lines(batch.people()));
            after = batch.last();
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Nobody invites a bot or an account that is gone, whatever the parser kept. */
    private static String lines(List<ParsedPerson> people) {
        return AudienceSource.inlineLines(people.stream()
                .filter(person -> !person.bot() && !person.deleted())
                .map(person -> new InlinePerson(
                        Optional.ofNullable(person.phone()),
                        Optional.ofNullable(person.username()),
                        Optional.of(person.userId()),
                        Optional.ofNullable(person.firstName())))
                .toList());
    }
}
