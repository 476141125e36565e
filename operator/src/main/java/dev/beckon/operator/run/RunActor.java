package dev.beckon.operator.run;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.operator.Settings;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.Made;
import dev.beckon.operator.worker.Missing;
import dev.beckon.operator.worker.RunStarter;
import dev.beckon.operator.worker.RunStarter.Candidate;
import dev.beckon.operator.worker.RunStarter.Launch;
import dev.beckon.operator.worker.RunStarter.Started;
import dev.beckon.operator.worker.SpentOrders;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerJobs;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Carries a course out, and tells how the resource stands afterwards. Each step may be the last one before a crash. */
@ApplicationScoped
public class RunActor {
    /** Objects that a run mounts, and that may be made at any time. Beside posts that can't be used nobody has looked for them. */
    private static final Set<Reason> LACKS = EnumSet.of(
            Reason.WorkerSecretMissing,
            Reason.CredentialsMissing,
            Reason.ContentMissing,
            Reason.VolumeMissing,
            Reason.ContentUnreadable);

    private final ScheduleKeeper keeper;
    private final WorkerJobs jobs;
    private final RunStarter starter;
    private final Children children;
    private final WorkerFleet fleet;
    private final Settings settings;

    public RunActor(
            ScheduleKeeper keeper,
            WorkerJobs jobs,
            RunStarter starter,
            Children children,
            WorkerFleet fleet,
            Settings settings) {
        this.keeper = keeper;
        this.jobs = jobs;
        this.starter = starter;
        this.children = children;
        this.fleet = fleet;
        this.settings = settings;
    }

    /**
     * The course as it is after everything that could be done was done.
     *
     * @param work absent when the resource names no account that exists
     */
    public RunCourse carryOut(RunScene<?> scene, Optional<? extends RunWork> work, RunCourse course) {
        // Like the resource's own deletion this needs no ledger.
        scene.abandoned().forEach(children::stop);
        Optional<CronJob> wanted = keeper.wanted(scene, work);
        Optional<Made.Foreign<?>> foreign = keeper.keep(scene, work, wanted);
        if (foreign.isPresent() && !isHeld(scene, course)) {
            return foreign(scene, foreign.get().kind(), foreign.get().name());
        }
        if (foreign.isEmpty() && !(course instanceof RunCourse.AwaitLedger)) {
            removeSpentOrders(scene, wanted);
        }
        boolean wants = course instanceof RunCourse.Due || course instanceof RunCourse.Resume;
        if (!wants) {
            withdraw(scene);
        }
        return switch (course) {
            case RunCourse.Due due -> start(scene, work.orElseThrow(), due);
            case RunCourse.Resume(WorkerRun suspended) ->
                isAsWanted(suspended, wanted)
                        ? resume(scene, work.orElseThrow(), suspended)
                        : start(
                                scene,
                                work.orElseThrow(),
                                new RunCourse.Due(scene.seen().nextNumber(), suspended.uid(), 0));
            case RunCourse.Working working -> {
                working(scene, working);
                yield withTrouble(scene, work, working);
            }
            case RunCourse.Resting resting -> {
                scene.seen().active().ifPresent(children::stop);
                yield resting;
            }
            case RunCourse.Stalled stalled -> {
                if (stalled.stopWorkers()) {
                    scene.seen().active().ifPresent(children::stop);
                }
                yield work.flatMap(it -> onWrite(scene, it, stalled)).orElse(stalled);
            }
            case RunCourse.Idle idle ->
                work.<RunCourse>flatMap(it -> lacking(scene, it)).orElse(idle);
            case RunCourse.AwaitLedger it -> it;
            case RunCourse.Blind it -> it;
            case RunCourse.Done it -> it;
            case RunCourse.Lacking it -> it;
            case RunCourse.Until it -> it;
            case RunCourse.Awaiting it -> it;
            case RunCourse.Queued it -> it;
        };
    }

    /** Whether nothing is to run whoever has the name of a child: a person wants that, or has not accepted a restored ledger. */
    private static boolean isHeld(RunScene<?> scene, RunCourse course) {
        return course instanceof RunCourse.Resting || scene.restored().isPresent();
    }

    /**
     * What the next run needs and does not find is told when the schedule is written, not when the run is due. Nobody watches those objects: what
     * becomes of them later is seen by the run.
     */
    private Optional<RunCourse.Lacking> lacking(RunScene<?> scene, RunWork work) {
        Outage.Told told = scene.before().told();
        boolean written = !Objects.equals(
                told.observedGeneration(), scene.resource().getMetadata().getGeneration());
        return written || isLack(told.waitingFor())
                ? starter.lacks(work.prerequisites()).map(RunActor::lacking)
                : Optional.empty();
    }

    private static boolean isLack(String waitingFor) {
        return Optional.ofNullable(waitingFor)
                .flatMap(Reason::of)
                .filter(LACKS::contains)
                .isPresent();
    }

    private static RunCourse.Lacking lacking(Missing missing) {
        return new RunCourse.Lacking(missing.reason(), missing.message());
    }

    /** What a worker could not use was written anew: the same order may work now. */
    private Optional<RunCourse> onWrite(RunScene<?> scene, RunWork work, RunCourse.Stalled stalled) {
        return stalled.onWrite()
                .filter(it -> !it.from().isAfter(scene.now()))
                .filter(it -> starter.writtenSince(work.prerequisites(), it.since()))
                .map(it -> it.then() instanceof RunCourse.Due due ? start(scene, work, due) : it.then());
    }

    /** A resource that wants nothing now must not keep others waiting. */
    private void withdraw(RunScene<?> scene) {
        scene.account()
                .ifPresent(
                        it -> starter.withdraw(scene.owner(), it.getMetadata().getUid()));
    }

    /** One that was made before its account's Secret was renamed, say, would wait for that Secret for ever. */
    private static boolean isAsWanted(WorkerRun suspended, Optional<CronJob> wanted) {
        String pods = suspended.schedule().map(WorkerRun.Schedule::pods).orElse("");
        return pods.isEmpty()
                || wanted.flatMap(WorkerCron::of)
                        .filter(it -> it.pods().equals(pods))
                        .isPresent();
    }

    private void working(RunScene<?> scene, RunCourse.Working working) {
        // A start in doubt is in doubt no longer: its Job is seen.
        starter.seen(scene.owner(), working.run().accountUid());
        if (scene.account().filter(AccountJudge::mustRest).isPresent()) {
            children.stop(working.run());
        } else if (working.outdated()) {
            starter.wish(scene.owner(), working.run().accountUid(), Urgency.Now);
        }
        // Whoever died between the start of a Job and the removal of the one that it replaces left that one.
        removeReplaced(scene, working.run().pursues());
    }

    private void removeReplaced(RunScene<?> scene, String runUid) {
        Stream.concat(scene.seen().suspended().stream(), scene.seen().putBack().stream())
                .filter(run -> run.pursues().equals(runUid))
                .forEach(children::stop);
    }

    private RunCourse withTrouble(RunScene<?> scene, Optional<? extends RunWork> work, RunCourse.Working working) {
        Optional<String> trouble = working.trouble()
                .or(() -> work.flatMap(it -> starter.missing(
                        scene.seen().podOf(working.run()),
                        it.prerequisites(),
                        scene.now(),
                        settings.pace().recheck())));
        return new RunCourse.Working(working.run(), working.outdated(), trouble);
    }

    private RunCourse start(RunScene<?> scene, RunWork work, RunCourse.Due due) {
        Started started = starter.start(candidate(scene, work), () -> {
            String order = work.order(Optional.of(due.pursues()));
            return new Launch(order, work.task(due, order));
        });
        if (started instanceof Started.Running) {
            removeReplaced(scene, due.pursues());
        }
        return after(scene, started);
    }

    private RunCourse resume(RunScene<?> scene, RunWork work, WorkerRun suspended) {
        // Somebody may have removed it while the Job waited.
        children.create(jobs.workOrder(scene.resource(), suspended.workOrder(), work.order(Optional.empty())));
        return after(scene, starter.resume(candidate(scene, work), suspended));
    }

    private static Candidate candidate(RunScene<?> scene, RunWork work) {
        TelegramAccount account = scene.account().orElseThrow();
        return new Candidate(scene.owner(), account.getMetadata().getUid(), work.prerequisites());
    }

    private RunCourse after(RunScene<?> scene, Started started) {
        return switch (started) {
            case Started.Running(WorkerRun run) -> new RunCourse.Working(run, false, Optional.empty());
            case Started.Later(Holder holder) -> new RunCourse.Queued(holder);
            case Started.Lacks(Missing missing) -> lacking(missing);
            case Started.LedgerAway away ->
                new RunCourse.Until(
                        scene.now().plus(settings.pace().firstBackOff()),
                        Reason.LedgerUnavailable,
                        "The ledger did not answer when a worker was about to start.");
            case Started.Foreign(String kind, String name) -> foreign(scene, kind, name);
            case Started.Gone gone -> new RunCourse.Queued(Holder.Brief.STARTING);
        };
    }

    private RunCourse foreign(RunScene<?> scene, String kind, String name) {
        return new RunCourse.Lacking(
                Reason.ChildNotOurs,
                "A " + kind + " " + name + " exists and is not controlled by this " + scene.noun()
                        + ". It is left alone; delete or rename it.");
    }

    /** Of runs that have ended; those of the schedule, as it is and as it is wanted, stay for the next Job. */
    private void removeSpentOrders(RunScene<?> scene, Optional<CronJob> wanted) {
        keeper.removeEarlierOrders(scene, wanted);
        List<String> kept = Stream.concat(wanted.flatMap(WorkerCron::of).stream(), scene.seen().cron().stream())
                .map(WorkerCron::workOrder)
                .toList();
        SpentOrders.of(
                        scene.seen().runs(),
                        scene.before().jobs(),
                        job -> fleet.gone(scene.resource().getMetadata().getNamespace(), job),
                        kept,
                        true)
                .forEach(children::deleteWorkOrder);
    }

    /** Removes a Job for good. */
    public void end(WorkerRun run) {
        children.stop(run);
        fleet.removed(run);
    }

    /** Has a Job wait once more, as one that its CronJob has just made. */
    public void putBack(WorkerRun run) {
        children.suspend(run).ifPresent(fleet::started);
    }

    /** When the resource must be looked at again at the latest, though nothing in the cluster changes. */
    public Optional<Instant> lookAgain(RunScene<?> scene, RunCourse course) {
        Optional<Instant> slow = Optional.of(scene.now().plus(settings.pace().look()));
        Instant recheck = scene.now().plus(settings.pace().recheck());
        return switch (course) {
            case RunCourse.AwaitLedger it -> slow;
            case RunCourse.Working it -> slow;
            case RunCourse.Due it -> slow;
            case RunCourse.Resume it -> slow;
            case RunCourse.Queued it -> slow;
            case RunCourse.Until it -> Optional.of(it.at());
            case RunCourse.Stalled it
            when it.onWrite().isPresent() -> it.again().filter(recheck::isAfter).or(() -> Optional.of(recheck));
            case RunCourse.Stalled it -> it.again();
            case RunCourse.Lacking it -> Optional.of(recheck);
            // The Job that is made then tells first; this is for a controller that does not make it.
            case RunCourse.Idle it ->
                it.next().map(at -> later(at, scene.now()).plus(settings.pace().look()));
            case RunCourse.Done it -> Optional.empty();
            case RunCourse.Blind it -> scene.before().told().until(scene.now());
            case RunCourse.Resting it -> Optional.empty();
            case RunCourse.Awaiting it -> Optional.empty();
        };
    }

    /** One that was due already is looked for now and then. */
    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
