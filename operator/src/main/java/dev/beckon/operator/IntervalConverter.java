package dev.beckon.operator;

import io.quarkus.runtime.configuration.DurationConverter;
import java.io.Serial;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * How often something is done: a second at least. With zero the operator would look, or try again, as fast as it can, and load the API server and
 * the ledger for nothing.
 */
public final class IntervalConverter implements Converter<Duration> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException when it is no duration, or a shorter one; the sentence stands behind the setting's name then */
    @Override
    public Duration convert(String value) {
        Duration interval = DurationConverter.parseDuration(value);
        if (interval == null || interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is no interval: write a second or more, such as 15s, 10m or 24h");
        }
        return interval;
    }
}
