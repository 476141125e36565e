package dev.beckon.operator.worker;

import dev.beckon.operator.OperatorMetrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes and removes children. An object that is there already is taken for the child only if its owner controls it: it is
 * then what an earlier pass made before the operator died.
 */
@ApplicationScoped
public class Children {
    /** Names of orders that are gone: an ended Job that still names one costs no look in each pass. */
    private static final int REMEMBERED = 10_000;

    /** An object whose every version is outdated at once is written by somebody who never ends: the next pass tries again. */
    private static final int MOST_TRIES = 5;

    private final KubernetesClient client;
    private final OperatorMetrics metrics;
    private final Set<String> removedOrders = ConcurrentHashMap.newKeySet();

    public Children(KubernetesClient client, OperatorMetrics metrics) {
        this.client = client;
        this.metrics = metrics;
    }

    /** Makes a work order or another Secret of ours. */
    public Made<Secret> create(Secret secret) {
        removedOrders.remove(
                key(secret.getMetadata().getNamespace(), secret.getMetadata().getName()));
        return create(secret, Secret.class);
    }

    /** Makes a worker's Job, under another name if another of Beckon's resources has a Job of that one. */
    public Made<Job> create(WorkerTask task, Function<WorkerTask, Job> jobs) {
        return create(jobs.apply(task)).orApart(() -> create(jobs.apply(task.apart(ChildNames.LONGEST_JOB))));
    }

    /** A fresh one counts as started. */
    private Made<Job> create(Job job) {
        Made<Job> made = create(job, Job.class);
        if (made instanceof Made.Ours<Job>(Job child, boolean fresh) && fresh) {
            metrics.jobStarted(child.getMetadata().getLabels().getOrDefault(Names.TASK, ""));
        }
        return made;
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

    /**
     * Has a Job wait again: Kubernetes ends its pod, and the Job is there for whoever makes the next step, also when we die in between.
     *
     * @return the Job as it is now; empty when it is gone, or another has its name
     */
    public Optional<Job> suspend(WorkerRun run) {
        String patch = "{\"metadata\":{\"uid\":\"" + run.uid() + "\"},\"spec\":{\"suspend\":true}}";
        return unlessGone(() -> client.batch()
                .v1()
                .jobs()
                .inNamespace(run.namespace())
                .withName(run.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
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
                && isControlledBy(existing, controller(wanted).orElseThrow().getUid())) {
            return new Made.Ours<>(existing, false);
        }
        boolean beckons = existing != null
                && belongsToAnother(existing, controller(wanted).orElseThrow());
        if (!beckons) {
            metrics.childRefused();
        }
        return new Made.Foreign<>(wanted.getKind(), wanted.getMetadata().getName(), beckons);
    }

    /**
     * Whether another of Beckon's resources controls it. One of the same kind and name as the owner does not count: it was deleted and made
     * anew, and what is left of it ends soon. Nor does what nobody controls: an orphan may be at work.
     */
    private static boolean belongsToAnother(HasMetadata existing, OwnerReference owner) {
        return controller(existing)
                .filter(it -> it.getApiVersion().equals(owner.getApiVersion()))
                .filter(it ->
                        !it.getKind().equals(owner.getKind()) || !it.getName().equals(owner.getName()))
                .isPresent();
    }

    /** Whether an object may have been made though its creation failed: the API server gave no answer, or none of its own. */
    public static boolean mayBeMade(KubernetesClientException failure) {
        return failure.getCode() < HttpURLConnection.HTTP_BAD_REQUEST
                || failure.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    static boolean isControlledBy(HasMetadata object, String uid) {
        return controller(object).filter(it -> it.getUid().equals(uid)).isPresent();
    }

    /**
     * Removes a Job with its pod, which is asked to end by SIGTERM. Nothing happens when another has its name by now.
     *
     * @return whether it was there
     */
    public boolean stop(WorkerRun run) {
        return remove(
                client.batch().v1().jobs().inNamespace(run.namespace()).withName(run.name()),
                found -> found.getMetadata().getUid().equals(run.uid()));
    }

    /**
     * Removes the object that has the name, with what it controls, if it is the one that is meant. The version that was seen goes along: one
     * that is made under the name in between stays.
     *
     * @return whether it was there
     */
    static <T extends HasMetadata> boolean remove(Resource<T> named, Predicate<T> meant) {
        for (int tries = 1; ; tries++) {
            T found = named.get();
            if (found == null || found.isMarkedForDeletion() || !meant.test(found)) {
                return false;
            }
            try {
                // In the background, which is the client's default: a pod is asked to end when its Job is gone.
                named.lockResourceVersion(found.getMetadata().getResourceVersion())
                        .delete();
                return true;
            } catch (KubernetesClientException e) {
                // Its controller, or whoever replaced it, was faster: it is looked at again.
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
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
        remove(client.secrets().inNamespace(namespace).withName(name), found -> isControlledBy(found, ownerUid));
        if (removedOrders.size() >= REMEMBERED) {
            removedOrders.clear();
        }
        removedOrders.add(key(namespace, name));
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Empty when the object is gone, or another has its name. */
    static <T> Optional<T> unlessGone(Supplier<T> change) {
        try {
            return Optional.of(change.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                    || e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    || isOfAnother(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A patch that names the uid of an object that was replaced is refused as one that would change it. */
    private static boolean isOfAnother(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(Status::getDetails).map(StatusDetails::getCauses).stream()
                .flatMap(List::stream)
                .anyMatch(cause -> "metadata.uid".equals(cause.getField()));
    }
}
