package dev.beckon.ledger.webhook;

import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.keys.LookupKeys;
import dev.beckon.ledger.people.Consent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A door as a gateway finds it. It holds for as long as its version does: see {@link WebhookQueue#accept}.
 *
 * @param closedBecause a sentence; present when the campaign takes nobody in
 * @param accountIds among whom people are shared out
 * @param deadline from then on the campaign takes nobody in
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FoundDoor(
        String namespace,
        String name,
        long campaignId,
        String campaignUid,
        long version,
        Optional<String> closedBecause,
        Optional<LookupKey> tokenDigest,
        Optional<byte[]> signingKey,
        List<Long> accountIds,
        Consent consent,
        Duration dedupWindow,
        int eventsPerMinute,
        Optional<Instant> deadline) {
    /** What a token is compared with where there is none. */
    static final LookupKey NO_DIGEST = new LookupKey(new byte[LookupKeys.LENGTH]);

    /** Stands for a door that does not exist, so that looking for it takes as long as refusing a wrong token. */
    public static final FoundDoor NONE = new FoundDoor(
            "",
            "",
            0,
            "",
            0,
            Optional.of("There is no such campaign."),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Consent.of(Consent.Basis.Unknown),
            Door.DEFAULT_DEDUP_WINDOW,
            Door.DEFAULT_EVENTS_PER_MINUTE,
            Optional.empty());

    /** Whether the deadline has passed. */
    public boolean isOver(Instant now) {
        return deadline.filter(at -> !now.isBefore(at)).isPresent();
    }

    @Override
    public String toString() {
        return "FoundDoor[campaign=" + campaignUid + ", version=" + version + "]";
    }
}
