package dev.beckon.operator.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Worker Jobs, Deployments and pods by account and by owner, and the CronJobs of those that have a schedule. Thread-safe, and nothing but memory. */
public final class FleetIndex {
    /** How many deleted Jobs are remembered. */
    private static final int REMEMBERED = 1_000;

    private final Map<String, WorkerRun> runs = new LinkedHashMap<>();
    private final Map<String, WorkerPod> pods = new LinkedHashMap<>();
    private final Map<String, Map<String, WorkerRun>> runsByAccount = new LinkedHashMap<>();
    private final Map<String, Map<String, WorkerRun>> runsByOwner = new LinkedHashMap<>();
    private final Map<String, Map<String, WorkerPod>> podsByAccount = new LinkedHashMap<>();
    private final Map<String, WorkerCron> crons = new LinkedHashMap<>();
    private final Map<String, Map<String, WorkerCron>> cronsByOwner = new LinkedHashMap<>();
    /** A Job can be deleted before the answer to its creation arrives: it must not come back then. */
    private final Map<String, Optional<WorkerRun>> deleted = new Remembered<>();

    /** Of each account the one that was deleted last. */
    private final Map<String, Optional<WorkerRun>> lastDeleted = new Remembered<>();

    private final Map<String, Optional<WorkerCron>> deletedCrons = new Remembered<>();

    private static final class Remembered<T> extends LinkedHashMap<String, Optional<T>> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<T>> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** A Job or Deployment was made or changed. */
    public synchronized void put(WorkerRun run) {
        if (deleted.containsKey(run.uid()) || isOlder(run, runs.get(run.uid()))) {
            return;
        }
        runs.put(run.uid(), run);
        runsByAccount
                .computeIfAbsent(run.accountUid(), key -> new LinkedHashMap<>())
                .put(run.uid(), run);
        run.owner()
                .ifPresent(owner -> runsByOwner
                        .computeIfAbsent(owner.uid(), key -> new LinkedHashMap<>())
                        .put(run.uid(), run));
    }

    /** Whether it was heard of late: what we wrote since is known already. */
    private static boolean isOlder(WorkerRun run, WorkerRun known) {
        return known != null
                && run.deployed().isPresent()
                && known.deployed().isPresent()
                && run.deployed().get().generation() < known.deployed().get().generation();
    }

    /**
     * A Job or Deployment is gone.
     *
     * @return what was known of it, also if it had been removed before the watch told of its end
     */
    public synchronized Optional<WorkerRun> removeRun(String uid) {
        WorkerRun run = runs.remove(uid);
        Optional<WorkerRun> known = Optional.ofNullable(run).or(() -> deleted.getOrDefault(uid, Optional.empty()));
        deleted.put(uid, Optional.ofNullable(run));
        if (run != null) {
            lastDeleted.put(run.accountUid(), Optional.of(run));
            forget(runsByAccount, run.accountUid(), uid);
            run.owner().ifPresent(owner -> forget(runsByOwner, owner.uid(), uid));
        }
        return known;
    }

    /** A Job that was deleted lately. */
    public synchronized Optional<WorkerRun> gone(String namespace, String name) {
        return deleted.values().stream()
                .flatMap(Optional::stream)
                .filter(run -> run.name().equals(name) && run.namespace().equals(namespace))
                .reduce((first, second) -> second);
    }

    /** Jobs of a resource that were deleted lately before they had ended. */
    public synchronized List<WorkerRun> goneOf(String ownerUid) {
        return deleted.values().stream()
                .flatMap(Optional::stream)
                .filter(run -> !run.ended())
                .filter(run ->
                        run.owner().filter(it -> it.uid().equals(ownerUid)).isPresent())
                .toList();
    }

    /** A CronJob was made or changed. */
    public synchronized void put(WorkerCron cron) {
        if (!deletedCrons.containsKey(cron.uid())) {
            crons.put(cron.uid(), cron);
            cronsByOwner
                    .computeIfAbsent(cron.owner().uid(), key -> new LinkedHashMap<>())
                    .put(cron.uid(), cron);
        }
    }

    /** A CronJob is gone: what was known of it. */
    public synchronized Optional<WorkerCron> removeCron(String uid) {
        WorkerCron cron = crons.remove(uid);
        deletedCrons.put(uid, Optional.ofNullable(cron));
        if (cron != null) {
            forget(cronsByOwner, cron.owner().uid(), uid);
        }
        return Optional.ofNullable(cron);
    }

    /** The CronJobs of a resource: one, or none. */
    public synchronized List<WorkerCron> cronsOf(String ownerUid) {
        return values(cronsByOwner, ownerUid);
    }

    /** A pod was made or changed. */
    public synchronized void put(WorkerPod pod) {
        WorkerPod known = pods.get(pod.uid());
        if (known != null && pod.gated() && !known.gated()) {
            // It was heard of late: a gate is never put up again.
            return;
        }
        pods.put(pod.uid(), pod);
        podsByAccount
                .computeIfAbsent(pod.accountUid(), key -> new LinkedHashMap<>())
                .put(pod.uid(), pod);
    }

    /** A pod as it was heard of last. */
    synchronized Optional<WorkerPod> pod(String uid) {
        return Optional.ofNullable(pods.get(uid));
    }

    /** Pods that Kubernetes can't start. */
    public synchronized long podsInTrouble() {
        return pods.values().stream().filter(pod -> pod.trouble().isPresent()).count();
    }

    /** A pod is gone: what was known of it. */
    public synchronized Optional<WorkerPod> removePod(String uid) {
        WorkerPod pod = pods.remove(uid);
        if (pod != null) {
            forget(podsByAccount, pod.accountUid(), uid);
        }
        return Optional.ofNullable(pod);
    }

    /** All runs for a resource, in no order. */
    public synchronized List<WorkerRun> runsOf(String ownerUid) {
        return values(runsByOwner, ownerUid);
    }

    /** All runs with an account, logins included, in no order. */
    public synchronized List<WorkerRun> runsOfAccount(String accountUid) {
        return values(runsByAccount, accountUid);
    }

    /** The run with the account whose Job was deleted last, if that is not long ago. */
    public synchronized Optional<WorkerRun> lastGoneOfAccount(String accountUid) {
        return lastDeleted.getOrDefault(accountUid, Optional.empty());
    }

    /** The run that uses the account's session, or may use it. */
    public synchronized Optional<WorkerRun> activeRun(String accountUid) {
        return values(runsByAccount, accountUid).stream()
                .filter(WorkerRun::active)
                .findFirst();
    }

    /** Whether any pod may still use the account's session, also one whose Job is deleted already. */
    public synchronized boolean hasLivePod(String accountUid) {
        return values(podsByAccount, accountUid).stream().anyMatch(WorkerPod::live);
    }

    /** The pod of a Job; the one that ended last if the cluster replaced it. Of a Deployment at rest, what its last pod told. */
    public synchronized Optional<WorkerPod> podOf(WorkerRun run) {
        return run.deployed()
                .flatMap(WorkerRun.Deployed::last)
                .or(() -> podsOf(run).reduce((first, second) -> second));
    }

    private Stream<WorkerPod> podsOf(WorkerRun run) {
        return values(podsByAccount, run.accountUid()).stream()
                .filter(pod -> pod.job().equals(run.name()) && pod.namespace().equals(run.namespace()));
    }

    /** The pod of a Deployment at work that waits at its gate, if no pod of the account may still run. */
    public synchronized Optional<WorkerPod> toAdmit(WorkerRun run) {
        boolean atWork = Optional.ofNullable(runs.get(run.uid()))
                .filter(WorkerRun::active)
                .isPresent();
        return atWork && !hasLivePod(run.accountUid())
                ? podsOf(run).filter(WorkerPod::gated).findFirst()
                : Optional.empty();
    }

    /** Worker Jobs that have not ended. */
    public synchronized long activeRuns() {
        return runs.values().stream().filter(WorkerRun::active).count();
    }

    private static <T> void forget(Map<String, Map<String, T>> index, String key, String uid) {
        index.computeIfPresent(key, (k, values) -> {
            values.remove(uid);
            return values.isEmpty() ? null : values;
        });
    }

    private static <T> List<T> values(Map<String, Map<String, T>> index, String key) {
        Collection<T> values = Optional.ofNullable(index.get(key))
                .map((Function<Map<String, T>, Collection<T>>) Map::values)
                .orElse(List.of());
        return new ArrayList<>(values);
    }
}
