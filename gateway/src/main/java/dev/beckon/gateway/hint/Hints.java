package dev.beckon.gateway.hint;

/** Tells the operator what changed in the ledger. Costs its caller nothing, and may be lost: the operator looks by itself, too. */
public interface Hints extends AutoCloseable {
    /** Where there is no Redis. */
    Hints NONE = new Hints() {
        @Override
        public void campaignChanged(String uid) {}

        @Override
        public String state() {
            return "not configured";
        }

        @Override
        public void close() {}
    };

    /** @param uid of the InviteCampaign */
    void campaignChanged(String uid);

    /** How it stands, in a word or two. */
    String state();

    @Override
    void close();
}
