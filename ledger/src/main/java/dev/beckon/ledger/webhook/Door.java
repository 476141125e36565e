package dev.beckon.ledger.webhook;

import dev.beckon.ledger.people.Consent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway must know of a webhook campaign, as the operator tells it.
 *
 * @param accountUids among whom people are shared out, in turn; at least one
 * @param consent what holds for events that name no basis of their own; basis {@code Unknown} when the campaign states none
 * @param dedupWindow for how long a repeated event is known as one
 * @param eventsPerMinute how many events a gateway takes in, at most
 * @param deadline from then on nobody gets in, though no operator is there to close it
 * @param cluster whose campaign it is, by the uid of that cluster's namespace kube-system; empty when the operator may not ask for it
 */
public record Door(
        String namespace,
        String name,
        String campaignUid,
        List<String> accountUids,
        DoorSecret secret,
        Consent consent,
        Duration dedupWindow,
        int eventsPerMinute,
        Optional<Instant> deadline,
        String cluster) {
    /** What an installation uses when a campaign says nothing. */
    public static final Duration DEFAULT_DEDUP_WINDOW = Duration.ofHours(24);

    public static final int DEFAULT_EVENTS_PER_MINUTE = 600;

    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);

    public Door {
        accountUids = List.copyOf(accountUids);
        if (accountUids.isEmpty()) {
            throw new IllegalArgumentException("a webhook campaign needs an account");
        }
        if (dedupWindow.compareTo(SHORTEST_WINDOW) < 0 || dedupWindow.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException("the window for repeats is a minute to 30 days");
        }
        if (eventsPerMinute < 1) {
            throw new IllegalArgumentException("eventsPerMinute is at least 1");
        }
    }

    /** Without a deadline, of a cluster that is not known. */
    public Door(
            String namespace,
            String name,
            String campaignUid,
            List<String> accountUids,
            DoorSecret secret,
            Consent consent,
            Duration dedupWindow,
            int eventsPerMinute) {
        this(
                namespace,
                name,
                campaignUid,
                accountUids,
                secret,
                consent,
                dedupWindow,
                eventsPerMinute,
                Optional.empty(),
                "");
    }
}
