package dev.beckon.operator.worker;

import dev.beckon.operator.worker.Holder.Another;
import dev.beckon.operator.worker.Holder.Brief;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose turn it is on an account. There is one pod per account at a time; resources that want the same account queue: what is to be
 * published goes before what is to be read, and that before invitations; of the same kind, in the order in which they began to
 * want it, so that none starves.
 *
 * <p>The queue is memory of the leader only. After a restart it is filled anew by the first pass over each resource; until
 * then a resource may be served out of turn, never two at once: what runs is read from the cluster, and the account's lease
 * in the ledger guards the session itself.
 */
@ApplicationScoped
public class Turns {
    /** Who was told that it is their turn and did not come by then has been deleted, or wants it no longer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A start that failed without an answer is repeated within this time, or the watch has told what became of it. */
    static final Duration DOUBT = Duration.ofSeconds(90);

    private final FleetIndex fleet;
    private final InstantSource clock;
    private final Map<String, Map<String, Waiter>> queues = new HashMap<>();
    private final Map<String, Reservation> reserved = new HashMap<>();

    public Turns(FleetIndex fleet, InstantSource clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    private record Waiter(Owner owner, Instant since, Optional<Instant> calledAt) {}

    /** @param doubtful since when nobody knows whether a Job was made of it */
    private record Reservation(String uid, Optional<Instant> doubtful) {}

    /** The answer to {@link #ask}. */
    public sealed interface Turn {
        /** The account is kept for the caller, until {@link #done}. */
        record Yours() implements Turn {}

        record Later(Holder holder) implements Turn {}
    }

    /** Asks for the account. A caller that is told to wait is called when its turn has come. */
    public synchronized Turn ask(String accountUid, Owner owner) {
        Map<String, Waiter> queue = queues.computeIfAbsent(accountUid, key -> new HashMap<>());
        Instant now = clock.instant();
        queue.compute(owner.uid(), (key, old) -> new Waiter(owner, old == null ? now : old.since(), Optional.empty()));
        Optional<WorkerRun> active = fleet.activeRun(accountUid);
        if (active.isPresent()) {
            return new Turn.Later(active.get().owner().<Holder>map(Another::new).orElse(Brief.LOGIN));
        }
        Optional<Reservation> reservation = reservation(accountUid);
        if (fleet.hasLivePod(accountUid)) {
            return new Turn.Later(Brief.ENDING_POD);
        }
        if (reservation.filter(it -> !it.uid().equals(owner.uid())).isPresent()) {
            return new Turn.Later(Brief.STARTING);
        }
        if (reservation.isPresent()) {
            // It tries again what failed in doubt: the Job's name is the same (see ChildNames), so there will be one.
            queue.remove(owner.uid());
            return new Turn.Yours();
        }
        queue.values()
                .removeIf(waiter -> waiter.calledAt()
                        .map(called -> called.plus(PATIENCE).isBefore(now))
                        .orElse(false));
        Waiter first = first(queue).orElseThrow();
        if (!first.owner().uid().equals(owner.uid())) {
            return new Turn.Later(new Another(first.owner()));
        }
        queue.remove(owner.uid());
        reserved.put(accountUid, new Reservation(owner.uid(), Optional.empty()));
        return new Turn.Yours();
    }

    /** Keeps a free account for something that waits in no queue: a login. */
    public synchronized boolean reserve(String accountUid, String uid) {
        if (fleet.activeRun(accountUid).isPresent() || fleet.hasLivePod(accountUid)) {
            return false;
        }
        if (reservation(accountUid).filter(it -> !it.uid().equals(uid)).isPresent()) {
            return false;
        }
        reserved.put(accountUid, new Reservation(uid, Optional.empty()));
        return true;
    }

    private Optional<Reservation> reservation(String accountUid) {
        Instant now = clock.instant();
        return Optional.ofNullable(reserved.get(accountUid))
                .filter(it -> it.doubtful()
                        .map(since -> since.plus(DOUBT).isAfter(now))
                        .orElse(true));
    }

    /**
     * What followed from {@link Turn.Yours} failed without an answer of the API server: the Job may be there, unseen. The
     * account is kept for whoever tries again.
     */
    public synchronized void doubt(String accountUid, String uid) {
        reserved.computeIfPresent(
                accountUid,
                (key, it) -> it.uid().equals(uid) ? new Reservation(uid, Optional.of(clock.instant())) : it);
    }

    /** What followed from {@link Turn.Yours} is over: the Job is in the fleet, or could not be made. */
    public synchronized void done(String accountUid, String uid) {
        reserved.computeIfPresent(accountUid, (key, it) -> it.uid().equals(uid) ? null : it);
    }

    /** The resource does not want the account, or not now. */
    public synchronized void withdraw(String accountUid, String uid) {
        Map<String, Waiter> queue = queues.get(accountUid);
        if (queue != null) {
            queue.remove(uid);
            if (queue.isEmpty()) {
                queues.remove(accountUid);
            }
        }
    }

    /** Who should ask next, if the account is free now. */
    public synchronized Optional<Owner> call(String accountUid) {
        Map<String, Waiter> queue = queues.getOrDefault(accountUid, Map.of());
        if (fleet.activeRun(accountUid).isPresent() || fleet.hasLivePod(accountUid)) {
            return Optional.empty();
        }
        Optional<Waiter> first = first(queue);
        first.ifPresent(waiter -> queue.put(
                waiter.owner().uid(),
                new Waiter(
                        waiter.owner(),
                        waiter.since(),
                        Optional.of(waiter.calledAt().orElse(clock.instant())))));
        return first.map(Waiter::owner);
    }

    /** Whether anyone waits for the account. */
    public synchronized boolean wanted(String accountUid) {
        return !queues.getOrDefault(accountUid, Map.of()).isEmpty();
    }

    private static Optional<Waiter> first(Map<String, Waiter> queue) {
        return queue.values().stream()
                .min(Comparator.comparingInt((Waiter waiter) ->
                                -waiter.owner().kind().priority().rank())
                        .thenComparing(Waiter::since)
                        .thenComparing(waiter -> waiter.owner().uid()));
    }
}
