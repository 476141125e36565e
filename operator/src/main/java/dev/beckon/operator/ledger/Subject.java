package dev.beckon.operator.ledger;

/** Whom a report or hint is about. */
public record Subject(Kind kind, String uid) {
    /** Kinds of resources the ledger reports on. */
    public enum Kind {
        CAMPAIGN,
        PARSER,
        ACCOUNT
    }

    public static Subject campaign(String uid) {
        return new Subject(Kind.CAMPAIGN, uid);
    }

    public static Subject parser(String uid) {
        return new Subject(Kind.PARSER, uid);
    }

    public static Subject account(String uid) {
        return new Subject(Kind.ACCOUNT, uid);
    }
}
