package dev.beckon.demo.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Looks, several times a second, whether two workers of one account run on this machine. */
final class AccountWatch {
    private static final Duration LOOK = Duration.ofMillis(150);

    private final Path cluster;
    private final Set<String> pairs = new ConcurrentSkipListSet<>();

    AccountWatch(Path cluster) {
        this.cluster = cluster;
    }

    /** Until the run is over. */
    void look(BooleanSupplier over) throws InterruptedException {
        while (!over.getAsBoolean()) {
            Map<String, Set<String>> podsByAccount = PodProcess.of(cluster, PodProcess.Program.WORKER).stream()
                    .filter(process -> process.account().isPresent())
                    .collect(Collectors.groupingBy(
                            process -> process.account().orElseThrow(),
                            Collectors.mapping(PodProcess::pod, Collectors.toCollection(TreeSet::new))));
            podsByAccount.values().stream()
                    .filter(pods -> pods.size() > 1)
                    .forEach(pods -> pairs.add(String.join(" and ", pods)));
            Thread.sleep(LOOK);
        }
    }

    /** Pods of one account that ran at once. */
    Set<String> pairs() {
        return Set.copyOf(pairs);
    }
}
