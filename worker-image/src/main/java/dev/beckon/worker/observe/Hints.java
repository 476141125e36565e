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
        public void autopostChanged(String uid) {}

        @Override
        public void close() {}
    };

    /** @param uid of the InviteCampaign */
    void campaignChanged(String uid);

    /** @param uid of the TelegramAccount */
    void accountChanged(String uid);

    /** @param uid of the ParserJob */
    void parserChanged(String uid);

    /** @param uid of the AutopostSchedule */
    void autopostChanged(String uid);

    /** Sends what is waiting to be sent, within a second. */
    @Override
    void close();
}
