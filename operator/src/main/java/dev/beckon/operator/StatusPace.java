package dev.beckon.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Whether a status is written now, later or not at all: never when nothing changed, at once when something changed that a
 * person waits for, and progress at most once per period and resource.
 */
public final class StatusPace {
    private final InstantSource clock;
    private final Duration period;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    public StatusPace(InstantSource clock, Duration period) {
        this.clock = clock;
        this.period = period;
    }

    /** What to do with a status. */
    public sealed interface Advice {
        record Write() implements Advice {}

        record Nothing() implements Advice {}

        /** @param in how long until it may be written */
        record PutOff(Duration in) implements Advice {}
    }

    /**
     * @param substance takes from a status what may wait: with it gone, two that differ must be written at once
     * @param equal takes what is no difference at all
     */
    public <S> Advice advise(String uid, S before, S now, UnaryOperator<S> equal, UnaryOperator<S> substance) {
        if (before != null && Objects.equals(equal.apply(before), equal.apply(now))) {
            return new Advice.Nothing();
        }
        Instant at = clock.instant();
        Optional<Duration> wait = Optional.ofNullable(written.get(uid))
                .map(last -> Duration.between(at, last.plus(period)))
                .filter(Duration::isPositive);
        if (wait.isPresent() && before != null && Objects.equals(substance.apply(before), substance.apply(now))) {
            return new Advice.PutOff(wait.get());
        }
        written.put(uid, at);
        return new Advice.Write();
    }

    /** The resource is gone. */
    public void forget(String uid) {
        written.remove(uid);
    }
}
