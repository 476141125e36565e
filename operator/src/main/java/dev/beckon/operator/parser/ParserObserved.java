package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobSpec;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.run.RunScene;
import dev.beckon.operator.run.RunsSeen;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** All a pass knows of a parser. */
public record ParserObserved(ParserJob parser, RunScene<ParserReport> scene) {

    /** What the last pass wrote; empty on the first. */
    public ParserJobStatus before() {
        return before(parser);
    }

    static ParserJobStatus before(ParserJob parser) {
        return parser.getStatus() == null ? ParserJobStatus.builder().build() : parser.getStatus();
    }

    /** The same once a person's acceptance of a restored ledger is written. */
    ParserObserved accepted() {
        return new ParserObserved(parser, scene.accepted());
    }

    /** The file of a dataset, as the last pass told it. */
    Optional<ParserJobSpec.Export> exportBefore(String datasetUid) {
        return Optional.ofNullable(before().dataset())
                .filter(it -> it.id().equals(datasetUid))
                .map(ParserJobStatus.Dataset::export);
    }

    RunsSeen seen() {
        return scene.seen();
    }

    Instant now() {
        return scene.now();
    }

    Optional<ParserReport> report() {
        return scene.report();
    }

    /** What the ledger has of a run; it tells of the newest one and of the newest complete one. */
    Optional<ParserReport.Run> runInLedger(String datasetUid) {
        return report().stream()
                .flatMap(it -> Stream.concat(Stream.of(it.newest()), it.complete().stream()))
                .filter(it -> it.datasetUid().equals(datasetUid))
                .findFirst();
    }
}
