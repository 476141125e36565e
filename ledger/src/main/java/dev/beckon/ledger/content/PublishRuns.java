package dev.beckon.ledger.content;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.ledger.content.PublishRun.State;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import dev.beckon.ledger.sql.SequenceLanes;
import dev.beckon.ledger.sql.Text;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jdbi.v3.core.Handle;

/** Runs of schedules: begun, given a post, and ended. */
public final class PublishRuns {
    private static final int MAX_REASON = 64;
    private static final int MAX_MESSAGE = 512;

    private final Database database;
    private final PostVault vault;

    public PublishRuns(Database database, PostVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** A run of a schedule, by whatever began it. */
    public record Run(String runUid, String scheduleUid, String namespace, String name) {}

    /** What came of asking for a post. */
    public sealed interface Turn {
        /** The run's post: taken now, or by an earlier worker of the run. */
        record Taken(PublishRun run) implements Turn {}

        /** Every post was used. */
        record Exhausted() implements Turn {}

        /** A person wants the run's post published again, but it is not among the posts any more: its outcomes are unknown as before. */
        record Gone(String key) implements Turn {}

        record LeaseLost() implements Turn {}
    }

    /**
     * Begins a run, or goes on with it. One that is complete stays so; one that failed begins anew.
     *
     * @return empty when the lease is lost
     */
    public Optional<PublishRun> begin(Lease lease, Run run) {
        long now = database.now();
        return written(lease, "begin run", handle -> {
            handle.createUpdate("INSERT INTO beckon_content.schedule (schedule_uid, namespace, name, registered_at)"
                            + " VALUES (:uid, :namespace, :name, :now)"
                            + " ON DUPLICATE KEY UPDATE namespace = :namespace, name = :name")
                    .bind("uid", run.scheduleUid)
                    .bind("namespace", run.namespace)
                    .bind("name", run.name)
                    .bind("now", now)
                    .execute();
            handle.createUpdate(
                            "INSERT INTO beckon_content.publish_run (schedule_id, run_uid, account_id, state, started_at)"
                                    + " SELECT schedule_id, :run, :account, 'Running', :now FROM beckon_content.schedule"
                                    + " WHERE schedule_uid = :uid ON DUPLICATE KEY UPDATE"
                                    + " ended_at = IF(state = 'Complete', ended_at, NULL),"
                                    + " state = IF(state = 'Complete', 'Complete', 'Running')")
                    .bind("run", run.runUid)
                    .bind("account", lease.accountId())
                    .bind("now", now)
                    .bind("uid", run.scheduleUid)
                    .execute();
            PublishRun begun = find(handle, idOf(handle, run).orElseThrow());
            if (begun.state() != State.Complete) {
                handle.createUpdate("UPDATE beckon_content.publication SET state = 'Pending', plain = FALSE"
                                + " WHERE run_id = :run AND state = 'Failed' AND :anew")
                        .bind("run", begun.id())
                        .bind("anew", begun.post().isEmpty() && !begun.again())
                        .execute();
            }
            return begun;
        });
    }

    /** Where a run stands; empty when it has not begun. */
    public Optional<PublishRun> find(Run run) {
        return database.read("find run", handle -> idOf(handle, run).map(id -> find(handle, id)));
    }

    /**
     * Gives the run its post, for good: from here on no other run has it, unless this one reaches no target.
     *
     * @param posts all there are, in their order
     * @param repeat whether a new round begins when each was used
     * @param choose of so many posts that were not used, in order, the index of the next one
     */
    public Turn turn(Lease lease, PublishRun run, List<TakenPost> posts, boolean repeat, IntUnaryOperator choose) {
        long now = database.now();
        Optional<Turn> turn = written(lease, "give turn", handle -> {
            PublishRun stands = find(handle, run.id());
            if (stands.post().isPresent()) {
                return new Turn.Taken(stands);
            }
            TurnGiver giver = new TurnGiver(handle, vault, stands, now);
            return stands.again() ? giver.again(posts) : giver.give(posts, repeat, choose);
        });
        return turn.orElseGet(Turn.LeaseLost::new);
    }

    /** Tells what a run waits for, or that it waits for nothing. @return false when the lease is lost and nothing was written */
    public boolean waits(Lease lease, PublishRun run, Optional<Instant> nextActionAt, Optional<String> waitingFor) {
        return written(
                        lease,
                        "wait",
                        handle -> handle.createUpdate(
                                        "UPDATE beckon_content.publish_run SET"
                                                + " next_action_at = :next, waiting_for = :for,"
                                                + " state = IF(ended_at IS NULL, IF(:waits, 'Waiting', 'Running'), state) WHERE run_id = :run")
                                .bind(
                                        "next",
                                        nextActionAt.map(Instant::toEpochMilli).orElse(null))
                                .bind("for", waitingFor.orElse(null))
                                .bind("waits", nextActionAt.isPresent())
                                .bind("run", run.id())
                                .execute())
                .isPresent();
    }

    /** Ends a run that can't work as declared, and records why. @return false when the lease is lost and nothing was written */
    public boolean fails(Lease lease, PublishRun run, String reason, String message) {
        long now = database.now();
        return written(lease, "fail run", handle -> {
                    error(handle, run.id(), reason, message, now);
                    return new RunEnd(handle, run, now).fail();
                })
                .isPresent();
    }

    static void error(Handle handle, long runId, String reason, String message, long now) {
        handle.createUpdate("UPDATE beckon_content.publish_run SET last_error_reason = :reason,"
                        + " last_error_message = :message, last_error_at = :now WHERE run_id = :run")
                .bind("reason", Text.bounded(reason, MAX_REASON))
                .bind("message", Text.bounded(message, MAX_MESSAGE))
                .bind("now", now)
                .bind("run", runId)
                .execute();
    }

    /**
     * Ends a run of which nothing is left to do. One that surely reached no target gives its post back: it is next again.
     *
     * @return how it ended, {@link State#Running} when something is left after all; empty when the lease is lost
     */
    public Optional<State> end(Lease lease, PublishRun run) {
        long now = database.now();
        return written(lease, "end run", handle -> new RunEnd(handle, run, now).finish());
    }

    /**
     * The same, when targets may have been taken out of the schedule since: what is left for these is not published, and is no reason to
     * wait.
     *
     * @param targets those that the schedule has
     */
    public Optional<State> end(Lease lease, PublishRun run, Collection<String> targets) {
        long now = database.now();
        return written(lease, "end run", handle -> {
            RunEnd end = new RunEnd(handle, run, now);
            end.leaveOut(targets);
            return end.finish();
        });
    }

    /**
     * Gives up the runs of the schedule that began before this one and have not ended, for this one takes their place. What of them is in
     * flight is settled by whoever asks Telegram, and the run ended by the next call after that; nothing more of them is sent. One that
     * surely reached no target gives its post back. A run whose post a person wants published again is gone on with: that word is used up,
     * and nobody would carry it out.
     *
     * @param but runs whose uids begin so are gone on with
     * @return false when the lease is lost and nothing was written
     */
    public boolean replaceEarlier(Lease lease, PublishRun run, String but) {
        long now = database.now();
        return written(lease, "replace runs", handle -> {
                    List<Long> earlier = handle.createQuery("SELECT run_id FROM beckon_content.publish_run"
                                    + " WHERE schedule_id = :schedule AND run_id < :run AND ended_at IS NULL AND NOT again"
                                    + " AND LEFT(run_uid, CHAR_LENGTH(:but)) <> :but ORDER BY run_id FOR UPDATE")
                            .bind("schedule", run.scheduleId())
                            .bind("run", run.id())
                            .bind("but", but)
                            .mapTo(Long.class)
                            .list();
                    earlier.forEach(id -> new RunEnd(handle, find(handle, id), now).replaced());
                    return earlier.size();
                })
                .isPresent();
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

    private static Optional<Long> idOf(Handle handle, Run run) {
        return handle.createQuery("SELECT r.run_id FROM beckon_content.publish_run r"
                        + " JOIN beckon_content.schedule s ON s.schedule_id = r.schedule_id"
                        + " WHERE s.schedule_uid = :uid AND r.run_uid = :run")
                .bind("uid", run.scheduleUid)
                .bind("run", run.runUid)
                .mapTo(Long.class)
                .findOne();
    }

    private PublishRun find(Handle handle, long runId) {
        return handle.createQuery("SELECT r.*, s.schedule_uid FROM beckon_content.publish_run r"
                        + " JOIN beckon_content.schedule s ON s.schedule_id = r.schedule_id WHERE r.run_id = :run")
                .bind("run", runId)
                .map((row, context) -> {
                    String scheduleUid = row.getString("schedule_uid");
                    String runUid = row.getString("run_uid");
                    Optional<byte[]> post = Optional.ofNullable(row.getBytes("post"));
                    return new PublishRun(
                            row.getLong("run_id"),
                            row.getLong("schedule_id"),
                            scheduleUid,
                            runUid,
                            State.valueOf(row.getString("state")),
                            Instants.of(row, "started_at"),
                            post.map(bytes -> vault.open(bytes, scheduleUid, runUid)),
                            row.getBoolean("again"));
                })
                .one();
    }
}
