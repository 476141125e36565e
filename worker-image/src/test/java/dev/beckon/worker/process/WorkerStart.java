package dev.beckon.worker.process;

import dev.beckon.simulator.world.WorldEvent;
import dev.beckon.worker.stage.Orders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The start of the built worker, to train it and to measure it; {@code scripts/worker-start} runs this.
 *
 * <p>{@code train} runs a small campaign once and writes the cache of loaded and linked classes (JEP 514). {@code measure N}
 * starts a worker N times with the cache and N times without, in turn, and prints one line a figure, {@code name=value}: the
 * milliseconds from the start of the process to its first own call at Telegram, which is the look-up of the campaign's chat.
 */
public final class WorkerStart {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
              - {username: carla, privacy: {invites: Nobody}}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            floods:
              - {on: contacts.resolveUsername, calls: 1000000, pause: 1s}
            """;

    private WorkerStart() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("beckon-worker-start-");
        try (Site site = new Site(folder, WORLD)) {
            String alice = site.login("alice");
            switch (arguments[0]) {
                case "train" -> train(site, alice);
                case "measure" -> measure(site, alice, Integer.parseInt(arguments[1]));
                default -> throw new IllegalArgumentException("train, or measure N");
            }
        } finally {
            delete(folder);
        }
        // The shared database ends with the JVM.
        System.exit(0);
    }

    private static Orders campaign(String alice) {
        return Site.noon(alice).people("bobby", "carla");
    }

    private static void train(Site site, String alice) throws IOException {
        Files.deleteIfExists(Distribution.CACHE);
        site.invite(campaign(alice).build(), "-XX:AOTCacheOutput=" + Distribution.CACHE)
                .endsWith(0);
        System.out.printf(
                "cache=%s mib=%.1f%n", Distribution.CACHE, Files.size(Distribution.CACHE) / (double) (1 << 20));
    }

    private static void measure(Site site, String alice, int times) throws Exception {
        List<Long> without = new ArrayList<>();
        List<Long> with = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            without.add(toFirstCall(site, alice, "-XX:AOTMode=off"));
            with.add(toFirstCall(site, alice, "-XX:AOTCache=" + Distribution.CACHE));
        }
        print("worker_start_plain", without);
        print("worker_start_aot", with);
    }

    private static long toFirstCall(Site site, String alice, String... options) throws Exception {
        CompletableFuture<Long> called = new CompletableFuture<>();
        site.world().listen(event -> {
            if (event instanceof WorldEvent.FloodCounted) {
                called.complete(System.nanoTime());
            }
        });
        Orders orders = campaign(alice);
        long start = System.nanoTime();
        WorkerProcess worker = site.invite(orders.build(), options);
        long end = called.get(Site.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        worker.endsWith(0);
        return (end - start) / 1_000_000;
    }

    private static void print(String name, List<Long> millis) {
        Collections.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%s_ms=%d min=%d max=%d runs=%d%n",
                name,
                millis.get(millis.size() / 2),
                millis.getFirst(),
                millis.getLast(),
                millis.size());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
