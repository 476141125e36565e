package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.PromptAnswer;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.pacing.Schedule;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.Waits;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.InviteOrder.Audience;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether more people may come while a run lasts. Those of a list are all there. By webhook somebody may come at any time: the run
 * looks for them while it waits for those who are left, answers who came just now outside the contact window too, and ends
 * when nobody has come for a while.
 */
final class Arrivals {
    /** Between two looks for somebody new. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Empty for a list. */
    private final Optional<Duration> idleEnd;

    private final Schedule schedule;
    private final Waits waits;
    private final InstantSource clock;
    private Optional<Instant> idleSince = Optional.empty();

    Arrivals(InviteOrder order, Schedule schedule, Waits waits, InstantSource clock) {
        this.idleEnd =
                order.audience() instanceof Audience.Webhook(Duration idle) ? Optional.of(idle) : Optional.empty();
        this.schedule = schedule;
        this.waits = waits;
        this.clock = clock;
    }

    /** The earliest next act. */
    Wait earliest(Instant now) {
        return idleEnd.isPresent() ? schedule.atAnyHour(now) : schedule.earliest(now);
    }

    /** Outside the contact window: only who came since then is contacted. */
    Optional<Instant> since(Instant now) {
        return idleEnd.isPresent() ? schedule.opening(now).map(_ -> PromptAnswer.since(now)) : Optional.empty();
    }

    /** Whether people may come while the campaign runs. */
    boolean mayCome() {
        return idleEnd.isPresent();
    }

    /** Somebody is there. */
    void here() {
        idleSince = Optional.empty();
    }

    /** A wait for those who are left, cut short where somebody else may come meanwhile. */
    Wait listening(Wait wait) {
        idleSince = Optional.empty();
        return idleEnd.isPresent() && !waits.isLong(wait) ? look(wait.until()) : wait;
    }

    /** Nobody is left: the end, unless somebody may come. */
    Optional<Ending> nobodyLeft() {
        if (idleEnd.isEmpty()) {
            return Optional.of(Ending.completed("AllDone", "Nobody is left to contact with this account."));
        }
        Instant now = clock.instant();
        idleSince = idleSince.or(() -> Optional.of(now));
        Instant end = idleSince.get().plus(idleEnd.get());
        if (!now.isBefore(end) || waits.isWanted()) {
            return Optional.of(Ending.idle("QueueEmpty", "Nobody is left; whoever comes by webhook starts a worker."));
        }
        // Whoever comes now is in the ledger, whatever becomes of this process.
        KillPoint.LISTENING.here();
        return waits.await(look(end));
    }

    private Wait look(Instant atMost) {
        Instant next = clock.instant().plus(LOOK);
        return new Wait(next.isBefore(atMost) ? next : atMost, WaitingFor.Pause);
    }
}
