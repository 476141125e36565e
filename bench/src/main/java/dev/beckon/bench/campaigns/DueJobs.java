package dev.beckon.bench.campaigns;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** When the Jobs of CronJobs were there and when they were let go, against the time for which each was due; by the API server's watch. */
final class DueJobs implements Watcher<Job> {
    /** Kubernetes' own, with the time for which a Job was made. */
    private static final String DUE = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    private final Map<String, Seen> jobs = new HashMap<>();

    private record Seen(Instant due, Instant made, Optional<Instant> released) {
        Seen with(boolean suspended, Instant now) {
            return suspended || released.isPresent() ? this : new Seen(due, made, Optional.of(now));
        }
    }

    @Override
    public synchronized void eventReceived(Action action, Job job) {
        String due = Optional.ofNullable(job.getMetadata().getAnnotations())
                .map(it -> it.get(DUE))
                .orElse("");
        if (action == Action.DELETED || due.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        Seen before = jobs.getOrDefault(
                job.getMetadata().getName(), new Seen(OffsetDateTime.parse(due).toInstant(), now, Optional.empty()));
        jobs.put(
                job.getMetadata().getName(),
                before.with(Boolean.TRUE.equals(job.getSpec().getSuspend()), now));
        notifyAll();
    }

    @Override
    public void onClose(WatcherException cause) {
        // Who waits for Jobs that do not come is told.
    }

    /** Waits until so many that were due then have been let go. @throws IllegalStateException when they are not, in time */
    synchronized void await(Instant due, int count, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (released(due).size() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(released(due).size() + " of " + count + " posts that were due at " + due
                        + " were released within " + patience.toSeconds() + " s");
            }
            wait(TimeUnit.SECONDS.toMillis(1));
        }
    }

    /** Seconds from then until each Job that was due then was let go, the smallest first. */
    synchronized List<Double> released(Instant due) {
        return since(
                due,
                jobs.values().stream()
                        .filter(it -> it.due().equals(due))
                        .flatMap(it -> it.released().stream())
                        .toList());
    }

    /** Seconds from then until each Job that was due then was there, the smallest first. */
    synchronized List<Double> made(Instant due) {
        return since(
                due,
                jobs.values().stream()
                        .filter(it -> it.due().equals(due))
                        .map(Seen::made)
                        .toList());
    }

    private static List<Double> since(Instant due, List<Instant> times) {
        List<Double> seconds = new ArrayList<>();
        times.forEach(at -> seconds.add(Duration.between(due, at).toNanos() / 1e9));
        Collections.sort(seconds);
        return seconds;
    }
}
