package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.WorkerRef;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.operator.Settings;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Deployments;
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
    private final Deployments deployments;
    private final WorkerFleet fleet;
    private final Wishes wishes;
    private final Settings settings;

    public CampaignActor(
            CampaignWorkerFactory factory,
            RunStarter starter,
            Children children,
            Deployments deployments,
            WorkerFleet fleet,
            Wishes wishes,
            Settings settings) {
        this.factory = factory;
        this.starter = starter;
        this.children = children;
        this.deployments = deployments;
        this.fleet = fleet;
        this.wishes = wishes;
        this.settings = settings;
    }

    /**
     * Takes the pods of Deployments away whose worker has ended, and keeps what it told: what follows is decided as after a Job.
     *
     * @return whether there were any
     */
    public boolean putToRest(Observed observed) {
        List<WorkerRun> over = observed.activeRuns().stream()
                .filter(run -> run.deployed().isPresent() && observed.hasHadItsRun(run))
                .toList();
        over.forEach(
                run -> deployments.rest(run, Optional.ofNullable(observed.pods().get(run.name()))));
        return !over.isEmpty();
    }

    private void stop(WorkerRun run) {
        if (run.deployed().isPresent()) {
            deployments.rest(run, Optional.empty());
        } else {
            children.stop(run);
        }
    }

    /** The course as it is after everything that could be done was done. */
    public Course carryOut(Observed observed, Course course) {
        if (!(course instanceof Course.AwaitLedger)) {
            removeSpentOrders(observed, course);
        }
        // Like the campaign's own deletion this needs no ledger.
        observed.abandoned().forEach(this::stop);
        return switch (course) {
            case Course.AwaitLedger wait -> wait;
            case Course.Blind blind -> {
                withdrawFrom(observed);
                yield blind;
            }
            case Course.Ended ended -> {
                withdrawFrom(observed);
                if (ended.stopWorkers()) {
                    observed.activeRuns().forEach(this::stop);
                    observed.runs().stream()
                            .filter(run -> run.deployed().isPresent())
                            .forEach(deployments::remove);
                }
                yield ended;
            }
            case Course.Halted halted -> {
                withdrawFrom(observed);
                if (halted.stopWorkers()) {
                    observed.activeRuns().forEach(this::stop);
                } else {
                    observed.activeRuns().forEach(deployments::admit);
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
        if (standing instanceof Standing.Blocked blocked && blocked.onWrite().isPresent()) {
            Standing.OnWrite wait = blocked.onWrite().get();
            if (!wait.from().isAfter(observed.now())
                    && starter.writtenSince(factory.prerequisites(observed, blocked.account()), wait.since())) {
                return start(observed, wait.due());
            }
        }
        String accountUid = standing.account().getMetadata().getUid();
        starter.withdraw(observed.owner(), accountUid);
        if (standing instanceof Standing.Working working) {
            starter.seen(observed.owner(), accountUid);
            deployments.admit(working.run());
            if (AccountJudge.mustRest(working.account())) {
                stop(working.run());
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
                        factory.prerequisites(observed, working.account()),
                        observed.now(),
                        settings.pace().recheck()));
        return new Standing.Working(working.account(), working.run(), working.outdated(), trouble);
    }

    private Standing start(Observed observed, Standing.Due due) {
        TelegramAccount account = due.account();
        Candidate candidate = new Candidate(
                observed.owner(), account.getMetadata().getUid(), factory.prerequisites(observed, account));
        Started started = observed.isWebhook()
                ? starter.deploy(candidate, () -> launch(observed, due))
                : starter.start(candidate, () -> launch(observed, due));
        return switch (started) {
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
        return new Launch(order, factory.task(observed, due, order));
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
            case Course.Blind blind ->
                soonest(
                        soonest(
                                deadline,
                                CampaignStatusParts.told(observed.before()).until(now)),
                        webhook(observed, slow));
            case Course.Ended ended -> Optional.empty();
            case Course.Halted halted ->
                CampaignDoors.isOpen(observed, halted) ? soonest(deadline, webhook(observed, slow)) : deadline;
            case Course.Active active ->
                Stream.of(
                                deadline.stream(),
                                webhook(observed, slow).stream(),
                                active.standings().stream().flatMap(it -> lookAgain(it, now, slow).stream()))
                        .flatMap(it -> it)
                        .min(Comparator.naturalOrder());
        };
    }

    /** Who comes by webhook while hints are lost, and a token that was changed, are found by looking. */
    private static Optional<Instant> webhook(Observed observed, Instant slow) {
        return observed.isWebhook() ? Optional.of(slow) : Optional.empty();
    }

    private static Optional<Instant> soonest(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
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
            when blocked.onWrite().isPresent() ->
                soonest(blocked.again(), Optional.of(now.plus(settings.pace().recheck())));
            case Standing.Blocked blocked -> blocked.again();
        };
    }
}
