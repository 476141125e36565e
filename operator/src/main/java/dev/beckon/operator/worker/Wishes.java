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

    /** Sees to it that the holder of the account knows that the owner waits. */
    public void ensure(String accountUid, Owner owner, Urgency urgency) {
        Wish wish = new Wish(accountUid, owner.uid(), urgency);
        Instant now = clock.instant();
        if (standing.getOrDefault(wish, Instant.MIN).isAfter(now)) {
            return;
        }
        door.wish(accountUid, owner.uid(), owner.kind().priority(), urgency, ttl);
        standing.put(wish, now.plus(renewal()));
    }

    /**
     * Takes back all wishes of the owner for the account. Done before its own worker starts, also when no wish is known
     * here: one that an earlier leader left would make that worker yield to itself.
     */
    public void withdraw(String accountUid, String ownerUid) {
        door.withdraw(accountUid, ownerUid);
        standing.keySet()
                .removeIf(wish ->
                        wish.accountUid().equals(accountUid) && wish.wisher().equals(ownerUid));
    }
}
