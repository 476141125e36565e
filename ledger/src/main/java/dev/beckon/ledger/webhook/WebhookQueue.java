package dev.beckon.ledger.webhook;

import dev.beckon.ledger.invite.PromptAnswer;
import dev.beckon.ledger.invite.WebhookLog;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.keys.LookupKeys;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.MultiRowInsert;
import dev.beckon.ledger.sql.SequenceLanes;
import dev.beckon.ledger.webhook.WebhookJudge.Judged;
import dev.beckon.ledger.webhook.WebhookJudge.Keyed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Takes events in. All events of a campaign pass its door's row, one transaction after the other, whoever brings them: so a
 * person who comes twice at once is one, and what a closed door refuses stays out.
 */
public final class WebhookQueue {
    /** Rows of what was seen that are forgotten in one transaction. */
    private static final int FORGOTTEN_AT_ONCE = 2_000;

    private final Database database;
    private final PersonVault vault;
    private final LookupKeys lookups;

    public WebhookQueue(Database database, PersonVault vault, LookupKeys lookups) {
        this.database = database;
        this.vault = vault;
        this.lookups = lookups;
    }

    /**
     * Takes events in, all or none, in one transaction; when this returns they are kept. When it throws, some may be: repeated
     * events are known as such.
     *
     * @param door as it was found when the callers were let in
     * @return what became of each, in their order; empty when the door was changed or closed since or its deadline has passed, and nothing
     *     was written
     */
    public Optional<List<Receipt>> accept(FoundDoor door, List<WebhookEvent> events) {
        if (events.isEmpty()) {
            return Optional.of(List.of());
        }
        List<Keyed> keyed = events.stream().map(this::keyed).toList();
        return database.inTransaction("take in webhook events", handle -> {
            if (!takeNumbers(handle, door, events.size(), database.now())) {
                return Optional.empty();
            }
            List<Judged> judged = WebhookJudge.judge(
                    keyed,
                    WebhookFacts.read(
                            handle,
                            door.campaignId(),
                            keyed.stream().flatMap(it -> it.repeats().stream()).collect(Collectors.toSet()),
                            keyed.stream().flatMap(it -> it.names().stream()).collect(Collectors.toSet()),
                            database.now()));
            insertPeople(handle, door, judged);
            remember(handle, door, judged);
            WebhookLog.append(
                    handle,
                    door.campaignId(),
                    judged.stream().map(it -> logged(door, it)).toList(),
                    database.now());
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
            return Optional.of(judged.stream().map(Judged::receipt).toList());
        });
    }

    private Keyed keyed(WebhookEvent event) {
        List<LookupKey> repeats = new ArrayList<>();
        event.eventId().ifPresent(id -> repeats.addAll(lookups.of("webhook-event:" + id)));
        event.signature().ifPresent(signature -> repeats.addAll(lookups.of("webhook-signature:" + signature)));
        if (event.eventId().isEmpty()) {
            event.person().identities().canonical().forEach(name -> repeats.addAll(lookups.of("webhook-" + name)));
        }
        return new Keyed(event, repeats, vault.unordered(event.person().identities()));
    }

    /** Locks the door's row until the end of the transaction, if it is still as it was found. */
    private static boolean takeNumbers(Handle handle, FoundDoor door, int count, long now) {
        return handle.createUpdate("UPDATE beckon_invite.webhook_door SET next_ordinal = next_ordinal + :count"
                                + " WHERE campaign_id = :campaign AND version = :version AND state = 'Open'"
                                + " AND (deadline_at IS NULL OR deadline_at > :now)")
                        .bind("count", count)
                        .bind("campaign", door.campaignId())
                        .bind("version", door.version())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private void insertPeople(Handle handle, FoundDoor door, List<Judged> judged) {
        List<Judged> accepted =
                judged.stream().filter(it -> it.fate() == Receipt.Fate.Accepted).toList();
        if (accepted.isEmpty()) {
            return;
        }
        // Pending is the column's own beginning: a gateway has no right to write another.
        PreparedBatch people = handle.prepareBatch(
                "INSERT INTO beckon_invite.person (campaign_id, ordinal, account_id, not_before, consent_basis, identity,"
                        + " asked_at) VALUES (:campaign, :ordinal, :account, :came, :basis, :identity, :asked)");
        for (Judged person : accepted) {
            WebhookEvent event = person.keyed().event();
            Optional<Instant> asked = PromptAnswer.askedAt(event.person().consent(), event.receivedAt());
            people.bind("campaign", door.campaignId())
                    .bind("ordinal", person.number())
                    .bind("account", accountOf(door, person.number()))
                    // Whoever came first is next; and the index finds who came last.
                    .bind("came", event.receivedAt().toEpochMilli())
                    .bind("basis", event.person().consent().basis().name())
                    .bind("identity", vault.seal(event.person(), door.campaignUid(), person.number()))
                    .bind("asked", asked.map(Instant::toEpochMilli).orElse(null))
                    .add();
        }
        people.execute();
        insertNames(handle, door, accepted);
    }

    private static void insertNames(Handle handle, FoundDoor door, List<Judged> accepted) {
        MultiRowInsert names = new MultiRowInsert(
                handle,
                "INSERT IGNORE INTO beckon_invite.person_key (campaign_id, lookup, ordinal, import_no)",
                "(" + door.campaignId() + ",?,?,0)");
        PreparedBatch takenOver = handle.prepareBatch("UPDATE beckon_invite.person_key SET ordinal = :ordinal,"
                + " import_no = 0 WHERE campaign_id = :campaign AND lookup = :lookup");
        long count = 0;
        for (Judged person : accepted) {
            for (LookupKey name : person.keyed().names()) {
                count++;
                names.add(name.bytes(), person.number());
                takenOver
                        .bind("ordinal", person.number())
                        .bind("campaign", door.campaignId())
                        .bind("lookup", name)
                        .add();
            }
        }
        // A key without a person was left by a list that skipped this human.
        if (names.finish() < count) {
            takenOver.execute();
        }
    }

    private void remember(Handle handle, FoundDoor door, List<Judged> judged) {
        PreparedBatch seen =
                handle.prepareBatch("INSERT INTO beckon_invite.webhook_seen (campaign_id, seen_key, ordinal,"
                        + " until_at) VALUES (:campaign, :key, :ordinal, :until) ON DUPLICATE KEY UPDATE"
                        + " ordinal = VALUES(ordinal), until_at = VALUES(until_at)");
        for (Judged event : judged) {
            // A repeat does not make the window longer.
            if (event.fate() == Receipt.Fate.NoConsent || event.repeated()) {
                continue;
            }
            for (LookupKey key : event.keyed().repeats()) {
                seen.bind("campaign", door.campaignId())
                        .bind("key", key)
                        .bind("ordinal", event.receipt().event())
                        .bind("until", database.now() + door.dedupWindow().toMillis())
                        .add();
            }
        }
        if (seen.size() > 0) {
            seen.execute();
        }
    }

    private static WebhookLog.Line logged(FoundDoor door, Judged judged) {
        return new WebhookLog.Line(
                judged.number(),
                accountOf(door, judged.number()),
                judged.keyed().names().getFirst(),
                switch (judged.fate()) {
                    case Accepted -> WebhookLog.What.ACCEPTED;
                    case Duplicate -> WebhookLog.What.DUPLICATE;
                    case Suppressed -> WebhookLog.What.SUPPRESSED;
                    case NoConsent -> WebhookLog.What.NO_CONSENT;
                },
                judged.first()
                        .map(first -> judged.repeated()
                                ? "Came before, as event " + first + "."
                                : "The person is in the campaign already, as number " + first + "."));
    }

    /** In turn, by the event's number. */
    private static long accountOf(FoundDoor door, long number) {
        return door.accountIds().get((int) (number % door.accountIds().size()));
    }

    /** Forgets what was seen and can't be repeated any more. @return how many rows */
    public long forget() {
        long forgotten = 0;
        int rows;
        do {
            rows = database.inTransaction(
                    "forget webhook events",
                    handle -> handle.createUpdate("DELETE FROM beckon_invite.webhook_seen WHERE until_at <= :now"
                                    + " ORDER BY until_at LIMIT " + FORGOTTEN_AT_ONCE)
                            .bind("now", database.now())
                            .execute());
            forgotten += rows;
        } while (rows == FORGOTTEN_AT_ONCE);
        return forgotten;
    }
}
