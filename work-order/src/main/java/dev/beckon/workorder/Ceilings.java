package dev.beckon.workorder;

import java.time.Duration;

/**
 * The bounds that no work order exceeds, whoever wrote it. The schema of the custom resources refuses the same values, with a
 * sentence for who writes YAML; a worker refuses them too, so that a forged order is worth nothing.
 */
public final class Ceilings {
    public static final int INVITES_PER_DAY = 100;
    public static final int MESSAGES_PER_DAY = 100;
    public static final int JOINS_PER_DAY = 20;
    public static final int LOOKUPS_PER_DAY = 200;
    public static final int PER_CHAT_PER_DAY = 200;
    public static final int PARSED_PEOPLE = 100_000;
    public static final int POST_TARGETS = 20;
    public static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    public static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(10);
    public static final int MOST_ATTEMPTS = 10;
    public static final double HIGHEST_FAILURE_RATIO = 1;
    public static final int MOST_BREAKER_ATTEMPTS = 1_000;

    private Ceilings() {}

    /** @throws IllegalArgumentException with a sentence that names what is beyond its bound */
    static void require(WorkOrder order) {
        account(order.account().limits());
        switch (order) {
            case LoginOrder _ -> {}
            case InviteOrder invite -> {
                atMost("pacing.perChatPerDay", invite.pacing().perChatPerDay(), PER_CHAT_PER_DAY);
                atLeast("pacing.minDelay", invite.pacing().minDelay(), SHORTEST_PAUSE);
                atMost("retry.maxAttempts", invite.retry().maxAttempts(), MOST_ATTEMPTS);
                atLeast("retry.backoff", invite.retry().backoff(), SHORTEST_BACKOFF);
                atMost("breaker.failureRatio", invite.breaker().failureRatio(), HIGHEST_FAILURE_RATIO);
                atMost("breaker.minAttempts", invite.breaker().minAttempts(), MOST_BREAKER_ATTEMPTS);
            }
            case ParseOrder parse -> atMost("limit", parse.limit(), PARSED_PEOPLE);
            case PublishOrder publish -> atMost("targets", publish.targets().size(), POST_TARGETS);
        }
    }

    private static void account(AccountRef.Limits limits) {
        atMost("account.limits.invitesPerDay", limits.invitesPerDay(), INVITES_PER_DAY);
        atMost("account.limits.messagesPerDay", limits.messagesPerDay(), MESSAGES_PER_DAY);
        atMost("account.limits.joinsPerDay", limits.joinsPerDay(), JOINS_PER_DAY);
        atMost("account.limits.lookupsPerDay", limits.lookupsPerDay(), LOOKUPS_PER_DAY);
    }

    private static void atMost(String field, double value, double bound) {
        // Not "value > bound": what is no number is beyond every bound.
        if (!(value <= bound)) {
            throw beyond(field, number(value), "at most " + number(bound));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static void atLeast(String field, Duration value, Duration bound) {
        if (value.compareTo(bound) < 0) {
            throw beyond(field, value.toString(), "at least " + bound);
        }
    }

    private static IllegalArgumentException beyond(String field, String value, String bound) {
        return new IllegalArgumentException("The work order's " + field + " is " + value + ", but it is " + bound
                + " and no setting changes that: work orders are written by the operator, change the resource instead");
    }
}
