package dev.beckon.crd;

/**
 * Parts of CEL rules that several fields share. A format is judged by a CEL rule and not by {@code pattern}, because a rule
 * answers with a sentence and a pattern only with itself.
 */
final class Rules {
    /** A duration as Kubernetes writes it, at most 999,999 of each unit so that CEL's {@code duration()} can't overflow. */
    static final String DURATION = "self.matches('^([0-9]{1,6}[hms])+$')";

    private static final String CHAT_MATCHES =
            ".matches('^(@[a-zA-Z][a-zA-Z0-9_]{3,31}|(https?://)?(t|telegram)[.](me|dog)/([+]|joinchat/)[a-zA-Z0-9_-]{8,64}/?"
                    + "|(https?://)?(t|telegram)[.](me|dog)/[a-zA-Z][a-zA-Z0-9_]{3,31}/?|-?[1-9][0-9]{0,17})$')";

    /** A chat as a person writes it. */
    static final String CHAT = "self" + CHAT_MATCHES;

    /** The same of the entry {@code t} of a list. */
    static final String CHAT_OF_T = "t" + CHAT_MATCHES;

    /** A zone of the IANA list that the API server knows. */
    static final String TIME_ZONE =
            "self.matches('^(UTC|[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){1,2})$') && timestamp('2026-01-01T00:00:00Z').getHours(self) >= 0";

    static final String TIME_ZONE_MESSAGE =
            "timeZone is no time zone of the IANA list, such as Europe/Berlin or Etc/UTC";

    /** Looks like a schedule: whether each field is within its bounds is judged by the operator, as Kubernetes judges it. */
    static final String CRON =
            "self.matches('^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[0-9*/,?-]+( +[0-9*/,?-]+){2}( +[0-9A-Za-z*/,?-]+){2})$')";

    static final String CRON_MESSAGE =
            "schedule is five fields as in a CronJob (minute, hour, day of month, month, day of week), such as \"0 3 * * *\", or one of @hourly, @daily, @weekly, @monthly, @yearly";

    /** A path that stays within its volume. */
    static final String PATH_WITHIN =
            "self.matches('^[^/]') && !self.matches('(^|/)[.][.]?(/|$)') && !self.matches('[\\\\\\\\]|//|/$')";

    static final String SECRET_NAME = "self.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')";
    static final String SECRET_NAME_MESSAGE =
            "this is no name of a Kubernetes object: write lower-case letters, digits, - and . only, such as spring-guests";

    private Rules() {}
}
