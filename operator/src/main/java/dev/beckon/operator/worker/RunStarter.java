package dev.beckon.operator.worker;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.operator.worker.Turns.Turn;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Begins a run when its account's turn has come: one that the operator makes, or one that a CronJob made and that waits
 * suspended. Either way there is one pod per account at a time, and who has to wait wishes for the account.
 */
@ApplicationScoped
public class RunStarter {
    private static final Logger LOG = Logger.getLogger(RunStarter.class);

    private final WorkerJobs jobs;
    private final Children children;
    private final Deployments deployments;
    private final Files files;
    private final Turns turns;
    private final WorkerFleet fleet;
    private final Wishes wishes;

    public RunStarter(
            WorkerJobs jobs,
            Children children,
            Deployments deployments,
            Files files,
            Turns turns,
            WorkerFleet fleet,
            Wishes wishes) {
        this.jobs = jobs;
        this.children = children;
        this.deployments = deployments;
        this.files = files;
        this.turns = turns;
        this.fleet = fleet;
        this.wishes = wishes;
    }

    /**
     * Who wants to begin a run.
     *
     * @param prerequisites what its worker mounts and must find
     */
    public record Candidate(Owner owner, String accountUid, List<Wanted> prerequisites) {}

    /** A Job to be made, with the order that it mounts. */
    public record Launch(String order, WorkerTask task) {}

    /** What came of it. */
    public sealed interface Started {
        /** The run has begun. */
        record Running(WorkerRun run) implements Started {}

        /** Its turn has not come. */
        record Later(Holder holder) implements Started {}

        /** Something it needs is not there. */
        record Lacks(Missing missing) implements Started {}

        /** The ledger did not answer when it was about to begin. */
        record LedgerAway() implements Started {}

        /** Somebody else's object has the name of one of its children. */
        record Foreign(String kind, String name) implements Started {}

        /** The suspended Job is gone, or another has its name: the next look tells. */
        record Gone() implements Started {}
    }

    /**
     * Makes a Job.
     *
     * @param launch asked for only when the turn has come
     */
    public Started start(Candidate candidate, Supplier<Launch> launch) {
        return inTurn(candidate, () -> make(launch.get()));
    }

    /** Makes a Deployment, or scales it up. */
    public Started deploy(Candidate candidate, Supplier<Launch> launch) {
        return inTurn(candidate, () -> deploy(launch.get()));
    }

    /** Lets a Job begin that a CronJob made. */
    public Started resume(Candidate candidate, WorkerRun suspended) {
        return inTurn(
                candidate, () -> children.resume(suspended).map(this::begun).orElseGet(Started.Gone::new));
    }

    /**
     * Why the pod of a run has not begun for a while: something that was there when it was made is gone. Kubernetes itself
     * tells it in an event only.
     *
     * @param after how long a pod may take before one looks
     */
    public Optional<String> missing(Optional<WorkerPod> pod, List<Wanted> prerequisites, Instant now, Duration after) {
        return pod.flatMap(WorkerPod::waitsSince)
                .filter(since -> since.plus(after).isBefore(now))
                .flatMap(since -> files.firstMissing(prerequisites))
                .map(Missing::message);
    }

    /** The first of what a run must find that is not there. */
    public Optional<Missing> lacks(List<Wanted> prerequisites) {
        return files.firstMissing(prerequisites);
    }

    /** Whether one of the Secrets and ConfigMaps that a run reads was written since then. */
    public boolean writtenSince(List<Wanted> prerequisites, Instant since) {
        return files.writtenSince(prerequisites, since);
    }

    /** The owner does not want the account, or not now: it must not keep others waiting. */
    public void withdraw(Owner owner, String accountUid) {
        turns.withdraw(accountUid, owner.uid());
    }

    /** A start in doubt is in doubt no longer: its Job is seen. */
    public void seen(Owner owner, String accountUid) {
        turns.done(accountUid, owner.uid());
    }

    private Started inTurn(Candidate candidate, Supplier<Started> start) {
        Owner owner = candidate.owner();
        String account = candidate.accountUid();
        Optional<Missing> missing = files.firstMissing(candidate.prerequisites());
        if (missing.isPresent()) {
            turns.withdraw(account, owner.uid());
            return new Started.Lacks(missing.get());
        }
        if (fleet.blind()) {
            // What another leader made just before is not known yet.
            return new Started.Later(Holder.Brief.UNKNOWN);
        }
        return switch (turns.ask(account, owner)) {
            case Turn.Later later -> {
                if (later.holder() instanceof Holder.Another) {
                    wish(owner, account, Urgency.AtSliceEnd);
                }
                yield new Started.Later(later.holder());
            }
            case Turn.Yours yours -> mine(owner, account, start);
        };
    }

    private Started mine(Owner owner, String account, Supplier<Started> start) {
        boolean known = true;
        try {
            wishes.withdraw(account, owner.uid());
            return start.get();
        } catch (LedgerException e) {
            return new Started.LedgerAway();
        } catch (KubernetesClientException e) {
            known = !Children.mayBeMade(e);
            throw e;
        } finally {
            if (known) {
                turns.done(account, owner.uid());
            } else {
                turns.doubt(account, owner.uid());
            }
        }
    }

    private Started make(Launch launch) {
        WorkerTask task = launch.task();
        return refusedOrder(launch).orElseGet(() -> switch (children.create(task, jobs::job)) {
            case Made.Foreign<Job> foreign -> new Started.Foreign(foreign.kind(), foreign.name());
            case Made.Ours<Job>(Job job, boolean fresh) -> begun(job);
        });
    }

    private Started deploy(Launch launch) {
        WorkerTask task = launch.task();
        return refusedOrder(launch).orElseGet(() -> switch (deployments.begin(task, jobs::deployment)) {
            case Made.Foreign<Deployment> foreign -> new Started.Foreign(foreign.kind(), foreign.name());
            case Made.Ours<Deployment>(Deployment deployment, boolean fresh) -> begun(deployment);
        });
    }

    /** The order first: a pod never waits for it. If we die in between, the next pass finds it and makes what mounts it. */
    private Optional<Started> refusedOrder(Launch launch) {
        WorkerTask task = launch.task();
        Made<Secret> secret = children.create(jobs.workOrder(task.owner(), task.workOrder(), launch.order()));
        return secret instanceof Made.Foreign<Secret> foreign
                ? Optional.of(new Started.Foreign(foreign.kind(), foreign.name()))
                : Optional.empty();
    }

    private Started begun(Job job) {
        fleet.started(job);
        return begun("Job", WorkerRun.of(job).orElseThrow());
    }

    private Started begun(Deployment deployment) {
        fleet.started(deployment);
        return begun("Deployment", DeployedRun.of(deployment).orElseThrow());
    }

    private static Started begun(String kind, WorkerRun run) {
        RunFields.during(
                run, () -> LOG.infof("%s %s with account %s has started", kind, run.name(), run.accountName()));
        return new Started.Running(run);
    }

    /** A wish that can't be written now is written by a later pass: nothing waits for it but the owner's own turn. */
    public void wish(Owner owner, String accountUid, Urgency urgency) {
        try {
            wishes.ensure(accountUid, owner, urgency);
        } catch (LedgerException e) {
            LOG.debugf("A wish to yield was not written: %s", e.getMessage());
        }
    }
}
