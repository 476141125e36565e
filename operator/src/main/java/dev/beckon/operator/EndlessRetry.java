package dev.beckon.operator;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;

/** Tries again for ever, from one second up to one minute apart. The framework's default gives up after five attempts. */
public final class EndlessRetry extends GenericRetry {
    public EndlessRetry() {
        setInitialInterval(Duration.ofSeconds(1));
        setIntervalMultiplier(2);
        setMaxInterval(Duration.ofMinutes(1).toMillis());
        withoutMaxAttempts();
    }
}
