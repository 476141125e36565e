package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Children.Made;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.Missing;
import dev.beckon.operator.worker.RunStarter;
import dev.beckon.operator.worker.RunStarter.Candidate;
import dev.beckon.operator.worker.RunStarter.Launch;
import dev.beckon.operator.worker.RunStarter.Started;
import dev.beckon.operator.worker.SpentOrders;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerJobs;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.operator.worker.WorkerTask;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Carries a course out, and tells how the parser stands afterwards. Each step may be the last one before a crash. */
public final class ParserActor {
    private final ParserWorkerFactory factory;
    private final WorkerJobs jobs;
    private final RunStarter starter;
    private final Children children;
    private final WorkerFleet fleet;
    private final Settings settings;

    public ParserActor(
            ParserWorkerFactory factory,
            WorkerJobs jobs,
            RunStarter starter,
            Children children,
            WorkerFleet fleet,
            Settings settings) {
        this.factory = factory;
        this.jobs = jobs;
        this.starter = starter;
        this.children = children;
        this.fleet = fleet;
        this.settings = settings;
    }

    /** The course as it is after everything that could be done was done. */
    public ParserCourse carryOut(ParserObserved observed, ParserCourse course) {
        Optional<ParserCourse> foreign = keepSchedule(observed);
        if (foreign.isPresent()) {
            return foreign.get();
        }
        if (!(course instanceof ParserCourse.AwaitLedger)) {
            removeSpentOrders(observed);
        }
        boolean wants = course instanceof ParserCourse.Due || course instanceof ParserCourse.Resume;
        if (!wants) {
            withdraw(observed);
        }
        return switch (course) {
            case ParserCourse.Due due -> start(observed, due);
            case ParserCourse.Resume resume -> resume(observed, resume.suspended());
            case ParserCourse.Working working -> {
                working(observed, working);
                yield withTrouble(observed, working);
            }
            case ParserCourse.Resting resting -> {
                observed.activeRun().ifPresent(children::stop);
                yield resting;
            }
            case ParserCourse.Stalled stalled -> {
                if (stalled.stopWorkers()) {
                    observed.activeRun().ifPresent(children::stop);
                }
                yield stalled;
            }
            case ParserCourse.AwaitLedger it -> it;
            case ParserCourse.Blind it -> it;
            case ParserCourse.Done it -> it;
            case ParserCourse.Idle it -> it;
            case ParserCourse.Until it -> it;
            case ParserCourse.Awaiting it -> it;
            case ParserCourse.Queued it -> it;
        };
    }

    /** A parser that wants nothing now must not keep others waiting. */
    private void withdraw(ParserObserved observed) {
        observed.account()
                .ifPresent(it ->
                        starter.withdraw(observed.owner(), it.getMetadata().getUid()));
    }

    /**
     * Has its CronJob be as declared. The ledger has no part in it: a schedule is kept while the database is away.
     *
     * @return what keeps it from being so
     */
    private Optional<ParserCourse> keepSchedule(ParserObserved observed) {
        if (!observed.scheduled()) {
            observed.cron().ifPresent(children::remove);
            return Optional.empty();
        }
        // The API server would refuse a schedule that can't be read.
        if (ParserNext.of(observed).isEmpty() || observed.account().isEmpty()) {
            return Optional.empty();
        }
        ParserJob parser = observed.parser();
        String order = factory.order(parser, observed.account().get(), Optional.empty());
        WorkerTask task = factory.scheduledTask(parser, observed.account().get(), order);
        CronJob wanted = jobs.cronJob(task, ParserWorkerFactory.schedule(parser));
        if (observed.cron().filter(it -> it.does(wanted)).isPresent()) {
            return Optional.empty();
        }
        // The order first: a Job that is due in this moment finds it.
        Made<Secret> secret = children.create(jobs.workOrder(parser, task.workOrder(), order));
        if (secret instanceof Made.Foreign<Secret> foreign) {
            return Optional.of(foreign(observed, foreign.kind(), foreign.name()));
        }
        return switch (children.apply(wanted, observed.cron())) {
            case Made.Foreign<CronJob> foreign -> Optional.of(foreign(observed, foreign.kind(), foreign.name()));
            case Made.Ours<CronJob>(CronJob cron, boolean fresh) -> {
                fleet.scheduled(cron);
                yield Optional.empty();
            }
        };
    }

    private void working(ParserObserved observed, ParserCourse.Working working) {
        // A start in doubt is in doubt no longer: its Job is seen.
        starter.seen(observed.owner(), working.run().accountUid());
        if (observed.account().filter(it -> it.getSpec().suspend()).isPresent()) {
            children.stop(working.run());
        } else if (working.outdated()) {
            starter.wish(observed.owner(), working.run().accountUid(), Urgency.Now);
        }
        // Whoever died between the start of a Job and the removal of the one that it replaces left that one.
        observed.suspendedRuns().stream()
                .filter(run -> run.uid().equals(working.run().pursues()))
                .forEach(children::stop);
    }

    private ParserCourse withTrouble(ParserObserved observed, ParserCourse.Working working) {
        Optional<String> trouble = working.trouble()
                .or(() -> observed.account()
                        .flatMap(account -> starter.missing(
                                observed.podOf(working.run()),
                                factory.prerequisites(observed.parser(), account),
                                observed.now(),
                                settings.pace().recheck())));
        return new ParserCourse.Working(working.run(), working.outdated(), trouble);
    }

    private ParserCourse start(ParserObserved observed, ParserCourse.Due due) {
        TelegramAccount account = observed.account().orElseThrow();
        Started started = starter.start(candidate(observed, account), () -> {
            String order = factory.order(observed.parser(), account, Optional.of(due.pursues()));
            return new Launch(order, factory.task(observed.parser(), account, due, order));
        });
        if (started instanceof Started.Running) {
            observed.suspendedRuns().stream()
                    .filter(run -> run.uid().equals(due.pursues()))
                    .forEach(children::stop);
        }
        return after(observed, started);
    }

    private ParserCourse resume(ParserObserved observed, WorkerRun suspended) {
        TelegramAccount account = observed.account().orElseThrow();
        // Somebody may have removed it while the Job waited.
        String order = factory.order(observed.parser(), account, Optional.empty());
        children.create(jobs.workOrder(observed.parser(), suspended.workOrder(), order));
        return after(observed, starter.resume(candidate(observed, account), suspended));
    }

    private Candidate candidate(ParserObserved observed, TelegramAccount account) {
        return new Candidate(
                observed.owner(), account.getMetadata().getUid(), factory.prerequisites(observed.parser(), account));
    }

    private ParserCourse after(ParserObserved observed, Started started) {
        Optional<Instant> again =
                Optional.of(observed.now().plus(settings.pace().recheck()));
        return switch (started) {
            case Started.Running(WorkerRun run) -> new ParserCourse.Working(run, false, Optional.empty());
            case Started.Later(Holder holder) -> new ParserCourse.Queued(holder);
            case Started.Lacks(Missing missing) ->
                new ParserCourse.Stalled(missing.reason(), missing.message(), again, Optional.empty(), false);
            case Started.LedgerAway away ->
                new ParserCourse.Until(
                        observed.now().plus(settings.pace().firstBackOff()),
                        Reason.LedgerUnavailable,
                        "The ledger did not answer when a worker was about to start.");
            case Started.Foreign(String kind, String name) -> foreign(observed, kind, name);
            case Started.Gone gone -> new ParserCourse.Queued(Holder.Brief.STARTING);
        };
    }

    private ParserCourse foreign(ParserObserved observed, String kind, String name) {
        return new ParserCourse.Stalled(
                Reason.ChildNotOurs,
                "A " + kind + " " + name
                        + " exists and is not controlled by this parser. It is left alone; delete or rename it.",
                Optional.of(observed.now().plus(settings.pace().recheck())),
                Optional.empty(),
                false);
    }

    /** In the pass that first sees a run ended which the last status showed; that of the schedule stays for the next Job. */
    private void removeSpentOrders(ParserObserved observed) {
        List<String> kept = observed
                .account()
                .filter(it -> observed.scheduled())
                .map(it -> factory.order(observed.parser(), it, Optional.empty()))
                .map(order -> factory.scheduledTask(
                                observed.parser(), observed.account().orElseThrow(), order)
                        .workOrder())
                .stream()
                .toList();
        SpentOrders.of(
                        observed.runs(),
                        observed.before().jobs(),
                        job -> fleet.gone(observed.parser().getMetadata().getNamespace(), job),
                        kept,
                        false)
                .forEach(children::deleteWorkOrder);
    }

    /** When the parser must be looked at again at the latest, though nothing in the cluster changes. */
    public Optional<Instant> lookAgain(ParserObserved observed, ParserCourse course) {
        Optional<Instant> slow = Optional.of(observed.now().plus(settings.pace().look()));
        return switch (course) {
            case ParserCourse.AwaitLedger it -> slow;
            case ParserCourse.Working it -> slow;
            case ParserCourse.Due it -> slow;
            case ParserCourse.Resume it -> slow;
            case ParserCourse.Queued it -> slow;
            case ParserCourse.Until it -> Optional.of(it.at());
            case ParserCourse.Stalled it -> it.again();
            // The Job that is made then tells first; this is for a controller that does not make it.
            case ParserCourse.Idle it ->
                it.next().map(at -> at.plus(settings.pace().look()));
            case ParserCourse.Done it -> forgotten(observed);
            case ParserCourse.Blind it -> Optional.empty();
            case ParserCourse.Resting it -> Optional.empty();
            case ParserCourse.Awaiting it -> Optional.empty();
        };
    }

    /** When the people of the dataset are to be gone: the nightly retention run removes them within a day after it. */
    private static Optional<Instant> forgotten(ParserObserved observed) {
        return observed.report()
                .flatMap(ParserReport::complete)
                .filter(it -> it.people() > 0)
                .flatMap(ParserReport.Run::completedAt)
                .map(at -> at.plus(observed.parser().getSpec().retention()).plus(Duration.ofDays(1)))
                .map(at -> at.isAfter(observed.now()) ? at : observed.now().plus(Duration.ofDays(1)));
    }
}
