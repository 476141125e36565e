package dev.beckon.operator.run;

import dev.beckon.operator.Statuses;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.CronJobs;
import dev.beckon.operator.worker.Made;
import dev.beckon.operator.worker.Names;
import dev.beckon.operator.worker.SpentOrders;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerJobs;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Has a resource's CronJob be as declared. The ledger has no part in it: a schedule is kept while the database is away. */
@ApplicationScoped
public class ScheduleKeeper {
    private final WorkerJobs jobs;
    private final Children children;
    private final CronJobs cronJobs;
    private final WorkerFleet fleet;

    public ScheduleKeeper(WorkerJobs jobs, Children children, CronJobs cronJobs, WorkerFleet fleet) {
        this.jobs = jobs;
        this.children = children;
        this.cronJobs = cronJobs;
        this.fleet = fleet;
    }

    /** The CronJob that there should be; absent when the API server would refuse its schedule, or there is no account. */
    Optional<CronJob> wanted(RunScene<?> scene, Optional<? extends RunWork> work) {
        return scene.nextDue()
                .flatMap(due -> work)
                .map(it -> jobs.cronJob(it.scheduledTask(it.order(Optional.empty())), it.schedule()));
    }

    /** @return what keeps it from being so: somebody else's object has the name of a child */
    Optional<Made.Foreign<?>> keep(RunScene<?> scene, Optional<? extends RunWork> work, Optional<CronJob> wanted) {
        if (!scene.scheduled()) {
            scene.seen().cron().ifPresent(cron -> remove(scene, cron));
            return Optional.empty();
        }
        if (wanted.isEmpty()
                || scene.seen().cron().filter(it -> it.does(wanted.get())).isPresent()) {
            return Optional.empty();
        }
        // The order first: a Job that is due in this moment finds it.
        String name = WorkerCron.of(wanted.get()).orElseThrow().workOrder();
        String order = work.orElseThrow().order(Optional.empty());
        Made<Secret> secret = children.create(jobs.workOrder(scene.resource(), name, order));
        if (secret instanceof Made.Foreign<Secret> foreign) {
            return Optional.of(foreign);
        }
        CronJob written = withEarlierOrders(scene, since(scene, wanted.get()), name);
        return switch (cronJobs.apply(written, scene.seen().cron())) {
            case Made.Foreign<CronJob> foreign -> Optional.of(foreign);
            case Made.Ours<CronJob>(CronJob cron, boolean fresh) -> {
                fleet.scheduled(cron);
                yield Optional.empty();
            }
        };
    }

    /** Its orders first, for it alone knows their names. Those of Jobs that end with it go when these are gone. */
    private void remove(RunScene<?> scene, WorkerCron cron) {
        SpentOrders.of(cron.ordersBut(""), scene.seen().runs())
                .forEach(order -> children.deleteWorkOrder(scene.resource(), order));
        cronJobs.remove(cron);
    }

    /**
     * Removes the orders of before the CronJob was edited, each as soon as no Job mounts it any more. A CronJob that was written in
     * this pass names other orders than the one that was seen: the pass that sees it removes them.
     */
    void removeEarlierOrders(RunScene<?> scene, Optional<CronJob> wanted) {
        scene.seen().cron().filter(cron -> wanted.map(cron::does).orElse(true)).ifPresent(cron -> {
            List<String> spent = SpentOrders.of(
                            cron.earlierOrders(), scene.seen().runs())
                    .stream()
                    .filter(order -> !order.equals(cron.workOrder()))
                    .toList();
            if (!spent.isEmpty()) {
                spent.forEach(order -> children.deleteWorkOrder(scene.resource(), order));
                cronJobs.forgetOrders(cron, spent).ifPresent(fleet::scheduled);
            }
        });
    }

    /** With the change itself, so that whoever dies before these orders are removed has not forgotten them. */
    private static CronJob withEarlierOrders(RunScene<?> scene, CronJob wanted, String order) {
        Optional<WorkerCron> cron = scene.seen().cron();
        List<String> earlier = cron.map(it -> it.ordersBut(order)).orElse(List.of());
        return cron.isEmpty() || earlier.equals(cron.get().earlierOrders())
                ? wanted
                : annotated(wanted, Names.EARLIER_ORDERS, String.join(",", earlier));
    }

    /** With the schedule itself, so that no crash comes between them. */
    private static CronJob since(RunScene<?> scene, CronJob wanted) {
        Optional<WorkerCron> same = scene.seen().cron().filter(it -> it.isDueLike(wanted));
        Optional<Instant> since = same.isPresent() ? same.get().since() : Optional.of(Statuses.seconds(scene.now()));
        return since.map(it -> annotated(wanted, Names.SINCE, it.toString())).orElse(wanted);
    }

    private static CronJob annotated(CronJob wanted, String annotation, String value) {
        return new CronJobBuilder(wanted)
                .editMetadata()
                .addToAnnotations(annotation, value)
                .endMetadata()
                .build();
    }
}
