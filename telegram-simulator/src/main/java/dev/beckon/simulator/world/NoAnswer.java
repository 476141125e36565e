package dev.beckon.simulator.world;

/**
 * A scripted fault swallowed the answer: the caller hears nothing.
 *
 * <p>The data centre acknowledges the request and never answers it, or, with {@link #connectionDropped()}, closes the
 * connection and forgets the request (a client then sends it again over a new connection).
 */
public final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean connectionDropped;

    NoAnswer(String why, boolean connectionDropped) {
        super(why, null, false, false);
        this.connectionDropped = connectionDropped;
    }

    /** Whether the connection has to be closed and the call forgotten. */
    public boolean connectionDropped() {
        return connectionDropped;
    }
}
