package dev.beckon.operator.autopost;

import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Duration;
import java.util.Optional;

/**
 * A Job at work whose worker has not begun: its image, a Secret, a node or the quota for its pod is missing. Its deadline and edits hold
 * nevertheless, as they do for a Job that waits for its turn. Pure.
 */
final class Unbegun {
    /** A pod is made within this time, or something keeps it from being made. */
    private static final Duration POD_IS_MADE = Duration.ofSeconds(30);

    private Unbegun() {}

    static boolean is(AutopostObserved observed, WorkerRun run) {
        return run.active()
                && observed.seen()
                        .podOf(run)
                        .map(pod -> pod.waitsSince().isPresent())
                        .orElseGet(() ->
                                AutopostObserved.due(run).plus(POD_IS_MADE).isBefore(observed.now()));
    }

    /** Why a pod does not start, in Kubernetes' words. */
    static String trouble(AutopostObserved observed, WorkerRun run) {
        Optional<WorkerPod> pod = observed.seen().podOf(run);
        return pod.isEmpty()
                ? "no pod could be made"
                : pod.flatMap(WorkerPod::trouble).orElse("its container was not started");
    }

    /**
     * A Job at work that is to be removed: it can't begin in time any more, and another is next; or another takes its place, as the CronJob's
     * controller sees to for the Jobs that it made itself.
     */
    static Optional<WorkerRun> ended(AutopostObserved observed) {
        if (observed.spec().suspend()
                || !(observed.scene().reading() instanceof Reading.Known<?>)
                || observed.scene().restored().isPresent()) {
            return Optional.empty();
        }
        return observed.seen()
                .active()
                .filter(run -> !RunUids.isNow(observed.scene().uid(), run.pursues()))
                .filter(run -> Pending.isReplaced(observed, run.pursues())
                        || (is(observed, run) && RunEnds.isGivenUp(observed, run.pursues())));
    }

    /** As if a Job that is to be removed were gone already; its account stays taken until its pod is. */
    static AutopostObserved withoutEnded(AutopostObserved observed) {
        return ended(observed).map(observed::without).orElse(observed);
    }

    /**
     * A Job at work that is to wait once more, since the schedule was edited, it or its account is to rest, or the account is gone: nothing of its
     * run is lost, whoever dies meanwhile.
     *
     * @param content a digest of what a run would be asked for today; absent when the account is gone
     */
    static Optional<WorkerRun> putBack(AutopostObserved observed, Optional<String> content) {
        return observed.seen()
                .active()
                .filter(run -> run.schedule().isPresent())
                .filter(run -> isAbandoned(observed, run)
                        || (is(observed, run)
                                && (observed.spec().suspend()
                                        || observed.scene()
                                                .account()
                                                .filter(AccountJudge::mustRest)
                                                .isPresent()
                                        || content.filter(it -> !it.equals(run.content()))
                                                .isPresent())));
    }

    /**
     * Whether its account is gone, and no worker of it is known that could have told the ledger of the run: it would be known to nobody when the
     * Job is deleted. A pod that may be about to be made ends with a Job that waits, too.
     */
    static boolean isAbandoned(AutopostObserved observed, WorkerRun run) {
        return run.active()
                && AccountJudge.isGone(run.accountUid(), observed.scene().neighbours())
                && observed.seen()
                        .podOf(run)
                        .map(pod -> pod.waitsSince().isPresent())
                        .orElse(true);
    }
}
