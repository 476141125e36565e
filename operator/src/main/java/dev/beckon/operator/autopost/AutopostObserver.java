package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleSpec;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.AutopostScheduleStatus.State;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.run.RunObserver;
import dev.beckon.operator.run.RunScene.Asked;
import dev.beckon.operator.run.RunScene.Before;
import dev.beckon.operator.run.RunScene.Timing;
import java.time.Instant;
import java.util.Optional;

/** Gathers what is so of a schedule: from memory, but for the posts of one that waits for its time, which are read now and then. */
public final class AutopostObserver {
    private final RunObserver observer;
    private final ReportBook book;
    private final WrittenPosts posts;

    public AutopostObserver(RunObserver observer, ReportBook book, WrittenPosts posts) {
        this.observer = observer;
        this.book = book;
        this.posts = posts;
    }

    /** What is known of the schedule, its run and its account. */
    public AutopostObserved observe(AutopostSchedule schedule) {
        AutopostObserved remembered = new AutopostObserved(
                schedule,
                observer.observe(
                        schedule,
                        asked(schedule.getSpec()),
                        before(AutopostObserved.before(schedule)),
                        Subject.autopost(schedule.getMetadata().getUid()),
                        book::autopost),
                PostsSeen.NOTHING);
        return new AutopostObserved(schedule, remembered.scene(), seen(remembered));
    }

    /** What its posts are like, where that matters to the pass. */
    PostsSeen seen(AutopostObserved remembered) {
        if (remembered.mayBeExhausted()) {
            // A post that was added a moment ago is to be published; whether there is one decides whether a run begins.
            return posts.now(remembered.schedule(), remembered.now());
        }
        return AutopostRuns.isIdle(remembered)
                ? posts.lately(remembered.schedule(), remembered.now())
                : PostsSeen.NOTHING;
    }

    private static Asked asked(AutopostScheduleSpec spec) {
        return new Asked(
                spec.account().name(), spec.suspend(), Optional.of(new Timing(spec.schedule(), spec.timeZone())));
    }

    private static Before before(AutopostScheduleStatus status) {
        return new Before(
                status.state() == null ? null : status.state().name(),
                status.startTime(),
                new Outage.Told(status.conditions(), status.observedGeneration(), status.waitingFor(), next(status)),
                status.breaker(),
                status.ledgerSequence(),
                status.jobs());
    }

    private static Instant next(AutopostScheduleStatus status) {
        return status.state() == State.Scheduled ? status.nextPublishTime() : status.nextActionTime();
    }
}
