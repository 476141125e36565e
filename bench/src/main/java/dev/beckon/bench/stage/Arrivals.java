package dev.beckon.bench.stage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** When objects came to be as wanted, by the API server's watch: it tells of ours and of the peer's in the same way. */
public final class Arrivals<T extends HasMetadata> implements Watcher<T> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Predicate<T> wanted;
    private final Duration patience;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    /** @param wanted what an object must be like to have arrived */
    public Arrivals(Predicate<T> wanted) {
        this(wanted, PATIENCE);
    }

    /** @param patience how long to wait for the last of them */
    public Arrivals(Predicate<T> wanted, Duration patience) {
        this.wanted = wanted;
        this.patience = patience;
    }

    @Override
    public synchronized void eventReceived(Action action, T object) {
        if (action != Action.DELETED && wanted.test(object)) {
            seen.putIfAbsent(object.getMetadata().getName(), System.nanoTime());
            notifyAll();
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        // A wave that misses an arrival ends with a sentence.
    }

    /** Waits until all of them have arrived, and tells when the last one did. */
    public synchronized long last(Set<String> names) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!seen.keySet().containsAll(names)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        names.stream().filter(name -> !seen.containsKey(name)).count() + " of " + names.size()
                                + " objects did not arrive within " + patience.toSeconds() + " s");
            }
            wait(1_000);
        }
        return names.stream().mapToLong(seen::get).max().orElseThrow();
    }

    /** When one arrived that has arrived, as {@link System#nanoTime} tells it. */
    public long at(String name) {
        return seen.get(name);
    }

    /** How many have. */
    public int count() {
        return seen.size();
    }
}
