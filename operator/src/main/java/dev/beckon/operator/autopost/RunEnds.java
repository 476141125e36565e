package dev.beckon.operator.autopost;

import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.workorder.RunResult.Ending;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Objects;
import java.util.Optional;

/** Whether a run has come to its end: by the ledger, by the pod of its last Job, or by what the status remembers of it. Pure. */
final class RunEnds {
    /** What the operator says of posts that it read itself, behind why they can't be used. */
    static final String UNTIL_MENDED = " Until that is mended no post of the schedule is published";

    private RunEnds() {}

    static boolean isDone(AutopostObserved observed, String runUid) {
        // The ledger first: a person may have a run go on whose worker said that it was done.
        return observed.runInLedger(runUid)
                .map(AutopostReport.Run::isEnded)
                .orElseGet(() -> observed.seen()
                        .lastOf(runUid)
                        .filter(observed.seen()::saidComplete)
                        .isPresent());
    }

    /** Whether its worker came to its post, or found that there is none: what did not come so far has published nothing. */
    static boolean hasTurn(AutopostObserved observed, String runUid) {
        return observed.runInLedger(runUid)
                .filter(it -> it.post().isPresent() || it.isEnded())
                .isPresent();
    }

    /**
     * One that could not begin in time has published nothing: the next one does, unless it is itself the one that makes up for what was
     * missed. So does one in whose place another came. Who asked for a post now is told at once that it can't be published, and is not
     * surprised by it later.
     */
    static boolean isGivenUp(AutopostObserved observed, String runUid) {
        if (Pending.isReplaced(observed, runUid)) {
            return true;
        }
        boolean asked = RunUids.isNow(observed.scene().uid(), runUid);
        // What a person asked for goes on however long Telegram has it wait.
        if (hasTurn(observed, runUid) || (asked && observed.runInLedger(runUid).isPresent())) {
            return false;
        }
        boolean tooLate = Pending.isOverdue(observed, runUid)
                && (asked || Pending.makesUp(observed).filter(runUid::equals).isEmpty());
        boolean refused = asked
                && observed.seen()
                        .lastOf(runUid)
                        .flatMap(observed.seen()::podOf)
                        .flatMap(WorkerPod::result)
                        .filter(it -> it.ending() == Ending.FAULT)
                        .isPresent();
        return tooLate || refused || isUnreadable(observed, runUid) || PublishNowWord.wasRefused(observed, runUid);
    }

    /** Whether the status alone remembers that the run found posts that can't be used. */
    static boolean isUnreadable(AutopostObserved observed, String runUid) {
        return unreadable(observed).isPresent()
                && observed.seen().lastOf(runUid).isPresent();
    }

    /**
     * The status' word that the posts can't be used, where it is all that remembers it: the pod that said so goes before its Job, and both go at
     * the end of their time. It stands until another run, an edit, or a write. What the operator itself said it sees for itself again.
     */
    static Optional<Condition> unreadable(AutopostObserved observed) {
        return ConditionType.Stalled.in(observed.before().conditions())
                .filter(it -> Reason.ContentUnreadable.name().equals(it.getReason()))
                .filter(it -> Objects.equals(
                        it.getObservedGeneration(),
                        observed.schedule().getMetadata().getGeneration()))
                .filter(it -> !isOperators(it))
                .filter(_ -> observed.seen()
                        .lastEnded()
                        .filter(run -> observed.seen().podOf(run).isPresent()
                                || observed.runInLedger(run.pursues()).isPresent())
                        .isEmpty());
    }

    /** Whether the operator found that in the posts, and no run. */
    private static boolean isOperators(Condition condition) {
        return condition.getMessage().contains(UNTIL_MENDED);
    }
}
