package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.WorkerRef;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.Missing;
import dev.beckon.operator.worker.RunStarter;
import dev.beckon.operator.worker.RunStarter.Candidate;
import dev.beckon.operator.worker.RunStarter.Launch;
import dev.beckon.operator.worker.RunStarter.Started;
import dev.beckon.operator.worker.SpentOrders;
import dev.beckon.operator.worker.Wishes;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.workorder.WorkOrders;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Carries a course out, and tells how each account stands afterwards. Each step may be the last one before a crash. */
public final class CampaignActor {
    private final CampaignWorkerFactory factory;
    private final RunStarter starter;
    private final Children children;
    private final WorkerFleet fleet;
    private final Files files;
    private final Wishes wishes;
    private final Settings settings;

    public CampaignActor(
            CampaignWorkerFactory factory,
            RunStarter starter,
            Children children,
            WorkerFleet fleet,
            Files files,
            Wishes wishes,
            Settings settings) {
        this.factory = factory;
        this.starter = starter;
        this.children = children;
        this.fleet = fleet;
        this.files = files;
        this.wishes = wishes;
        this.settings = settings;
    }

    /** The course as it is after everything that could be done was done. */
    public Course carryOut(Observed observed, Course course) {
        if (!(course instanceof Course.AwaitLedger)) {
            removeSpentOrders(observed, course);
        }
        return switch (course) {
            case Course.AwaitLedger wait -> wait;
            case Course.Blind blind -> {
                withdrawFrom(observed);
                yield blind;
            }
            case Course.Ended ended -> {
                withdrawFrom(observed);
                if (ended.stopWorkers()) {
                    observed.activeRuns().forEach(children::stop);
                }
                yield ended;
            }
            case Course.Halted halted -> {
                withdrawFrom(observed);
                if (halted.stopWorkers()) {
                    observed.activeRuns().forEach(children::stop);
                }
                yield halted;
            }
            case Course.Active active ->
                new Course.Active(
                        active.standings().stream()
                                .map(it -> carryOut(observed, it))
                                .toList(),
                        active.problem());
        };
    }

    /** A campaign that wants nothing now must not keep others waiting. */
    private void withdrawFrom(Observed observed) {
        observed.accounts()
                .forEach(account ->
                        starter.withdraw(observed.owner(), account.getMetadata().getUid()));
    }

    private Standing carryOut(Observed observed, Standing standing) {
        if (standing instanceof Standing.Due due) {
            return start(observed, due);
        }
        if (standing instanceof Standing.Blocked blocked && fileChanged(observed, blocked)) {
            return start(
                    observed,
                    new Standing.Due(
                            blocked.account(),
                            lastRun(observed, blocked).orElseThrow().run() + 1,
                            0));
        }
        String accountUid = standing.account().getMetadata().getUid();
        starter.withdraw(observed.owner(), accountUid);
        if (standing instanceof Standing.Working working) {
            starter.seen(observed.owner(), accountUid);
            if (working.account().getSpec().suspend()) {
                children.stop(working.run());
            } else if (working.outdated()) {
                starter.wish(observed.owner(), accountUid, Urgency.Now);
            }
            return withTrouble(observed, working);
        }
        return standing;
    }

    private Standing withTrouble(Observed observed, Standing.Working working) {
        Optional<String> trouble = working.trouble()
                .or(() -> starter.missing(
                        Optional.ofNullable(observed.pods().get(working.run().name())),
                        factory.prerequisites(observed.campaign(), working.account()),
                        observed.now(),
                        settings.pace().recheck()));
        return new Standing.Working(working.account(), working.run(), working.outdated(), trouble);
    }

    /**
     * Whether somebody wrote the audience's file after the worker had read it. Seen by its own times, for the operator may not
     * watch Secrets: one look per {@code recheck} at the one object, and only while the campaign is held up by it.
     */
    private boolean fileChanged(Observed observed, Standing.Blocked blocked) {
        Optional<WorkerRun> last = lastRun(observed, blocked);
        if (blocked.reason() != Reason.AudienceUnreadable || last.isEmpty()) {
            return false;
        }
        Instant read = last.get().finished().orElse(last.get().created());
        return factory.audienceObject(observed.campaign())
                .flatMap(it -> files.writtenAt(it.kind(), it.namespace(), it.name()))
                .filter(written -> written.isAfter(read))
                .isPresent();
    }

    private static Optional<WorkerRun> lastRun(Observed observed, Standing standing) {
        return WorkerRun.latest(observed.runsWith(standing.account()));
    }

    private Standing start(Observed observed, Standing.Due due) {
        InviteCampaign campaign = observed.campaign();
        TelegramAccount account = due.account();
        Candidate candidate = new Candidate(
                observed.owner(), account.getMetadata().getUid(), factory.prerequisites(campaign, account));
        return switch (starter.start(candidate, () -> launch(observed, due))) {
            case Started.Running(WorkerRun run) -> new Standing.Working(account, run, false, Optional.empty());
            case Started.Later(Holder holder) -> new Standing.Queued(account, holder);
            case Started.Lacks(Missing missing) ->
                new Standing.Blocked(
                        account,
                        missing.reason(),
                        missing.message(),
                        Optional.of(observed.now().plus(settings.pace().recheck())));
            case Started.LedgerAway away ->
                new Standing.Until(
                        account,
                        observed.now().plus(settings.pace().firstBackOff()),
                        Reason.LedgerUnavailable,
                        "The ledger did not answer when a worker was about to start.");
            case Started.Foreign foreign -> foreign(observed, account, foreign);
            case Started.Gone gone -> throw new IllegalStateException("A campaign resumes no Job");
        };
    }

    private Launch launch(Observed observed, Standing.Due due) {
        InviteCampaign campaign = observed.campaign();
        String order = WorkOrders.write(
                factory.order(campaign, observed.parser(), due.account(), observed.accounts(), due.run()));
        return new Launch(order, factory.task(campaign, observed.parser(), due, observed.accounts(), order));
    }

    private Standing foreign(Observed observed, TelegramAccount account, Started.Foreign foreign) {
        return new Standing.Blocked(
                account,
                Reason.ChildNotOurs,
                "A " + foreign.kind() + " " + foreign.name()
                        + " exists and is not controlled by this campaign. It is left alone;" + " delete or rename it.",
                Optional.of(observed.now().plus(settings.pace().recheck())));
    }

    /**
     * Orders hold people: each goes in the pass that first sees its run ended, told by the Jobs that the last status showed at
     * work; whatever a crash left goes with the campaign's end. The status is written afterwards, so a crash in between
     * repeats the removal.
     */
    private void removeSpentOrders(Observed observed, Course course) {
        boolean endsNow = course instanceof Course.Ended && observed.before().completionTime() == null;
        SpentOrders.of(
                        observed.runs(),
                        observed.before().workers().stream()
                                .map(WorkerRef::name)
                                .toList(),
                        job -> fleet.gone(observed.campaign().getMetadata().getNamespace(), job),
                        List.of(),
                        endsNow)
                .forEach(children::deleteWorkOrder);
    }

    /** When the campaign must be looked at again at the latest, though nothing in the cluster changes. */
    public Optional<Instant> lookAgain(Observed observed, Course course) {
        Instant now = observed.now();
        Instant slow = now.plus(settings.pace().look());
        Optional<Instant> deadline = Optional.ofNullable(
                        observed.campaign().getSpec().deadline())
                .stream()
                .flatMap(at -> Stream.of(at, at.plus(CampaignPlanner.SETTLED_WITHIN)))
                .filter(at -> at.isAfter(now))
                .findFirst();
        return switch (course) {
            case Course.AwaitLedger wait -> Optional.of(slow);
            case Course.Blind blind -> deadline;
            case Course.Ended ended -> Optional.empty();
            case Course.Halted halted -> deadline;
            case Course.Active active ->
                Stream.concat(
                                deadline.stream(),
                                active.standings().stream().flatMap(it -> lookAgain(it, now, slow).stream()))
                        .min(Comparator.naturalOrder());
        };
    }

    private Optional<Instant> lookAgain(Standing standing, Instant now, Instant slow) {
        return switch (standing) {
            case Standing.Working working -> Optional.of(slow);
            case Standing.NothingToDo nothing -> Optional.empty();
            case Standing.Until until -> Optional.of(until.at());
            case Standing.Due due -> Optional.of(slow);
            case Standing.Queued queued ->
                Optional.of(queued.holder() instanceof Holder.Another ? now.plus(wishes.renewal()) : slow);
            case Standing.Awaiting awaiting -> Optional.empty();
            case Standing.Blocked blocked
            when blocked.reason() == Reason.AudienceUnreadable ->
                Stream.concat(
                                blocked.again().stream(),
                                Stream.of(now.plus(settings.pace().recheck())))
                        .min(Comparator.naturalOrder());
            case Standing.Blocked blocked -> blocked.again();
        };
    }
}
