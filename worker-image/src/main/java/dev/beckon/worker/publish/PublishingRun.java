package dev.beckon.worker.publish;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.content.PublishRuns;
import dev.beckon.ledger.content.PublishRuns.Turn;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.publish.PublishStep.Tried;
import dev.beckon.worker.publish.TargetDoor.Target;
import dev.beckon.worker.run.AccountTurn;
import dev.beckon.worker.run.Consequences;
import dev.beckon.worker.run.OpenAccount;
import dev.beckon.worker.run.Then;
import dev.beckon.worker.run.Waits;
import dev.beckon.workorder.PublishOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * One run of a schedule: lease, session, one post's turn, and that post in each target, until all have their outcome, something
 * must be waited for, or somebody wishes the run to end. Whoever goes on after a kill goes on with the same post and the targets
 * that are left; what was in flight is settled by asking.
 */
public final class PublishingRun {
    /** As long as a campaign's default: then others of the same rank have the account. */
    private static final Duration SLICE = Duration.ofMinutes(10);

    private final Workshop workshop;
    private final PublishOrder order;
    private final Hints hints;
    private final List<Target> targets;
    private final Posts posts;
    private final PublishRuns.Run wanted;
    private final Instant started;
    private final Map<Target, Wait> waiting = new HashMap<>();

    private OpenAccount account;
    private OpenPublications open;
    private Consequences consequences;
    private Optional<PublishRun> begun = Optional.empty();
    private Wait rest = new Wait(Instant.MIN, WaitingFor.Pause);

    /** Checks everything a person wrote before anything is done. */
    public PublishingRun(Workshop workshop, PublishOrder order, Hints hints) {
        this.workshop = workshop;
        this.order = order;
        this.hints = hints;
        this.targets = TargetDoor.targets(order.targets());
        this.posts = new Posts(workshop.files(), order.content());
        this.wanted = new PublishRuns.Run(
                runUid(),
                order.schedule().uid(),
                order.schedule().namespace(),
                order.schedule().name());
        this.started = workshop.clock().instant();
    }

    private String runUid() {
        String uid = order.runUid().orElseGet(() -> workshop.environment().runUid());
        if (!uid.matches("[A-Za-z0-9._-]{1," + PublishOrder.LONGEST_RUN_UID + "}")) {
            throw new BadInput("The work order's runUid must have 1 to " + PublishOrder.LONGEST_RUN_UID
                    + " letters, digits, '.', '_' or '-'");
        }
        return uid;
    }

    /** Works until the run ends in order. */
    public Ending run() {
        try {
            Optional<PublishRun> before = workshop.ledger().publishRuns().find(wanted);
            if (before.filter(run -> run.state() == PublishRun.State.Complete).isPresent()) {
                return PublishStory.before();
            }
            if (before.flatMap(PublishRun::post).isEmpty()) {
                // A post that Telegram would not take is told of before the account is asked for.
                posts.read();
            }
            return turn().take(this::work);
        } finally {
            hints.autopostChanged(order.schedule().uid());
        }
    }

    private AccountTurn turn() {
        return new AccountTurn(
                workshop,
                order.account(),
                Priority.Publish,
                order.hibernateAfter(),
                started.plus(SLICE),
                this::tells,
                () -> OpenPublications.before(
                        workshop.ledger(), order.schedule().uid()),
                hints);
    }

    private boolean tells(Lease lease, Optional<Instant> until, Optional<String> why) {
        PublishRuns runs = workshop.ledger().publishRuns();
        boolean written =
                begin(lease).filter(run -> runs.waits(lease, run, until, why)).isPresent();
        hints.autopostChanged(order.schedule().uid());
        return written;
    }

    /** Once: whoever begins a run that failed begins it anew. @return empty when the lease is lost */
    private Optional<PublishRun> begin(Lease lease) {
        if (begun.isEmpty()) {
            begun = workshop.ledger().publishRuns().begin(lease, wanted);
        }
        return begun;
    }

    private Ending work(OpenAccount held, Waits waits) {
        account = held;
        PublishRun run = begin(account.lease()).orElseThrow(account::leaseLost);
        consequences = new Consequences(
                account,
                wait -> rest = rest.and(wait),
                (reason, why) -> account.ledger().publishRuns().fails(account.lease(), run, reason, why));
        open = new OpenPublications(account, order.schedule().uid(), order.deadline());
        replaceEarlier(run);
        try {
            return work(run, waits);
        } catch (BadInput e) {
            // Edited since it was looked at before the account was taken; the account is given back in order.
            return consequences.of(new Then.Stall(e.reason(), e.getMessage())).orElseThrow();
        }
    }

    private Ending work(PublishRun run, Waits waits) {
        return switch (turnOf(run)) {
            case Turn.Taken(PublishRun taken) -> {
                KillPoint.AFTER_TURN.here();
                yield publish(taken, waits);
            }
            case Turn.Exhausted _ ->
                settledFirst(waits).orElseGet(() -> {
                    var _ = end(run);
                    return PublishStory.exhausted();
                });
            case Turn.Gone(String key) -> {
                var _ = end(run);
                yield PublishStory.gone(key);
            }
            case Turn.LeaseLost _ -> throw account.leaseLost();
        };
    }

    /** Read now and not before: a post that was edited up to here is published in its new form. */
    private Turn turnOf(PublishRun run) {
        if (run.post().isPresent()) {
            return new Turn.Taken(run);
        }
        IntUnaryOperator choose = order.order() == PublishOrder.Order.Random ? workshop.random()::nextInt : _ -> 0;
        boolean repeat = order.whenExhausted() == PublishOrder.WhenExhausted.Repeat;
        return account.ledger().publishRuns().turn(account.lease(), run, posts.read(), repeat, choose);
    }

    private Ending publish(PublishRun run, Waits waits) {
        PublishStep step = new PublishStep(
                account,
                run,
                posts.whole(run.post().orElseThrow()),
                order.account().limits(),
                open);
        while (true) {
            Optional<Ending> ending =
                    waits.wishedToEnd().or(() -> waits.await(rest)).or(this::settleDue);
            if (ending.isEmpty()) {
                Optional<Target> next = next(run);
                if (next.isPresent()) {
                    waits.over();
                    ending = after(next.get(), step.publish(next.get()));
                } else {
                    Optional<Wait> least = leastWait(run);
                    if (least.isEmpty()) {
                        return leftToNextWorker().map(Ending::waiting).orElseGet(() -> ended(run));
                    }
                    ending = waits.await(least.get()).map(it -> it.noLaterThan(leftToNextWorker()));
                }
            }
            if (ending.isPresent()) {
                return ending.get();
            }
        }
    }

    /** A post that only the next worker may settle does not wait for tomorrow because another target does. */
    private Optional<Wait> leftToNextWorker() {
        return open.left().map(left -> rest.until().isAfter(account.now()) ? rest.and(left) : left);
    }

    private Optional<Ending> settleDue() {
        return consequences.of(open.settleDue());
    }

    /** Nothing of an earlier run is left in the dark because there is nothing new to publish. */
    private Optional<Ending> settledFirst(Waits waits) {
        Optional<Ending> ending = settleDue();
        while (ending.isEmpty() && open.next().isPresent()) {
            Wait due = open.next().get();
            ending = waits.wishedToEnd().or(() -> waits.await(rest.and(due))).or(this::settleDue);
        }
        return ending;
    }

    /** The first target for which something can be done now. */
    private Optional<Target> next(PublishRun run) {
        Instant now = account.now();
        return targets.stream()
                .filter(target -> !waiting.containsKey(target)
                        || !waiting.get(target).until().isAfter(now))
                .filter(target -> account.ledger().publications().isDue(run, target.written()))
                .findFirst();
    }

    private Optional<Ending> after(Target target, Tried tried) {
        hints.autopostChanged(order.schedule().uid());
        waiting.remove(target);
        return switch (tried) {
            case Tried.Went(Then then) -> consequences.of(then);
            case Tried.Later(Wait until) -> {
                waiting.put(target, until);
                yield Optional.empty();
            }
        };
    }

    /** When something can be done again; empty when every target has its outcome. */
    private Optional<Wait> leastWait(PublishRun run) {
        Optional<Wait> least = open.next();
        for (Map.Entry<Target, Wait> entry : waiting.entrySet()) {
            if (account.ledger().publications().isDue(run, entry.getKey().written())) {
                least = Optional.of(least.map(wait -> wait.or(entry.getValue())).orElse(entry.getValue()));
            }
        }
        return least;
    }

    private Ending ended(PublishRun run) {
        KillPoint.BEFORE_END.here();
        if (end(run) == PublishRun.State.Running) {
            return Ending.yielded(WaitingFor.Settlement.name(), "Another worker of the run is at it.");
        }
        return PublishStory.ended(
                run.post().orElseThrow().key(),
                account.ledger().publications().tally(run),
                account.ledger().publications().failures(run),
                order.targets());
    }

    /** Before the turn, so that a post which an earlier run did not come to is this one's; and at the end, when what was in flight is settled. */
    private void replaceEarlier(PublishRun run) {
        boolean wished = order.earlierRuns()
                .filter(it -> it == PublishOrder.EarlierRuns.Replace)
                .isPresent();
        if (wished
                && !account.ledger()
                        .publishRuns()
                        .replaceEarlier(account.lease(), run, order.schedule().uid() + PublishOrder.ASKED_FOR)) {
            throw account.leaseLost();
        }
    }

    private PublishRun.State end(PublishRun run) {
        replaceEarlier(run);
        List<String> written = targets.stream().map(Target::written).toList();
        return account.ledger().publishRuns().end(account.lease(), run, written).orElseThrow(account::leaseLost);
    }
}
