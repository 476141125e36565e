package dev.beckon.worker.run;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LeaseResult.Yield;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.pacing.NextStep;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.session.HeldAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The waits of one run: short ones are slept, with an ear for who wishes the run to end; long ones end it. */
public final class Waits {
    /** Between two looks at whether somebody wishes the run to end. */
    private static final Duration NAP = Duration.ofSeconds(1);

    /** Waits shorter than this are not told to anybody. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

    /** Tells whoever watches what a run waits for. */
    @FunctionalInterface
    public interface Teller {
        /**
         * Writes it to the ledger.
         *
         * @param why a word in CamelCase; empty, like the time, when it waits for nothing
         * @return false when the lease is lost and nothing was written
         */
        boolean tells(Lease lease, Optional<Instant> until, Optional<String> why);
    }

    private final Workshop workshop;
    private final HeldAccount account;
    private final Duration hibernateAfter;
    private final Instant sliceEnd;
    private final Teller teller;
    private boolean told;

    Waits(Workshop workshop, HeldAccount account, Duration hibernateAfter, Instant sliceEnd, Teller teller) {
        this.workshop = workshop;
        this.account = account;
        this.hibernateAfter = hibernateAfter;
        this.sliceEnd = sliceEnd;
        this.teller = teller;
    }

    /** Asked at each safe point: whether the process is to stop, or somebody else is to have the account. */
    public Optional<Ending> wishedToEnd() {
        Optional<Ending> ending = heard();
        ending.ifPresent(_ -> KillPoint.YIELDING.here());
        return ending;
    }

    private Optional<Ending> heard() {
        if (workshop.stop().isRaised()) {
            return Optional.of(Ending.yielded("Stopped", "Asked to stop; the rest goes on later."));
        }
        Optional<Yield> wish = account.yieldWish();
        boolean sliceOver = !now().isBefore(sliceEnd);
        return wish.filter(yield -> yield.urgency() == Urgency.Now || sliceOver)
                .map(_ -> Ending.yielded(
                        WaitingFor.Account.name(), "Another one waits for the account; the rest goes on later."));
    }

    /** Whether anybody waits for the account, if only for the end of its slice. */
    public boolean isWanted() {
        return account.yieldWish().isPresent();
    }

    /** Whether a wait ends the run. */
    public boolean isLong(Wait wait) {
        return NextStep.at(now(), wait, hibernateAfter) instanceof NextStep.Hibernate;
    }

    /** Sleeps a short wait; a long one ends the run. */
    public Optional<Ending> await(Wait wait) {
        return await(wait, hibernateAfter);
    }

    /** The same with a patience of its own. */
    public Optional<Ending> await(Wait wait, Duration patience) {
        return switch (NextStep.at(now(), wait, patience)) {
            case NextStep.Act _ -> Optional.empty();
            case NextStep.Hibernate(Instant resumeAt, WaitingFor why) -> Optional.of(Ending.waiting(resumeAt, why));
            case NextStep.Sleep(Instant until, WaitingFor why) -> sleep(until, why);
        };
    }

    private Optional<Ending> sleep(Instant until, WaitingFor why) {
        if (Duration.between(now(), until).compareTo(WORTH_TELLING) >= 0) {
            tell(Optional.of(until), Optional.of(why.name()));
            told = true;
        }
        Optional<Ending> wish = wishedToEnd();
        while (wish.isEmpty() && now().isBefore(until)) {
            Duration left = Duration.between(now(), until);
            workshop.rest().accept(left.compareTo(NAP) < 0 ? left : NAP);
            wish = wishedToEnd();
        }
        return wish;
    }

    /** Work goes on: what was told of a wait is over. */
    public void over() {
        if (told) {
            tell(Optional.empty(), Optional.empty());
            told = false;
        }
    }

    /** Tells what the run's end leaves to wait for, if anything. */
    void tell(Ending ending) {
        Optional<Instant> resumeAt = ending.result().resumeAt();
        tell(resumeAt, resumeAt.map(_ -> ending.result().reason()));
    }

    private void tell(Optional<Instant> until, Optional<String> why) {
        account.check(teller.tells(account.lease(), until, why));
    }

    private Instant now() {
        return workshop.clock().instant();
    }
}
