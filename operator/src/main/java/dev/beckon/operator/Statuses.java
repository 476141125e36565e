package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What a reconciler answers: whether its status is written, and when it looks again. */
public final class Statuses {
    /** Shorter than this is now: a timer that fires a moment early must not make a second round. */
    private static final Duration SHORTEST = Duration.ofMillis(50);

    private Statuses() {}

    /** A resource that carries nothing but its name and a status, as server-side apply wants it. */
    public static <S, R extends CustomResource<?, S>> R carrier(R original, Supplier<R> empty, S status) {
        R carrier = empty.get();
        carrier.setMetadata(new ObjectMetaBuilder()
                .withNamespace(original.getMetadata().getNamespace())
                .withName(original.getMetadata().getName())
                .build());
        carrier.setStatus(status);
        return carrier;
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
