package dev.beckon.ledger.invite;

/** How one attempt ended, as the log keeps it. */
public enum OutcomeStatus {
    /** Came in through a webhook and is pending: nothing was done yet. */
    Accepted,
    Invited,
    LinkSent,
    AlreadyMember,
    Skipped,
    Failed,
    /** A later try is due: nothing happened to the person. */
    Deferred,
    /** An open intent of a dead process was proved not to have happened. */
    Reverted,
    /** Nobody knows whether it happened; final for the machine. */
    Unknown;

    /**
     * What stands for a person after two actions: the best that was reached, else the newest. A person who was invited and
     * then refused the message is invited.
     */
    public OutcomeStatus after(OutcomeStatus earlier) {
        return earlier.reached() > reached() ? earlier : this;
    }

    private int reached() {
        return switch (this) {
            case Invited -> 3;
            case LinkSent -> 2;
            case AlreadyMember -> 1;
            case Accepted, Skipped, Failed, Deferred, Reverted, Unknown -> 0;
        };
    }
}
