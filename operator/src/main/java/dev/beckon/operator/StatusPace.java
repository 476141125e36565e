package dev.beckon.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Whether a status is written now, later or not at all: never when nothing changed, at once when something changed that a
 * person waits for, and progress at most once per period and resource. What will be over by itself in a moment is told only
 * if it lasts.
 */
public final class StatusPace {
    private final InstantSource clock;
    private final Duration period;
    private final Duration usagePeriod;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();
    /** Since when a difference is known that was put off; only of those that wait for their own age. */
    private final Map<String, Instant> waiting = new ConcurrentHashMap<>();

    /**
     * @param period of {@link Rest#PROGRESS}, and how long what passes must last to be told
     * @param usagePeriod of {@link Rest#USAGE}
     */
    public StatusPace(InstantSource clock, Duration period, Duration usagePeriod) {
        this.clock = clock;
        this.period = period;
        this.usagePeriod = usagePeriod;
    }

    /** What is left of a difference when its substance is the same. */
    public enum Rest {
        /** Watched by people: written at once after a quiet time, and then once per period. */
        PROGRESS,
        /** Looked up now and then: what came together within its period is written as one. */
        USAGE
    }

    /** What to do with a status. */
    public sealed interface Advice {
        record Write() implements Advice {}

        record Nothing() implements Advice {}

        /** @param in how long until it may be written */
        record PutOff(Duration in) implements Advice {}
    }

    /**
     * @param equal takes from a status what is no difference at all
     * @param substance takes what may wait: with it gone, two that differ must be written at once
     * @param passing whether what the status tells is likely to be over in a moment: it is told only if it lasts
     */
    public <S> Advice advise(
            String uid,
            S before,
            S now,
            UnaryOperator<S> equal,
            UnaryOperator<S> substance,
            Rest rest,
            boolean passing) {
        if (before != null && Objects.equals(equal.apply(before), equal.apply(now))) {
            waiting.remove(uid);
            return new Advice.Nothing();
        }
        Instant at = clock.instant();
        boolean onlyRest = before != null && Objects.equals(substance.apply(before), substance.apply(now));
        Instant due = at;
        if (onlyRest && rest == Rest.PROGRESS && written.containsKey(uid)) {
            due = written.get(uid).plus(period);
        }
        if (passing || (onlyRest && rest == Rest.USAGE)) {
            Instant since = waiting.computeIfAbsent(uid, key -> at);
            Instant lasted = since.plus(passing ? period : usagePeriod);
            due = lasted.isAfter(due) ? lasted : due;
        } else {
            waiting.remove(uid);
        }
        if (due.isAfter(at)) {
            return new Advice.PutOff(Duration.between(at, due));
        }
        waiting.remove(uid);
        written.put(uid, at);
        return new Advice.Write();
    }

    /** The resource is gone. */
    public void forget(String uid) {
        written.remove(uid);
        waiting.remove(uid);
    }
}
