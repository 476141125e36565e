package dev.beckon.operator.worker;

import dev.beckon.operator.Bells;
import dev.beckon.operator.Informers;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.Settings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Watches worker Jobs, their CronJobs, Deployments and their pods, by label, once for all reconcilers, keeps the few facts of {@link FleetIndex} of them, and
 * has whoever a change concerns looked at again.
 */
@ApplicationScoped
public class WorkerFleet {
    private static final long SYNC_SECONDS = 120;

    private final KubernetesClient client;
    private final Optional<String> namespace;
    private final FleetIndex index;
    private final Turns turns;
    private final Bells bells;
    private final OperatorMetrics metrics;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    public WorkerFleet(
            KubernetesClient client,
            FleetIndex index,
            Turns turns,
            Bells bells,
            OperatorMetrics metrics,
            Settings settings) {
        this.client = client;
        this.namespace = settings.watchNamespace();
        this.index = index;
        this.turns = turns;
        this.bells = bells;
        this.metrics = metrics;
        metrics.jobsActive(index::activeRuns);
        metrics.podsInTrouble(index::podsInTrouble);
    }

    /** Begins to watch, and returns when all that exists is known. A second call does nothing. */
    public synchronized void start() {
        if (!informers.isEmpty()) {
            return;
        }
        metrics.watching(this::watching);
        informers.add(Informers.labelled(
                client.batch().v1().jobs(),
                namespace,
                Names.ACCOUNT_UID,
                WorkerFleet::bare,
                handler(this::jobChanged, this::jobGone)));
        informers.add(Informers.labelled(
                client.batch().v1().cronjobs(),
                namespace,
                Names.ACCOUNT_UID,
                WorkerFleet::bare,
                handler(this::cronChanged, this::cronGone)));
        informers.add(Informers.labelled(
                client.apps().deployments(),
                namespace,
                Names.ACCOUNT_UID,
                WorkerFleet::bare,
                handler(this::deploymentChanged, this::deploymentGone)));
        informers.add(Informers.labelled(
                client.pods(),
                namespace,
                Names.ACCOUNT_UID,
                WorkerFleet::bare,
                handler(this::podChanged, this::podGone)));
        informers.forEach(WorkerFleet::startOne);
    }

    private static void startOne(SharedIndexInformer<?> informer) {
        try {
            informer.start().toCompletableFuture().get(SYNC_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while worker Jobs were listed", e);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Worker Jobs or pods can't be listed", e);
        }
    }

    /** Whether all watches are alive. */
    public synchronized boolean watching() {
        return !informers.isEmpty() && informers.stream().allMatch(SharedIndexInformer::isWatching);
    }

    /** Whether a watch that was begun is broken now: what others made since is not known. */
    public synchronized boolean blind() {
        return informers.stream().anyMatch(informer -> !informer.isWatching());
    }

    @PreDestroy
    synchronized void stop() {
        informers.forEach(SharedIndexInformer::stop);
    }

    /** A Job that was just created or resumed: known before the watch tells, so that nobody starts a second one. */
    public void started(Job job) {
        WorkerRun.of(job).ifPresent(index::put);
    }

    /** A Deployment that was just made or scaled. */
    public void started(Deployment deployment) {
        DeployedRun.of(deployment).ifPresent(index::put);
    }

    /** A pod whose gate was just opened. */
    void admitted(Pod pod) {
        WorkerPod.of(pod).ifPresent(index::put);
    }

    /** The pod of a run that may be let in now. */
    Optional<WorkerPod> toAdmit(WorkerRun run) {
        return index.toAdmit(run);
    }

    /** A Job that was just removed: known before the watch tells, so that nobody counts on it. Its pod may live on. */
    public void removed(WorkerRun run) {
        index.removeRun(run.uid());
    }

    /** A CronJob that was just made or changed. */
    public void scheduled(CronJob cron) {
        WorkerCron.of(cron).ifPresent(index::put);
    }

    /** A Job that was deleted lately. */
    public Optional<WorkerRun> gone(String namespace, String name) {
        return index.gone(namespace, name);
    }

    private void deploymentChanged(Deployment deployment) {
        DeployedRun.of(deployment).ifPresent(run -> {
            index.put(run);
            ring(run);
        });
    }

    private void deploymentGone(Deployment deployment) {
        index.removeRun(deployment.getMetadata().getUid());
        gone(deployment.getMetadata().getNamespace(), deployment.getMetadata().getName())
                .ifPresent(this::ring);
    }

    private void jobChanged(Job job) {
        WorkerRun.of(job).ifPresent(run -> {
            index.put(run);
            ring(run);
        });
    }

    private void jobGone(Job job) {
        index.removeRun(job.getMetadata().getUid()).ifPresent(this::ring);
    }

    private void ring(WorkerRun run) {
        run.owner().ifPresent(bells::ring);
        bells.ringAccount(new ResourceID(run.accountName(), run.namespace()));
        callNext(run.accountUid());
    }

    private void cronChanged(CronJob cron) {
        WorkerCron.of(cron).ifPresent(it -> {
            index.put(it);
            bells.ring(it.owner());
        });
    }

    private void cronGone(CronJob cron) {
        index.removeCron(cron.getMetadata().getUid()).ifPresent(it -> bells.ring(it.owner()));
    }

    private void podChanged(Pod pod) {
        WorkerPod.of(pod).ifPresent(it -> {
            Optional<WorkerPod> before = index.pod(it.uid());
            index.put(it);
            RunEnd.between(before, it)
                    .ifPresent(end ->
                            metrics.runEnded(pod.getMetadata().getLabels().getOrDefault(Names.TASK, "other"), end));
            ringOwner(it);
        });
    }

    private void podGone(Pod pod) {
        index.removePod(pod.getMetadata().getUid()).ifPresent(this::ringOwner);
    }

    private void ringOwner(WorkerPod pod) {
        index.runsOfAccount(pod.accountUid()).stream()
                .filter(run -> run.name().equals(pod.job()))
                .findFirst()
                .ifPresentOrElse(this::ring, () -> callNext(pod.accountUid()));
    }

    private void callNext(String accountUid) {
        turns.call(accountUid).ifPresent(bells::ring);
    }

    /**
     * The informer needs names and versions only: the rest is in the index, which also tells what it was that is gone. The labels alone were a kilobyte
     * of each, of thousands that have ended.
     */
    private static Job bare(Job job) {
        return new JobBuilder().withMetadata(bare((HasMetadata) job)).build();
    }

    private static Deployment bare(Deployment deployment) {
        return new DeploymentBuilder()
                .withMetadata(bare((HasMetadata) deployment))
                .build();
    }

    private static CronJob bare(CronJob cron) {
        return new CronJobBuilder().withMetadata(bare((HasMetadata) cron)).build();
    }

    private static Pod bare(Pod pod) {
        return new PodBuilder().withMetadata(bare((HasMetadata) pod)).build();
    }

    private static io.fabric8.kubernetes.api.model.ObjectMeta bare(HasMetadata object) {
        return new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .build();
    }

    private static <T extends HasMetadata> ResourceEventHandler<T> handler(Consumer<T> changed, Consumer<T> gone) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                changed.accept(object);
            }

            @Override
            public void onUpdate(T before, T now) {
                changed.accept(now);
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                gone.accept(object);
            }
        };
    }
}
