package dev.beckon.operator.ledger;

/** Whom a report or hint is about. */
public record Subject(Kind kind, String uid) {
    /** Kinds of resources the ledger reports on. */
    public enum Kind {
        CAMPAIGN,
        PARSER,
        AUTOPOST,
        ACCOUNT
    }

    /** @param uid of the InviteCampaign */
    public static Subject campaign(String uid) {
        return new Subject(Kind.CAMPAIGN, uid);
    }

    /** @param uid of the ParserJob */
    public static Subject parser(String uid) {
        return new Subject(Kind.PARSER, uid);
    }

    /** @param uid of the AutopostSchedule */
    public static Subject autopost(String uid) {
        return new Subject(Kind.AUTOPOST, uid);
    }

    /** @param uid of the TelegramAccount */
    public static Subject account(String uid) {
        return new Subject(Kind.ACCOUNT, uid);
    }
}
