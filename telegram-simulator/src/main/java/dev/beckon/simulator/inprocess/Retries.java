package dev.beckon.simulator.inprocess;

import dev.beckon.simulator.world.NoAnswer;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.WorldClock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What TDLib does by itself before it tells of a refusal: it waits out short floods and repeats after server errors, with
 * growing pauses, until 60 s in all (8 s for a bot); then it says 429 "Too Many Requests: retry after N" of the last pause.
 * Source: TDLib's {@code NetQueryDelayer}.
 */
final class Retries {
    private static final Pattern WAIT = Pattern.compile("(?:FLOOD_WAIT_|SLOWMODE_WAIT_)(\\d{1,9})");
    private static final int MAX_RECONNECTIONS = 100;

    private final WorldClock clock;
    private final Duration limit;

    Retries(WorldClock clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Runs a call until it is answered, refused for good, or not answered at all. */
    <T> T call(Supplier<T> rpc) throws InterruptedException {
        Duration waited = Duration.ZERO;
        Duration next = Duration.ofSeconds(1);
        int reconnections = 0;
        while (true) {
            Duration pause;
            try {
                return rpc.get();
            } catch (NoAnswer lost) {
                if (!lost.connectionDropped() || ++reconnections > MAX_RECONNECTIONS) {
                    throw lost;
                }
                continue;
            } catch (RpcError refusal) {
                Matcher wait = WAIT.matcher(refusal.text());
                if (wait.matches()) {
                    pause = Duration.ofSeconds(Long.parseLong(wait.group(1)));
                    next = Duration.ofSeconds(1);
                } else if (refusal.code() == 500) {
                    pause = next;
                    next = next.multipliedBy(2);
                } else {
                    throw refusal;
                }
            }
            waited = waited.plus(pause);
            if (waited.compareTo(limit) > 0) {
                throw new RpcError(429, "Too Many Requests: retry after " + pause.toSeconds());
            }
            clock.pass(pause);
        }
    }
}
