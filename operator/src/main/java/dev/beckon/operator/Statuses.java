package dev.beckon.operator;

import dev.beckon.crd.TrippedBreaker;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Parts of what a reconciler answers: a status and how its times are written, and when to look again. */
public final class Statuses {
    /** Shorter than this is now: a timer that fires a moment early must not make a second round. */
    private static final Duration SHORTEST = Duration.ofMillis(50);

    private Statuses() {}

    /**
     * A resource that carries nothing but its name, its version and a status, as server-side apply wants it. By the version the API server
     * refuses the status of a resource that was replaced by one of its name. A uid would not do: of what a status write says of
     * {@code metadata} nothing else is looked at (apiextensions-apiserver, {@code statusStrategy.PrepareForUpdate}).
     */
    public static <S, R extends CustomResource<?, S>> R carrier(R original, Supplier<R> empty, S status) {
        R carrier = empty.get();
        carrier.setMetadata(new ObjectMetaBuilder()
                .withNamespace(original.getMetadata().getNamespace())
                .withName(original.getMetadata().getName())
                .withResourceVersion(original.getMetadata().getResourceVersion())
                .build());
        carrier.setStatus(status);
        return carrier;
    }

    /** A status is precise to the second, so that the same moment is always written the same. */
    public static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * A breaker with the time at which it tripped: that at which we first saw it.
     *
     * @param before the breaker of the last status; null when it had none
     */
    public static TrippedBreaker since(TrippedBreaker before, TrippedBreaker breaker, Instant now) {
        Instant since = before != null && Objects.equals(before.id(), breaker.id()) && before.since() != null
                ? before.since()
                : Optional.ofNullable(breaker.since()).orElse(seconds(now));
        return new TrippedBreaker(breaker.id(), breaker.reason(), since);
    }

    /** The control with the time of the next look; none when only an event can bring news. */
    public static <R extends CustomResource<?, ?>> UpdateControl<R> lookingAgain(
            UpdateControl<R> control, Optional<Instant> at, Instant now) {
        at.ifPresent(time -> {
            Duration wait = Duration.between(now, time);
            control.rescheduleAfter(wait.compareTo(SHORTEST) > 0 ? wait : SHORTEST);
        });
        return control;
    }
}
