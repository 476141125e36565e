package dev.beckon.operator.worker;

import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.operator.Settings;
import dev.beckon.operator.ledger.LedgerDoor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Wishes to yield an account, written once and again only before they run out. */
@ApplicationScoped
public class Wishes {
    private final LedgerDoor door;
    private final InstantSource clock;
    private final Duration ttl;
    private final Map<Wish, Instant> standing = new ConcurrentHashMap<>();

    private record Wish(String accountUid, String wisher, Urgency urgency) {}

    public Wishes(LedgerDoor door, InstantSource clock, Settings settings) {
        this.door = door;
        this.clock = clock;
        this.ttl = settings.pace().slice().multipliedBy(2);
    }

    /** When a standing wish has to be renewed. */
    public Duration renewal() {
        return ttl.dividedBy(2);
    }

    /** Sees to it that the holder of the account knows that the campaign waits. */
    public void ensure(String accountUid, String campaignUid, Urgency urgency) {
        Wish wish = new Wish(accountUid, campaignUid, urgency);
        Instant now = clock.instant();
        if (standing.getOrDefault(wish, Instant.MIN).isAfter(now)) {
            return;
        }
        door.wish(accountUid, campaignUid, urgency, ttl);
        standing.put(wish, now.plus(renewal()));
    }

    /**
     * Takes back all wishes of the campaign for the account. Done before its own worker starts, also when no wish is known
     * here: one that an earlier leader left would make that worker yield to itself.
     */
    public void withdraw(String accountUid, String campaignUid) {
        door.withdraw(accountUid, campaignUid);
        standing.keySet()
                .removeIf(wish ->
                        wish.accountUid().equals(accountUid) && wish.wisher().equals(campaignUid));
    }
}
