package dev.beckon.gateway.webhook;

import dev.beckon.ledger.webhook.FoundDoor;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * A door as requests pass it.
 *
 * @param signingKey what callers sign with
 * @param flow how many events may pass
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OpenDoor(FoundDoor found, Optional<byte[]> signingKey, Bucket flow) {
    /** One through which nobody passes. */
    static final OpenDoor NONE =
            new OpenDoor(FoundDoor.NONE, Optional.empty(), flow(FoundDoor.NONE, TimeMeter.SYSTEM_MILLISECONDS));

    static Bucket flow(FoundDoor door, TimeMeter time) {
        int events = door.eventsPerMinute();
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(events).refillGreedy(events, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    /** Counts one request. @return how long to wait, when there were too many */
    Optional<Duration> tooMany() {
        ConsumptionProbe probe = flow.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    @Override
    public String toString() {
        return "OpenDoor[" + found + "]";
    }
}
