package dev.beckon.gateway.problem;

import java.time.Duration;
import java.util.Optional;

/** A caller is refused, with a sentence that says why and what to do, and holds nothing of what they sent. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<Duration> retryAfter;

    /** @param status of HTTP, 400 to 599 */
    public Refused(int status, String sentence) {
        this(status, sentence, Optional.empty());
    }

    /** A refusal that ends by itself. */
    public Refused(int status, String sentence, Duration retryAfter) {
        this(status, sentence, Optional.of(retryAfter));
    }

    private Refused(int status, String sentence, Optional<Duration> retryAfter) {
        // One for each bad request of a flood: without a stack trace it costs nothing.
        super(sentence, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    /** When to come again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
