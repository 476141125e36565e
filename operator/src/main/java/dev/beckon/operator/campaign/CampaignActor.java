package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.WorkerRef;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Children.Made;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.Missing;
import dev.beckon.operator.worker.SpentOrders;
import dev.beckon.operator.worker.Turns;
import dev.beckon.operator.worker.Turns.Turn;
import dev.beckon.operator.worker.Wishes;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerJobs;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.operator.worker.WorkerTask;
import dev.beckon.workorder.WorkOrders;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Carries a course out, and tells how each account stands afterwards. Each step may be the last one before a crash. */
public final class CampaignActor {
    private static final Logger LOG = Logger.getLogger(CampaignActor.class);

    private final CampaignWorkerFactory factory;
    private final WorkerJobs jobs;
    private final Children children;
    private final Files files;
    private final Turns turns;
    private final WorkerFleet fleet;
    private final Wishes wishes;
    private final Settings settings;

    public CampaignActor(
            CampaignWorkerFactory factory,
            WorkerJobs jobs,
            Children children,
            Files files,
            Turns turns,
            WorkerFleet fleet,
            Wishes wishes,
            Settings settings) {
        this.factory = factory;
        this.jobs = jobs;
        this.children = children;
        this.files = files;
        this.turns = turns;
        this.fleet = fleet;
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
                .forEach(account -> turns.withdraw(account.getMetadata().getUid(), observed.uid()));
    }

    private Standing carryOut(Observed observed, Standing standing) {
        if (standing instanceof Standing.Due due) {
            return start(observed, due);
        }
        turns.withdraw(standing.account().getMetadata().getUid(), observed.uid());
        if (standing instanceof Standing.Working working) {
            // A start in doubt is in doubt no longer: its Job is seen.
            turns.done(standing.account().getMetadata().getUid(), observed.uid());
            if (working.account().getSpec().suspend()) {
                children.stop(working.run());
            } else if (working.outdated()) {
                wish(working.account(), observed.uid(), Urgency.Now);
            }
        }
        return standing;
    }

    private Standing start(Observed observed, Standing.Due due) {
        InviteCampaign campaign = observed.campaign();
        Optional<Missing> missing = files.firstMissing(factory.prerequisites(campaign, due.account()));
        if (missing.isPresent()) {
            turns.withdraw(due.account().getMetadata().getUid(), observed.uid());
            return new Standing.Blocked(
                    due.account(),
                    missing.get().reason(),
                    missing.get().message(),
                    Optional.of(observed.now().plus(settings.pace().recheck())));
        }
        if (fleet.blind()) {
            // What another leader made just before is not known yet.
            return new Standing.Queued(due.account(), Holder.Brief.UNKNOWN);
        }
        String accountUid = due.account().getMetadata().getUid();
        Turn turn = turns.ask(
                accountUid,
                new Turns.Campaign(
                        campaign.getMetadata().getNamespace(),
                        campaign.getMetadata().getName(),
                        observed.uid()));
        return switch (turn) {
            case Turn.Later later -> {
                if (later.holder() instanceof Holder.OtherCampaign) {
                    wish(due.account(), observed.uid(), Urgency.AtSliceEnd);
                }
                yield new Standing.Queued(due.account(), later.holder());
            }
            case Turn.Yours yours -> {
                boolean known = true;
                try {
                    yield startNow(observed, due);
                } catch (KubernetesClientException e) {
                    known = !Children.mayBeMade(e);
                    throw e;
                } finally {
                    if (known) {
                        turns.done(accountUid, observed.uid());
                    } else {
                        turns.doubt(accountUid, observed.uid());
                    }
                }
            }
        };
    }

    private Standing startNow(Observed observed, Standing.Due due) {
        InviteCampaign campaign = observed.campaign();
        TelegramAccount account = due.account();
        try {
            wishes.withdraw(account.getMetadata().getUid(), observed.uid());
        } catch (LedgerException e) {
            return new Standing.Until(
                    account,
                    observed.now().plus(settings.pace().firstBackOff()),
                    Reason.LedgerUnavailable,
                    "The ledger did not answer when a worker was about to start.");
        }
        String order = WorkOrders.write(factory.order(campaign, account, observed.accounts(), due.run()));
        WorkerTask task = factory.task(campaign, due, observed.accounts(), order);
        // The order first: a pod never waits for it. If we die in between, the next pass finds it and makes the Job.
        Made<Secret> secret = children.create(jobs.workOrder(campaign, task.workOrder(), order));
        if (secret instanceof Made.Foreign<Secret> foreign) {
            return foreign(observed, account, foreign);
        }
        Made<Job> made = children.create(jobs.job(task));
        return switch (made) {
            case Made.Foreign<Job> foreign -> foreign(observed, account, foreign);
            case Made.Ours<Job>(Job job, boolean fresh) -> {
                fleet.started(job);
                LOG.infof(
                        "Run %d with account %s has started",
                        due.run(), account.getMetadata().getName());
                WorkerRun run = WorkerRun.of(job).orElseThrow();
                yield new Standing.Working(account, run, false, Optional.empty());
            }
        };
    }

    private Standing foreign(Observed observed, TelegramAccount account, Made.Foreign<?> foreign) {
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
                        endsNow)
                .forEach(children::deleteWorkOrder);
    }

    /** A wish that can't be written now is written by a later pass: nothing waits for it but the campaign's own turn. */
    private void wish(TelegramAccount account, String campaignUid, Urgency urgency) {
        try {
            wishes.ensure(account.getMetadata().getUid(), campaignUid, urgency);
        } catch (LedgerException e) {
            LOG.debugf("A wish to yield was not written: %s", e.getMessage());
        }
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
                Optional.of(queued.holder() instanceof Holder.OtherCampaign ? now.plus(wishes.renewal()) : slow);
            case Standing.Awaiting awaiting -> Optional.empty();
            case Standing.Blocked blocked -> blocked.again();
        };
    }
}
