package dev.beckon.worker.invite;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.invite.Breakers;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.ClaimResult;
import dev.beckon.ledger.invite.Intents;
import dev.beckon.ledger.invite.OpenResult;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.invite.ChatDoor.Entry;
import dev.beckon.worker.invite.PersonStep.Step;
import dev.beckon.worker.message.MessageTemplate;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.pacing.ContactWindow;
import dev.beckon.worker.pacing.Pause;
import dev.beckon.worker.pacing.Schedule;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.AccountTurn;
import dev.beckon.worker.run.Consequences;
import dev.beckon.worker.run.OpenAccount;
import dev.beckon.worker.run.Then;
import dev.beckon.worker.run.Waits;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One account's work on a campaign: audience, lease, session, chat, then person by person until nothing is left, something
 * must be waited for, or somebody wishes it to end. Everything that must not be lost is in the ledger at each line.
 */
public final class InviteRun {
    /** Past the deadline no later run settles anything, so the last settlement is awaited this long in any case. */
    private static final Duration LAST_SETTLEMENT = Duration.ofMinutes(10);

    private final Workshop workshop;
    private final InviteOrder order;
    private final Hints hints;
    private final MessageTemplate message;
    private final Pause pause;
    private final Schedule schedule;
    private final AudienceLoad audience;
    private final Instant started;

    private Run run;
    private Waits waits;
    private Consequences consequences;
    private OptOuts optOuts;
    private OpenIntents openIntents;
    private Arrivals arrivals;
    private UnreadablePeople unreadable;

    /** Checks everything a person wrote before anything is done. */
    public InviteRun(Workshop workshop, InviteOrder order, Hints hints) {
        this.workshop = workshop;
        this.order = order;
        this.hints = hints;
        this.message = MessageTemplate.of(order.message().orElse(MessageTemplate.DEFAULT));
        this.pause = new Pause(order.pacing().minDelay(), order.pacing().maxDelay());
        this.schedule = new Schedule(ContactWindow.of(order.pacing().window()));
        this.audience = new AudienceLoad(workshop, order);
        this.started = workshop.clock().instant();
    }

    /** Works until the run ends in order. */
    public Ending run() {
        audience.load();
        hints.campaignChanged(order.campaign().uid());
        Optional<Ending> paused = pausedByBreaker();
        if (paused.isPresent()) {
            return paused.get();
        }
        AccountTurn turn = new AccountTurn(
                workshop,
                order.account(),
                Priority.Invite,
                order.pacing().hibernateAfter(),
                started.plus(order.slice()),
                this::tells,
                hints);
        try {
            return turn.take(this::work);
        } finally {
            hints.campaignChanged(order.campaign().uid());
        }
    }

    private boolean tells(Lease lease, Optional<Instant> until, Optional<String> why) {
        String campaign = order.campaign().uid();
        boolean written = workshop.ledger().campaigns().waits(lease, campaign, until, why);
        hints.campaignChanged(campaign);
        return written;
    }

    private Optional<Ending> pausedByBreaker() {
        Optional<Breakers.Open> open =
                workshop.ledger().breakers().pausing(order.campaign().uid());
        return open.map(breaker -> Ending.paused(
                ExitCode.OK,
                breaker.reason(),
                "Paused (" + breaker.reason() + ") until someone acknowledges breaker " + breaker.breakerId() + "."));
    }

    private Ending work(OpenAccount open, Waits turn) {
        run = new Run(open, order);
        waits = turn;
        consequences = new Consequences(
                open,
                schedule::rest,
                (reason, why) -> open.ledger().campaigns().fails(open.lease(), run.campaign(), reason, why));
        if (run.telegram().self().bot()) {
            return Ending.fault(
                    ExitCode.CAMPAIGN_FAULT,
                    "BotAccount",
                    "A bot can neither add people nor write to them first: name a user's account in spec.accounts.");
        }
        ChatDoor door = new ChatDoor(run, message);
        while (true) {
            switch (door.enter()) {
                case Entry.In in -> {
                    return work(in);
                }
                case Entry.Not(Then then) -> {
                    Optional<Ending> ending =
                            settledOutside(then).or(() -> after(then)).or(() -> waits.await(beforeNextTry(then)));
                    if (ending.isPresent()) {
                        return ending.get();
                    }
                }
            }
        }
    }

    /** The rest of a long event log is read at any hour: who asked just now waits for it outside the contact window, too. */
    private Wait beforeNextTry(Then then) {
        return then instanceof Then.Rest(Wait wait) && wait.why() == WaitingFor.Pause
                ? schedule.atAnyHour(run.now())
                : schedule.earliest(run.now());
    }

    /**
     * A chat that the account may not work in ends the run, and past the deadline there is no other: what an earlier process left
     * in flight is settled first, as far as Telegram tells anything from outside.
     */
    private Optional<Ending> settledOutside(Then then) {
        if (!(then instanceof Then.Stall)) {
            return Optional.empty();
        }
        openIntents = new OpenIntents(run, Optional.empty(), new People(run));
        openIntents.load();
        Optional<Ending> ending = Optional.empty();
        while (ending.isEmpty() && nextSettlement().isPresent()) {
            ending = nextSettlement()
                    .flatMap(settlement -> waits.await(settlement, LAST_SETTLEMENT))
                    .or(this::settleDue);
        }
        return ending;
    }

    private Ending work(Entry.In chat) {
        optOuts = chat.optOuts();
        People people = new People(run);
        Optional<Ending> ending = after(people.forgetLeftBehind());
        openIntents = new OpenIntents(run, Optional.of(chat.chat()), people);
        openIntents.load();
        PersonStep person = new PersonStep(run, chat, message, people, openIntents, schedule);
        unreadable = new UnreadablePeople(run);
        arrivals = new Arrivals(order, schedule, waits, workshop.clock());
        run.ledger()
                .usage()
                .lastAct(run.lease())
                .ifPresent(last -> schedule.pauseUntil(last.plus(pause.draw(workshop.random()))));
        while (ending.isEmpty()) {
            ending = next(person);
        }
        return ending.get();
    }

    /** One turn of the loop: at its beginning nothing is in flight that this process knows the end of. */
    private Optional<Ending> next(PersonStep person) {
        Optional<Ending> ending = waits.wishedToEnd().or(this::settleDue);
        if (ending.isPresent()) {
            return ending;
        }
        Wait earliest = arrivals.earliest(run.now());
        if (order.deadline()
                .filter(deadline -> !earliest.until().isBefore(deadline))
                .isPresent()) {
            return afterDeadline();
        }
        if (earliest.until().isAfter(run.now())) {
            // The last person is followed by no pause.
            if (!arrivals.mayCome() && run.ledger().claims().isExhausted(run.lease(), run.campaign())) {
                return exhausted();
            }
            return await(nextSettlement().map(earliest::or).orElse(earliest));
        }
        Then learned = optOuts.learn();
        if (!(learned instanceof Then.GoOn)) {
            return after(learned);
        }
        Intents.Next ahead = run.ledger()
                .intents()
                .next(
                        run.lease(),
                        run.campaign(),
                        person::asKnown,
                        People.lookupLimit(run.limits()),
                        arrivals.since(run.now()));
        return switch (ahead.claimed()) {
            case ClaimResult.Claimed(Claim claim) -> {
                KillPoint.AFTER_CLAIM.here();
                waits.over();
                arrivals.here();
                yield after(person.take(claim, ahead));
            }
            case ClaimResult.PassedOver who -> after(unreadable.take(who));
            case ClaimResult.GivenUp who -> after(unreadable.take(who));
            case ClaimResult.NoneDue(Instant due, Optional<OpenResult.WaitReason> putOffBy) -> {
                Wait next = schedule.earliest(run.now(), new Wait(due, LedgerRefusals.waitingFor(putOffBy)));
                yield awaitPeople(nextSettlement().map(next::or).orElse(next));
            }
            case ClaimResult.Exhausted _ -> exhausted();
            case ClaimResult.LeaseLost _ -> throw run.leaseLost();
        };
    }

    /** Nobody is left to contact; what is in flight is settled first, here or by the next run. */
    private Optional<Ending> exhausted() {
        return nextSettlement()
                .map(this::awaitPeople)
                .orElseGet(() -> leftToNextRun().map(Ending::waiting).or(arrivals::nobodyLeft));
    }

    /** When the next open act can be settled; empty when none is left. */
    private Optional<Wait> nextSettlement() {
        return openIntents.next().map(schedule::settlement);
    }

    /** When the campaign's next worker can settle what only its session shows; empty when there is nothing of the kind. */
    private Optional<Wait> leftToNextRun() {
        return openIntents.left().map(schedule::settlement);
    }

    private Optional<Ending> settleDue() {
        return nextSettlement()
                .filter(settlement -> !settlement.until().isAfter(run.now()))
                .flatMap(_ -> after(openIntents.settleDue()));
    }

    private Optional<Ending> await(Wait wait) {
        if (wait.why() != WaitingFor.Pause) {
            optOuts.expire();
        }
        return await(wait, order.pacing().hibernateAfter());
    }

    /** Who is left to the next run is not left waiting for what this one waits for: weeks, by the frequency cap. */
    private Optional<Ending> await(Wait wait, Duration patience) {
        return waits.await(wait, patience).map(ending -> ending.noLaterThan(leftToNextRun()));
    }

    /** For those who are left; somebody else may come meanwhile. */
    private Optional<Ending> awaitPeople(Wait wait) {
        return await(arrivals.listening(wait));
    }

    /** Nobody more is contacted, but what is in flight is settled: by a next run only if this one asks for it. */
    private Optional<Ending> afterDeadline() {
        return nextSettlement()
                .map(settlement -> await(settlement, LAST_SETTLEMENT))
                .orElseGet(() -> leftToNextRun()
                        .map(Ending::waiting)
                        .or(() -> Optional.of(Ending.completed(
                                "DeadlinePassed", "Nobody more can be contacted before the campaign's deadline."))));
    }

    private Optional<Ending> after(Step step) {
        if (step.asked()) {
            schedule.pauseUntil(run.now().plus(pause.draw(workshop.random())));
            hints.campaignChanged(run.campaign());
        }
        Optional<Ending> ending = after(step.then());
        return ending.isEmpty() && step.failed() ? brokenOff() : ending;
    }

    private Optional<Ending> brokenOff() {
        int window = order.breaker().minAttempts();
        if (!FailureRatio.trips(order.breaker(), run.ledger().outcomes().recent(run.campaign(), window))) {
            return Optional.empty();
        }
        String why = "At least " + Math.round(order.breaker().failureRatio() * 100) + " % of the last "
                + Count.of(window, "attempt") + " failed";
        run.check(run.ledger().breakers().tripCampaign(run.lease(), run.campaign(), "FailureRatio", why));
        return pausedByBreaker();
    }

    private Optional<Ending> after(Then then) {
        return consequences.of(then);
    }
}
