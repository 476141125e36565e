package dev.beckon.worker;

import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.time.Instant;
import java.util.Optional;

/** How a run ends: the process's exit code and the document for the operator. It names no person. */
public record Ending(ExitCode exit, RunResult result) {
    private static final int VERSION = 1;

    /** Kubernetes keeps 4,096 bytes of a termination message; a character has up to four. */
    private static final int MAX_MESSAGE = 900;

    /** Nothing is left to do for this account. */
    public static Ending completed(String reason, String message) {
        return of(ExitCode.OK, RunResult.Ending.COMPLETED, Optional.empty(), reason, message);
    }

    /** Something is left, not before the wait ends. */
    public static Ending waiting(Wait wait) {
        return waiting(wait.until(), wait.why());
    }

    public static Ending waiting(Instant resumeAt, WaitingFor why) {
        return of(
                ExitCode.OK,
                RunResult.Ending.WAITING,
                Optional.of(resumeAt),
                why.name(),
                "Waits for " + why.words() + " until " + resumeAt + ".");
    }

    /**
     * A run that would be resumed at some time, but whose next worker has something to do before that, waits for it instead.
     *
     * @param sooner what the next worker has to do; empty when there is no such thing
     * @return this one where it is not resumed at a later time
     */
    public Ending noLaterThan(Optional<Wait> sooner) {
        return result.resumeAt()
                .flatMap(resumeAt -> sooner.filter(wait -> wait.until().isBefore(resumeAt)))
                .map(Ending::waiting)
                .orElse(this);
    }

    /** Nothing is left now; whoever brings more starts the next run. */
    public static Ending idle(String reason, String message) {
        return of(ExitCode.OK, RunResult.Ending.WAITING, Optional.empty(), reason, message);
    }

    /** Stopped at a safe point by someone's wish. */
    public static Ending yielded(String reason, String message) {
        return of(ExitCode.OK, RunResult.Ending.YIELDED, Optional.empty(), reason, message);
    }

    /** A person must acknowledge something first. */
    public static Ending paused(ExitCode exit, String reason, String message) {
        return of(exit, RunResult.Ending.PAUSED, Optional.empty(), reason, message);
    }

    /** It can't work as it is; the message tells what to mend. */
    public static Ending fault(ExitCode exit, String reason, String message) {
        return of(exit, RunResult.Ending.FAULT, Optional.empty(), reason, message);
    }

    /** It can't work now; trying again at the given time may help. */
    public static Ending later(ExitCode exit, Instant resumeAt, String reason, String message) {
        return of(exit, RunResult.Ending.WAITING, Optional.of(resumeAt), reason, message);
    }

    private static Ending of(
            ExitCode exit, RunResult.Ending how, Optional<Instant> resumeAt, String reason, String message) {
        return new Ending(exit, new RunResult(VERSION, how, resumeAt, reason, bounded(message)));
    }

    private static String bounded(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    }

    /** Ends a run from within; the worker's edge turns it into the process's end. Not an error: it has no stack trace. */
    public static final class Now extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Ending ending;

        public Now(Ending ending) {
            super(ending.result().reason(), null, false, false);
            this.ending = ending;
        }

        public Ending ending() {
            return ending;
        }
    }

    /** Ends the run here. */
    public Now now() {
        return new Now(this);
    }
}
