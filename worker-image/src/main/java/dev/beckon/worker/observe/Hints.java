package dev.beckon.worker.observe;

/**
 * Tells the operator that something changed, so that it looks sooner than by its timer. Best effort: never blocks, never
 * fails, and everything works without.
 */
public interface Hints extends AutoCloseable {
    /** Nobody listens. */
    Hints NONE = new Hints() {
        @Override
        public void campaignChanged(String uid) {}

        @Override
        public void accountChanged(String uid) {}

        @Override
        public void parserChanged(String uid) {}

        @Override
        public void close() {}
    };

    void campaignChanged(String uid);

    void accountChanged(String uid);

    void parserChanged(String uid);

    /** Sends what is waiting to be sent, within a second. */
    @Override
    void close();
}
