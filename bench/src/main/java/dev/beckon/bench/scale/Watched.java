package dev.beckon.bench.scale;

import dev.beckon.bench.stage.Proc;
import dev.beckon.bench.stage.ScaleStage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The operator at work, as its process and the API server show it. */
final class Watched {
    /** Of one core: the JVM's own threads and the lease need a hundredth. */
    private static final double NEXT_TO_NOTHING = 0.1;

    private static final Duration CALM = Duration.ofSeconds(5);
    private static final Duration AT_MOST = Duration.ofMinutes(10);

    private final ScaleStage stage;

    Watched(ScaleStage stage) {
        this.stage = stage;
    }

    /** Its requests since the API server's start. */
    Requests requests() {
        return Requests.of(stage.client().raw("/metrics"));
    }

    /**
     * Waits until it has nothing to do: for five seconds it asks for nothing but its lease and uses next to no processor time.
     *
     * @return when that began, as {@link System#nanoTime} tells it
     * @throws IllegalStateException when it is busy for ten minutes
     */
    long quiet() throws InterruptedException {
        long begin = System.nanoTime();
        long since = begin;
        long before = requests().work();
        Duration used = cpu();
        while (System.nanoTime() - since < CALM.toNanos()) {
            long asleep = System.nanoTime();
            TimeUnit.SECONDS.sleep(1);
            long now = requests().work();
            Duration usedNow = cpu();
            double share = (double) usedNow.minus(used).toNanos() / (System.nanoTime() - asleep);
            if (now != before || share > NEXT_TO_NOTHING) {
                since = System.nanoTime();
            }
            if (since - begin > AT_MOST.toNanos()) {
                throw new IllegalStateException("the operator found no rest in " + AT_MOST.toMinutes() + " minutes");
            }
            before = now;
            used = usedNow;
        }
        return since;
    }

    Duration cpu() {
        return Proc.cpu(stage.operator().process());
    }
}
