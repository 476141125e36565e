package dev.beckon.operator.worker;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes, changes and removes the CronJobs of what has a schedule: one a resource. */
@ApplicationScoped
public class CronJobs {
    private final KubernetesClient client;
    private final Children children;

    public CronJobs(KubernetesClient client, Children children) {
        this.client = client;
        this.children = children;
    }

    /**
     * Makes the CronJob, or makes it again what it should be. Nothing is written when it does what is wanted.
     *
     * @param known what the watch says of it: it keeps its name, for a second one would make every run twice
     */
    public Made<CronJob> apply(CronJob wanted, Optional<WorkerCron> known) {
        if (known.filter(it -> it.does(wanted)).isPresent()) {
            return new Made.Ours<>(wanted, false);
        }
        if (known.isPresent()) {
            return apply(named(wanted, known.get().name()));
        }
        String ownerUid =
                Children.controller(wanted).map(OwnerReference::getUid).orElseThrow();
        CronJob apart =
                named(wanted, ChildNames.apart(wanted.getMetadata().getName(), ownerUid, ChildNames.LONGEST_CRON_JOB));
        // The watch may not know the one that we made: its labels can be taken away.
        return isOurs(apart, ownerUid) ? apply(apart) : apply(wanted).orApart(() -> apply(apart));
    }

    private boolean isOurs(CronJob wanted, String ownerUid) {
        CronJob existing = client.resource(wanted).get();
        return existing != null && Children.isControlledBy(existing, ownerUid);
    }

    private static CronJob named(CronJob cron, String name) {
        return new CronJobBuilder(cron)
                .editMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    private Made<CronJob> apply(CronJob wanted) {
        Made<CronJob> made = children.create(wanted, CronJob.class);
        if (!(made instanceof Made.Ours<CronJob>(CronJob existing, boolean fresh)) || fresh) {
            return made;
        }
        if (WorkerCron.of(existing).filter(it -> it.does(wanted)).isPresent()) {
            return made;
        }
        CronJob changed = new CronJobBuilder(existing)
                .editMetadata()
                .addToLabels(wanted.getMetadata().getLabels())
                .addToAnnotations(wanted.getMetadata().getAnnotations())
                .endMetadata()
                .withSpec(wanted.getSpec())
                .build();
        // With the version that was read: whoever wrote meanwhile is not overwritten, and the pass is repeated.
        return new Made.Ours<>(client.resource(changed).update(), false);
    }

    /** Removes a CronJob with its Jobs. Nothing happens when another has its name by now. */
    public void remove(WorkerCron cron) {
        Children.remove(
                client.batch().v1().cronjobs().inNamespace(cron.namespace()).withName(cron.name()),
                found -> found.getMetadata().getUid().equals(cron.uid()));
    }

    /**
     * Takes down in a CronJob that these orders are gone.
     *
     * @return the CronJob as it is now; empty when it is gone, another has its name, or somebody wrote it meanwhile, which is
     *     heard of
     */
    public Optional<CronJob> forgetOrders(WorkerCron cron, Collection<String> orders) {
        CronJob existing = client.batch()
                .v1()
                .cronjobs()
                .inNamespace(cron.namespace())
                .withName(cron.name())
                .get();
        if (existing == null || !existing.getMetadata().getUid().equals(cron.uid())) {
            return Optional.empty();
        }
        // By what it names today: an edit that the watch has not told yet may have added to it.
        List<String> left = WorkerCron.of(existing).stream()
                .flatMap(it -> it.earlierOrders().stream())
                .filter(order -> !orders.contains(order))
                .toList();
        CronJobBuilder changed = new CronJobBuilder(existing);
        if (left.isEmpty()) {
            changed.editMetadata().removeFromAnnotations(Names.EARLIER_ORDERS).endMetadata();
        } else {
            changed.editMetadata()
                    .addToAnnotations(Names.EARLIER_ORDERS, String.join(",", left))
                    .endMetadata();
        }
        return Children.unlessGone(() -> client.resource(changed.build()).update());
    }
}
