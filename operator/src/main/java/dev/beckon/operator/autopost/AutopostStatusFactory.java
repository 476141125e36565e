package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.AutopostScheduleStatus.LastPost;
import dev.beckon.crd.AutopostScheduleStatus.Progress;
import dev.beckon.crd.AutopostScheduleStatus.State;
import dev.beckon.crd.AutopostScheduleStatusBuilder;
import dev.beckon.crd.LastError;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.autopost.AutopostActor.Acted;
import dev.beckon.operator.condition.ConditionMerger;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.LedgerCondition;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunScene;
import dev.beckon.operator.run.RunVerdict;
import java.time.Instant;
import java.util.Optional;

/** Tells in a status what was seen and done. Pure: the same pass gives the same status. */
public final class AutopostStatusFactory {
    /**
     * The whole status; what it does not say is absent in the cluster too.
     *
     * @param action what became of an annotation before this pass
     * @param requeued what to remember of {@code beckon.dev/requeue-unknown}; null when nothing
     */
    public AutopostScheduleStatus status(
            AutopostObserved observed, Acted acted, Optional<Said> action, String requeued) {
        AutopostScheduleStatus before = observed.before();
        RunScene<AutopostReport> scene = observed.scene();
        RunCourse course = acted.course();
        long generation = observed.schedule().getMetadata().getGeneration();
        RunVerdict told = verdict(observed, course);
        Verdict verdict = LedgerCondition.with(
                told.conditions(), scene.reading(), scene.hints(), observed.schedule(), told.breaker());
        for (Said said : action.or(() -> AutopostRequests.said(observed, course)).stream()
                .toList()) {
            verdict = verdict.and(ConditionType.LastAction, said.status(), said.reason(), said.message());
        }
        AutopostScheduleStatusBuilder status = AutopostScheduleStatus.builder();
        facts(status, observed);
        times(status, observed, acted);
        return status.state(State.valueOf(told.state().name()))
                .observedGeneration(generation)
                .startTime(scene.seen().startTime(before.startTime(), course, scene.now()))
                .ledgerSequence(LedgerCondition.sequence(before.ledgerSequence(), scene.reading()))
                .jobs(scene.seen().names(course))
                // A word of which nothing could be told in this pass is remembered in the next.
                .publishNow(action.isPresent() ? before.publishNow() : AutopostRequests.remembered(observed, course))
                .requeueUnknown(requeued)
                .conditions(ConditionMerger.merge(before.conditions(), verdict, generation, scene.now()))
                .waitingFor(told.waitingFor().map(Enum::name).orElse(null))
                .nextActionTime(told.next()
                        .filter(it -> told.state() != RunVerdict.State.Scheduled
                                && told.state() != RunVerdict.State.Exhausted)
                        .map(Statuses::seconds)
                        .orElse(null))
                .breaker(told.breaker()
                        .map(it -> Statuses.since(before.breaker(), it, scene.now()))
                        .orElse(null))
                .build();
    }

    private static RunVerdict verdict(AutopostObserved observed, RunCourse course) {
        String story = AutopostStory.of(observed);
        if (course instanceof RunCourse.Idle idle && observed.isExhausted()) {
            int posts = observed.report().orElseThrow().postsTotal();
            String message = posts == 0
                    ? "There are no posts. "
                    : (posts == 1 ? "The only post was" : "All " + posts + " posts were") + " used. ";
            return new RunVerdict(
                    RunVerdict.State.Exhausted,
                    Verdict.reached(
                            ConditionType.Ready,
                            Reason.Exhausted,
                            story + message + "Add more, and the next is published when it is due."),
                    Optional.empty(),
                    idle.next(),
                    Optional.empty());
        }
        return RunVerdict.of(
                observed.scene(), course, new RunVerdict.Words("A post is being published.", "schedule", story));
    }

    /** What the ledger says; without an answer, what the last status said. */
    private static void facts(AutopostScheduleStatusBuilder status, AutopostObserved observed) {
        AutopostScheduleStatus before = observed.before();
        status.progress(before.progress())
                .lastPublishTime(before.lastPublishTime())
                .lastPost(before.lastPost())
                .failures(before.failures())
                .outcomeUnknown(before.outcomeUnknown())
                .targets(before.targets())
                .unknownPosts(before.unknownPosts())
                .unknownOutcomes(before.unknownOutcomes())
                .lastError(before.lastError());
        observed.report().ifPresent(report -> {
            PostTargets targets = PostTargets.of(observed);
            status.progress(progress(report))
                    .targets(targets.outcomes())
                    .failures(report.failures())
                    .outcomeUnknown(report.outcomeUnknown())
                    .unknownPosts(report.unknownPosts())
                    .unknownOutcomes(targets.unknown())
                    .lastError(report.newest()
                            .flatMap(run -> lastError(observed, run))
                            .orElse(null));
            report.lastPost()
                    .ifPresent(it -> status.lastPost(
                                    new LastPost(it.textStart(), it.link().orElse(null)))
                            .lastPublishTime(Statuses.seconds(it.at())));
        });
    }

    private static Optional<LastError> lastError(AutopostObserved observed, AutopostReport.Run run) {
        return run.lastError()
                .map(it -> new LastError(
                        it.reason(), AutopostStory.error(observed, run).orElseThrow(), Statuses.seconds(it.at())));
    }

    private static Progress progress(AutopostReport report) {
        return new Progress(
                report.postsUsed() + "/" + report.postsTotal(),
                report.postsTotal(),
                report.postsUsed(),
                Math.max(0, report.remaining()),
                report.round(),
                report.published());
    }

    /** What was due, and what will be. */
    private static void times(AutopostScheduleStatusBuilder status, AutopostObserved observed, Acted acted) {
        RunCourse course = acted.course();
        long before = Optional.ofNullable(observed.before().missed()).orElse(0L);
        status.lastMissed(
                acted.lost().isEmpty()
                        ? observed.before().lastMissed()
                        : acted.lost().getLast().told());
        if (observed.spec().suspend() || course instanceof RunCourse.AwaitLedger) {
            status.settledUntil(seconds(AutopostTimes.unsettled(observed))).missed(positive(before));
            return;
        }
        AutopostTimes times = AutopostTimes.of(observed);
        boolean settled = times.isSettled(observed, course);
        status.settledUntil(seconds(settled ? times.settledUntil() : AutopostTimes.unsettled(observed)))
                .missed(positive(before + acted.lost().size() + (settled ? times.missed() : 0)));
        if (!observed.isExhausted() || !(course instanceof RunCourse.Idle)) {
            // Of an exhausted schedule nothing is due until there is a post.
            times.next().map(Statuses::seconds).ifPresent(status::nextPublishTime);
        }
    }

    private static Instant seconds(Instant instant) {
        return Statuses.seconds(instant);
    }

    private static Long positive(long count) {
        return count > 0 ? Long.valueOf(count) : null;
    }
}
