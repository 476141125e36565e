package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.operator.worker.Made;
import dev.beckon.operator.worker.Missing;
import dev.beckon.operator.worker.RunFields;
import dev.beckon.operator.worker.Turns;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerJobs;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.operator.worker.WorkerTask;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Begins the runs that an account itself needs: its login, the check of its session, its end. One pod an account at a time. */
public final class AccountRuns {
    private static final Logger LOG = Logger.getLogger(AccountRuns.class);

    private final WorkerJobs jobs;
    private final Children children;
    private final Files files;
    private final Turns turns;
    private final WorkerFleet fleet;

    public AccountRuns(WorkerJobs jobs, Children children, Files files, Turns turns, WorkerFleet fleet) {
        this.jobs = jobs;
        this.children = children;
        this.files = files;
        this.turns = turns;
        this.fleet = fleet;
    }

    /** What came of it. */
    public sealed interface Begun {
        record Started(WorkerRun run) implements Begun {}

        /** Another pod of the account is at work, or ending. */
        record Busy() implements Begun {}

        /** A person must do something first. */
        record Blocked(Reason reason, String message) implements Begun {}
    }

    /** Begins a run, unless something is missing or the account is in use. */
    public Begun begin(TelegramAccount account, WorkerTask task, String order, List<Wanted> prerequisites) {
        Optional<Missing> missing = files.firstMissing(prerequisites);
        if (missing.isPresent()) {
            return new Begun.Blocked(missing.get().reason(), missing.get().message());
        }
        String uid = account.getMetadata().getUid();
        if (fleet.blind() || !turns.reserve(uid, uid)) {
            return new Begun.Busy();
        }
        boolean known = true;
        try {
            return make(account, task, order);
        } catch (KubernetesClientException e) {
            known = !Children.mayBeMade(e);
            throw e;
        } finally {
            if (known) {
                turns.done(uid, uid);
            } else {
                turns.doubt(uid, uid);
            }
        }
    }

    private Begun make(TelegramAccount account, WorkerTask task, String order) {
        if (children.create(jobs.workOrder(account, task.workOrder(), order)) instanceof Made.Foreign<Secret> foreign) {
            return foreign(foreign);
        }
        return switch (children.create(task, jobs::job)) {
            case Made.Foreign<Job> foreign -> foreign(foreign);
            case Made.Ours<Job>(Job job, boolean fresh) -> {
                fleet.started(job);
                WorkerRun run = WorkerRun.of(job).orElseThrow();
                RunFields.during(run, () -> LOG.infof("Job %s has started", run.name()));
                yield new Begun.Started(run);
            }
        };
    }

    private static Begun foreign(Made.Foreign<?> foreign) {
        return new Begun.Blocked(
                Reason.ChildNotOurs,
                "A " + foreign.kind() + " " + foreign.name()
                        + " exists and is not controlled by this account. It is left alone;" + " delete or rename it.");
    }
}
