package dev.beckon.ledger.accounts;

/** Who goes first when several want one account: a post at 09:00 is not late because of a three-day campaign. */
public enum Priority {
    Invite(10),
    Parse(20),
    Publish(30),
    Login(40);

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    /** Higher goes first. */
    public int rank() {
        return rank;
    }
}
