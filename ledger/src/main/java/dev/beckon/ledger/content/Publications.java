package dev.beckon.ledger.content;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.accounts.TelegramUserRow;
import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.content.Opening.NotBefore;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import dev.beckon.ledger.sql.Text;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What becomes of a run's post in each of its targets. An intent that is found open was left by a process that died in between,
 * and is settled by asking Telegram, never by sending again to find out.
 */
public final class Publications {
    private final Database database;
    private final PostVault vault;

    public Publications(Database database, PostVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * The wish to send a run's post to a chat.
     *
     * @param target as the user wrote it
     * @param messageLimit the most messages in any 24 hours, where the post counts as one
     */
    public record Wish(PublishRun run, String target, long chatId, OptionalInt messageLimit) {}

    /**
     * Whether a run's post is still to be sent to a target: it has no outcome, and is not in flight. One that a person has published
     * again goes to no target that it was not meant for then.
     */
    public boolean isDue(PublishRun run, String target) {
        return database.read(
                "look for outcome",
                handle -> PublicationRow.find(handle, run.id(), TargetKeys.bytes(target))
                        .map(row -> !row.isDone() && !row.isOpen())
                        .orElse(!run.again()));
    }

    /**
     * Asks the rules and writes the intent, in one transaction in which the lease's row is locked: a holder whose lease was taken
     * over can't open any. If the process ends before the commit nothing happened; after it, the intent is found open.
     */
    public Opening open(Lease lease, Wish wish) {
        long now = database.now();
        return written(lease, "open publication", handle -> open(handle, lease, wish, now))
                .orElseGet(Opening.LeaseLost::new);
    }

    private Opening open(Handle handle, Lease lease, Wish wish, long now) {
        TelegramUserRow user = TelegramUserRow.lock(handle, lease.accountId());
        PublicationRow row =
                PublicationRow.make(handle, wish.run.id(), TargetKeys.bytes(wish.target), lease.accountId());
        if (row.isDone()) {
            return new Opening.Done();
        }
        if (row.isOpen()) {
            return new Opening.InFlight();
        }
        if (row.isTaken(handle, wish.chatId)) {
            PublishOutcome same = new PublishOutcome.Failed(
                    Opening.SameChat.REASON, "another target of the schedule leads to the same chat");
            new OutcomeWriter(handle, row, now).write(same);
            return new Opening.SameChat();
        }
        if (user.state() != AccountState.Ready || user.telegramUserId().isEmpty()) {
            return new Opening.AccountNotReady(user.state());
        }
        if (user.coolDownUntil().toEpochMilli() > now) {
            return new NotBefore(user.coolDownUntil(), NotBefore.Why.FloodWait);
        }
        if (row.notBefore() > now) {
            return new NotBefore(Instant.ofEpochMilli(row.notBefore()), NotBefore.Why.SlowMode);
        }
        if (wish.messageLimit.isPresent()
                && Usage.take(
                                handle,
                                user.telegramUserId().get(),
                                Usage.Kind.Message,
                                wish.messageLimit.getAsInt(),
                                now)
                        instanceof Usage.Taken.Exhausted(Instant until)) {
            return new NotBefore(until, NotBefore.Why.AccountLimit);
        }
        row.open(handle, wish.chatId, now);
        return new Opening.Opened(
                intents(handle, "p.publication_id = :of", row.id()).getFirst());
    }

    /** A target that can't even be found, or where the account may not write: nothing was sent. @return false when the lease is lost */
    public boolean failUnsent(Lease lease, PublishRun run, String target, PublishOutcome.Failed outcome) {
        long now = database.now();
        return written(lease, "fail publication", handle -> {
                    PublicationRow row =
                            PublicationRow.make(handle, run.id(), TargetKeys.bytes(target), lease.accountId());
                    // One in flight is settled by what Telegram shows, whatever became of its chat.
                    if (!row.isDone() && !row.isOpen()) {
                        new OutcomeWriter(handle, row, now).write(outcome);
                    }
                    return row;
                })
                .isPresent();
    }

    /**
     * Telegram refused the formatting: the same post is about to be sent without any.
     *
     * @return the intent as it is now; empty when the lease is lost
     */
    public Optional<Publication> fallBack(Lease lease, Publication intent) {
        long now = database.now();
        return written(lease, "fall back to plain text", handle -> {
            handle.createUpdate("UPDATE beckon_content.publication SET plain = TRUE, opened_at = :now"
                            + " WHERE publication_id = :id AND state = 'Open'")
                    .bind("now", now)
                    .bind("id", intent.id())
                    .execute();
            return intents(handle, "p.publication_id = :of", intent.id()).getFirst();
        });
    }

    /**
     * Telegram refused the post for the account's sake, but what it refused may have been a second sending: after a lost connection the client
     * sends once more by itself, and the first may have been done. The intent stays open, to be settled by asking Telegram.
     *
     * @param raw Telegram's own words
     * @return false when the lease is lost and nothing was written
     */
    public boolean refused(Lease lease, Publication intent, String raw) {
        return written(
                        lease,
                        "write refusal of publication",
                        handle -> handle.createUpdate("UPDATE beckon_content.publication SET raw = :raw"
                                        + " WHERE publication_id = :id AND state = 'Open'")
                                .bind("raw", Text.bounded(raw, OutcomeWriter.MAX_TEXT))
                                .bind("id", intent.id())
                                .execute())
                .isPresent();
    }

    /** Writes how it ended. Repeating it changes nothing. @return false when the lease is lost and nothing was written */
    public boolean settle(Lease lease, Publication intent, PublishOutcome outcome) {
        long now = database.now();
        return written(lease, "settle publication", handle -> {
                    PublicationRow row = PublicationRow.lock(handle, intent.id());
                    if (row.isOpen()) {
                        new OutcomeWriter(handle, row, now).write(outcome);
                    }
                    return row;
                })
                .isPresent();
    }

    /** What dead processes left open of a schedule, oldest first, with whatever account it was. */
    public List<Publication> openOf(String scheduleUid) {
        return database.read(
                "read open publications",
                handle -> intents(handle, "s.schedule_uid = :of AND p.state = 'Open'", scheduleUid));
    }

    /** Where a schedule's target led when it was last published in: a name that changed hands since leads no post astray. */
    public Optional<Long> chatOf(PublishRun run, String target) {
        return database.read(
                "look for chat",
                handle -> handle.createQuery("SELECT p.chat_id FROM"
                                + " beckon_content.publication p JOIN beckon_content.publish_run r ON r.run_id = p.run_id"
                                + " WHERE p.target = :target AND r.schedule_id = :schedule AND p.message_id IS NOT NULL"
                                + " ORDER BY p.publication_id DESC LIMIT 1")
                        .bind("target", TargetKeys.bytes(target))
                        .bind("schedule", run.scheduleId())
                        .mapTo(Long.class)
                        .findOne());
    }

    /** Messages of a chat that are known to be posts, as far as they were settled since the given time. */
    public Set<Long> knownMessages(long chatId, Instant since) {
        return new HashSet<>(database.read(
                "read known messages",
                handle -> handle.createQuery("SELECT message_id FROM beckon_content.publication WHERE chat_id = :chat"
                                + " AND settled_at >= :since AND message_id IS NOT NULL")
                        .bind("chat", chatId)
                        .bind("since", since.toEpochMilli())
                        .mapTo(Long.class)
                        .list()));
    }

    /** The newest message of a chat that is known to be a post and was sent no later than the given time. */
    public OptionalLong lastMessage(long chatId, Instant until) {
        return database.read(
                        "read last message",
                        handle -> handle.createQuery("SELECT MAX(message_id) FROM beckon_content.publication"
                                        + " WHERE chat_id = :chat AND opened_at <= :until AND message_id IS NOT NULL")
                                .bind("chat", chatId)
                                .bind("until", until.toEpochMilli())
                                .mapTo(Long.class)
                                .findOne())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private List<Publication> intents(Handle handle, String which, Object of) {
        return handle.createQuery("SELECT p.*, r.post, r.run_uid, r.started_at, s.schedule_uid"
                        + " FROM beckon_content.publication p"
                        + " JOIN beckon_content.publish_run r ON r.run_id = p.run_id"
                        + " JOIN beckon_content.schedule s ON s.schedule_id = r.schedule_id WHERE " + which
                        + " ORDER BY p.publication_id")
                .bind("of", of)
                .map((row, context) -> {
                    String scheduleUid = row.getString("schedule_uid");
                    TakenPost post = vault.open(row.getBytes("post"), scheduleUid, row.getString("run_uid"));
                    return new Publication(
                            row.getLong("publication_id"),
                            row.getLong("run_id"),
                            scheduleUid,
                            Instant.ofEpochMilli(row.getLong("started_at")),
                            post,
                            row.getLong("chat_id"),
                            row.getBoolean("plain"),
                            Instant.ofEpochMilli(row.getLong("opened_at")),
                            row.getString("raw") != null);
                })
                .list();
    }

    /**
     * A target that a run's post did not come into.
     *
     * @param target {@link TargetKeys#of}; it may be one that the schedule does not have any more
     */
    public record Failure(String target, PublishOutcome.Failed why) {}

    /** Those of a run, in the order in which it came to them. */
    public List<Failure> failures(PublishRun run) {
        return database.read(
                "read failures",
                handle -> handle.createQuery("SELECT LOWER(HEX(target)) AS target, reason, raw FROM"
                                + " beckon_content.publication WHERE run_id = :run AND state = 'Failed'"
                                + " ORDER BY publication_id")
                        .bind("run", run.id())
                        .map((row, context) -> new Failure(
                                row.getString("target"),
                                new PublishOutcome.Failed(row.getString("reason"), row.getString("raw"))))
                        .list());
    }

    /** What a run's publications came to. */
    public record Tally(int published, int plain, int failed, int unknown, int left) {}

    /** Counts the run's targets by what became of them so far. */
    public Tally tally(PublishRun run) {
        return database.read(
                "count publications",
                handle -> handle.createQuery("SELECT COALESCE(SUM(state IN"
                                + " ('Published', 'PlainText')), 0) AS published, COALESCE(SUM(state = 'PlainText'), 0) AS plain,"
                                + " COALESCE(SUM(state = 'Failed'), 0) AS failed,"
                                + " COALESCE(SUM(state = 'OutcomeUnknown'), 0) AS unknown_outcomes,"
                                + " COALESCE(SUM(state IN ('Pending', 'Open')), 0) AS unfinished"
                                + " FROM beckon_content.publication WHERE run_id = :run")
                        .bind("run", run.id())
                        .map((row, context) -> new Tally(
                                row.getInt("published"),
                                row.getInt("plain"),
                                row.getInt("failed"),
                                row.getInt("unknown_outcomes"),
                                row.getInt("unfinished")))
                        .one());
    }

    private <T> Optional<T> written(Lease lease, String step, Function<Handle, T> write) {
        return database.inTransaction(step, handle -> {
            if (!Leases.holds(handle, lease)) {
                return Optional.empty();
            }
            T result = write.apply(handle);
            SequenceLanes.raise(handle, lease.accountId());
            return Optional.of(result);
        });
    }
}
