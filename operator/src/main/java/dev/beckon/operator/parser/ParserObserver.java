package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobSpec;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.run.RunObserver;
import dev.beckon.operator.run.RunScene.Asked;
import dev.beckon.operator.run.RunScene.Before;
import dev.beckon.operator.run.RunScene.Timing;
import java.util.Optional;

/** Gathers what is so of a parser, from memory. */
public final class ParserObserver {
    private final RunObserver observer;
    private final ReportBook book;

    public ParserObserver(RunObserver observer, ReportBook book) {
        this.observer = observer;
        this.book = book;
    }

    /** What memory has of the parser, its run and its account. */
    public ParserObserved observe(ParserJob parser) {
        return new ParserObserved(
                parser,
                observer.observe(
                        parser,
                        asked(parser.getSpec()),
                        before(ParserObserved.before(parser)),
                        Subject.parser(parser.getMetadata().getUid()),
                        book::parser));
    }

    private static Asked asked(ParserJobSpec spec) {
        return new Asked(
                spec.account().name(),
                spec.suspend(),
                Optional.ofNullable(spec.schedule()).map(it -> new Timing(it, spec.timeZone())));
    }

    private static Before before(ParserJobStatus status) {
        return new Before(
                status.state() == null ? null : status.state().name(),
                status.startTime(),
                new Outage.Told(
                        status.conditions(), status.observedGeneration(), status.waitingFor(), status.nextActionTime()),
                status.breaker(),
                status.ledgerSequence(),
                status.jobs());
    }
}
