package dev.beckon.operator.autopost;

import dev.beckon.crd.Labels;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.worker.RunFaults;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.workorder.RunResult;
import java.util.Optional;

/**
 * The annotation by which a person has the next post published now. Each value works once: the status remembers the last one, and
 * the ledger the runs of all. Pure.
 */
final class AutopostRequests {
    private AutopostRequests() {}

    /**
     * The run that is asked for and has not begun. One that had begun, and of which nothing is left though nobody was told how it ended, begins once
     * more: its Job may be gone before anybody looked. Whatever it has published the ledger knows by the same run, so nothing comes twice.
     */
    static Optional<String> wanted(AutopostObserved observed) {
        return PublishNowWord.word(observed)
                .filter(it -> !it.equals(observed.before().publishNow())
                        || PublishNowWord.isTold(
                                observed.before(),
                                Reason.PublishStarted,
                                PublishNowWord.value(observed).orElseThrow()))
                .filter(it -> !observed.spec().suspend())
                .map(it -> RunUids.now(observed.scene().uid(), it))
                .filter(it -> !isBegun(observed, it));
    }

    /**
     * The word that the status remembers after the pass: one of which {@link #said} tells. One that nobody was told about would never be
     * answered any more.
     */
    static String remembered(AutopostObserved observed, RunCourse course) {
        Optional<String> word = PublishNowWord.word(observed);
        boolean settled = word.filter(
                        it -> observed.spec().suspend() || (isKnown(observed) && isBegun(observed, course, it)))
                .isPresent();
        return settled ? word.get() : observed.before().publishNow();
    }

    /** What is new to tell of the annotation after the pass. */
    static Optional<Said> said(AutopostObserved observed, RunCourse course) {
        Optional<String> value = PublishNowWord.value(observed);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String word = HumanRequests.word(value.get());
        boolean known = word.equals(observed.before().publishNow());
        if (!known && observed.spec().suspend()) {
            return Optional.of(
                    HumanRequests.refused(
                            Labels.PUBLISH_NOW,
                            value.get(),
                            "The schedule is suspended (spec.suspend) and publishes nothing. Set that to false and give another word."));
        }
        if (!isKnown(observed)) {
            return Optional.empty();
        }
        String run = RunUids.now(observed.scene().uid(), word);
        boolean pending = !known || PublishNowWord.isTold(observed.before(), Reason.PublishStarted, value.get());
        if (pending && isOver(observed, run)) {
            return Optional.of(result(observed, value.get(), run));
        }
        if (known) {
            return Optional.empty();
        }
        if (isBegun(observed, course, word)) {
            return Optional.of(HumanRequests.told(
                    Labels.PUBLISH_NOW, value.get(), Reason.PublishStarted, "The next post is being published."));
        }
        return toMend(course)
                .map(what -> HumanRequests.told(
                        Labels.PUBLISH_NOW,
                        value.get(),
                        Reason.PublishWaits,
                        "The next post is published as soon as this is mended: " + what));
    }

    private static Optional<String> toMend(RunCourse course) {
        return switch (course) {
            case RunCourse.Lacking lacking -> Optional.of(lacking.message());
            case RunCourse.Stalled stalled -> Optional.of(stalled.message());
            // It goes on by itself, or somebody wants it to rest.
            case RunCourse.AwaitLedger _,
                    RunCourse.Blind _,
                    RunCourse.Done _,
                    RunCourse.Idle _,
                    RunCourse.Resting _,
                    RunCourse.Working _,
                    RunCourse.Until _,
                    RunCourse.Awaiting _,
                    RunCourse.Queued _,
                    RunCourse.Due _,
                    RunCourse.Resume _ -> Optional.empty();
        };
    }

    private static boolean isKnown(AutopostObserved observed) {
        return observed.scene().reading() instanceof Reading.Known<?>;
    }

    private static boolean isOver(AutopostObserved observed, String run) {
        boolean ended = isBegun(observed, run)
                && observed.seen().runs().stream()
                        .filter(it -> it.pursues().equals(run))
                        .allMatch(WorkerRun::ended);
        // Another run has come after it, and the ledger does not wait for it: the word was used before.
        boolean left = observed.seen().lastOf(run).isEmpty()
                && observed.runInLedger(run).isEmpty();
        return ended && (left || RunEnds.isDone(observed, run) || RunEnds.isGivenUp(observed, run));
    }

    private static Said result(AutopostObserved observed, String value, String run) {
        Optional<AutopostReport.Run> ended =
                observed.runInLedger(run).filter(it -> it.post().isPresent());
        if (ended.isPresent() && ended.get().published() > 0) {
            String where = observed.report()
                    .flatMap(AutopostReport::lastPost)
                    .flatMap(AutopostReport.LastPost::link)
                    .map(it -> " It stands at " + it + ".")
                    .orElse("");
            return HumanRequests.told(
                    Labels.PUBLISH_NOW, value, Reason.Published, AutopostStory.sentence(observed, ended.get()) + where);
        }
        String why = ended.map(it -> AutopostStory.sentence(observed, it))
                .or(() -> observed.seen()
                        .lastOf(run)
                        .flatMap(observed.seen()::podOf)
                        .flatMap(WorkerPod::result)
                        .map(RunResult::message))
                .orElse("This word was used before. Give another one.");
        return HumanRequests.refused(Labels.PUBLISH_NOW, value, RunFaults.closed(why));
    }

    private static boolean isBegun(AutopostObserved observed, RunCourse course, String word) {
        String run = RunUids.now(observed.scene().uid(), word);
        return isBegun(observed, run)
                || (course instanceof RunCourse.Working working
                        && working.run().pursues().equals(run));
    }

    private static boolean isBegun(AutopostObserved observed, String run) {
        return observed.runInLedger(run).isPresent()
                || observed.seen().runs().stream().anyMatch(it -> it.pursues().equals(run));
    }
}
