package dev.beckon.operator.account;

import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an account's session is asked whether it still lives. Every run that works with it and gives it back proves that it
 * does, so only a session that rests is asked, and one that can't be asked is not asked again at once. Pure.
 */
final class SessionChecks {
    /** A check that came to nothing is repeated no sooner. */
    private static final Duration PAUSE = Duration.ofHours(1);

    private SessionChecks() {}

    /** When the next check is due; absent while there is no session, or nobody knows since when it rests. */
    static Optional<Instant> due(AccountObserved observed, Duration every) {
        return observed.report().flatMap(AccountReport::sessionSavedAt).map(saved -> {
            Instant rested = saved.plus(every);
            return WorkerRun.latest(observed.checks())
                    .map(last -> last.finished().orElse(last.created()).plus(PAUSE))
                    .filter(rested::isBefore)
                    .orElse(rested);
        });
    }
}
