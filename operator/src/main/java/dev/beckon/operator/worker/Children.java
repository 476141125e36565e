package dev.beckon.operator.worker;

import dev.beckon.operator.OperatorMetrics;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Makes and removes children. An object that is there already is taken for the child only if its owner controls it: it is
 * then what an earlier pass made before the operator died.
 */
@ApplicationScoped
public class Children {
    /** Names of orders that are gone: an ended Job that still names one costs no look in each pass. */
    private static final int REMEMBERED = 10_000;

    private final KubernetesClient client;
    private final OperatorMetrics metrics;
    private final Set<String> removedOrders = ConcurrentHashMap.newKeySet();

    public Children(KubernetesClient client, OperatorMetrics metrics) {
        this.client = client;
        this.metrics = metrics;
    }

    /** What came of making a child. */
    public sealed interface Made<T> {
        /** @param fresh false when an earlier pass made it */
        record Ours<T>(T child, boolean fresh) implements Made<T> {}

        /** Somebody else's object has the name. */
        record Foreign<T>(String kind, String name) implements Made<T> {}
    }

    /** Makes a work order or another Secret of ours. */
    public Made<Secret> create(Secret secret) {
        removedOrders.remove(
                key(secret.getMetadata().getNamespace(), secret.getMetadata().getName()));
        return create(secret, Secret.class);
    }

    /** Makes a worker's Job; a fresh one counts as started. */
    public Made<Job> create(Job job) {
        Made<Job> made = create(job, Job.class);
        if (made instanceof Made.Ours<Job>(Job child, boolean fresh) && fresh) {
            metrics.jobStarted(child.getMetadata().getLabels().getOrDefault(Names.TASK, ""));
        }
        return made;
    }

    /**
     * Makes the CronJob, or makes it again what it should be. Nothing is written when it does what is wanted.
     *
     * @param known what the watch says of it
     */
    public Made<CronJob> apply(CronJob wanted, Optional<WorkerCron> known) {
        if (known.filter(it -> it.does(wanted)).isPresent()) {
            return new Made.Ours<>(wanted, false);
        }
        Made<CronJob> made = create(wanted, CronJob.class);
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
        var found = client.batch().v1().cronjobs().inNamespace(cron.namespace()).withName(cron.name());
        CronJob existing = found.get();
        if (existing != null && existing.getMetadata().getUid().equals(cron.uid()) && !existing.isMarkedForDeletion()) {
            ignoringGone(() ->
                    found.withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
        }
    }

    /**
     * Lets a suspended Job begin.
     *
     * @return the Job as it is now; empty when it is gone, or another has its name
     */
    public Optional<Job> resume(WorkerRun run) {
        String patch = "{\"metadata\":{\"uid\":\"" + run.uid() + "\"},\"spec\":{\"suspend\":false}}";
        return unlessGone(() -> {
            Job resumed = client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(run.namespace())
                    .withName(run.name())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
            metrics.jobStarted(run.task());
            return resumed;
        });
    }

    <T extends HasMetadata> Made<T> create(T wanted, Class<T> type) {
        try {
            return new Made.Ours<>(client.resource(wanted).create(), true);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
        T existing = client.resources(type)
                .inNamespace(wanted.getMetadata().getNamespace())
                .withName(wanted.getMetadata().getName())
                .get();
        if (existing != null
                && !existing.isMarkedForDeletion()
                && controller(existing).equals(controller(wanted))) {
            return new Made.Ours<>(existing, false);
        }
        metrics.childRefused();
        return new Made.Foreign<>(wanted.getKind(), wanted.getMetadata().getName());
    }

    /** Whether an object may have been made though its creation failed: the API server gave no answer, or none of its own. */
    public static boolean mayBeMade(KubernetesClientException failure) {
        return failure.getCode() < HttpURLConnection.HTTP_BAD_REQUEST
                || failure.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    private static Optional<String> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getUid)
                .findFirst();
    }

    /**
     * Removes a Job with its pod, which is asked to end by SIGTERM. Nothing happens when another has its name by now.
     *
     * @return whether it was there
     */
    public boolean stop(WorkerRun run) {
        var job = client.batch().v1().jobs().inNamespace(run.namespace()).withName(run.name());
        Job found = job.get();
        if (found != null && found.getMetadata().getUid().equals(run.uid()) && !found.isMarkedForDeletion()) {
            ignoringGone(() ->
                    job.withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
            return true;
        }
        return false;
    }

    /**
     * Removes the work order of a run that has ended. Its name comes from an annotation of the Job, which whoever may make Jobs
     * can write: a Secret that the run's owner does not control is left alone.
     */
    public void deleteWorkOrder(WorkerRun run) {
        if (!run.workOrder().isEmpty()) {
            deleteWorkOrder(
                    run.namespace(),
                    run.workOrder(),
                    run.owner().map(Owner::uid).orElse(run.accountUid()));
        }
    }

    /** Removes one of the owner's work orders by its name. A Secret that the owner does not control is left alone. */
    public void deleteWorkOrder(HasMetadata owner, String name) {
        deleteWorkOrder(
                owner.getMetadata().getNamespace(), name, owner.getMetadata().getUid());
    }

    private void deleteWorkOrder(String namespace, String name, String ownerUid) {
        if (removedOrders.contains(key(namespace, name))) {
            return;
        }
        var order = client.secrets().inNamespace(namespace).withName(name);
        Secret found = order.get();
        if (found != null && controller(found).equals(Optional.of(ownerUid))) {
            ignoringGone(order::delete);
        }
        if (removedOrders.size() >= REMEMBERED) {
            removedOrders.clear();
        }
        removedOrders.add(key(namespace, name));
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
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
        return unlessGone(() -> client.resource(changed.build()).update());
    }

    static void ignoringGone(Runnable deletion) {
        unlessGone(() -> {
            deletion.run();
            return true;
        });
    }

    /** Empty when the object is gone, or another has its name. */
    static <T> Optional<T> unlessGone(Supplier<T> change) {
        try {
            return Optional.of(change.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
