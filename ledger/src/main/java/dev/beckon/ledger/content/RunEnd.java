package dev.beckon.ledger.content;

import dev.beckon.ledger.content.PublishRun.State;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Ends a run, within the transaction of {@link PublishRuns}. */
final class RunEnd {
    private static final String REPLACED = "Replaced";

    private final Handle handle;
    private final PublishRun run;
    private final long now;

    RunEnd(Handle handle, PublishRun run, long now) {
        this.handle = handle;
        this.run = run;
        this.now = now;
    }

    private record Reached(boolean unfinished, boolean any, boolean failed) {}

    /** Targets but for these get nothing any more. */
    void leaveOut(Collection<String> targets) {
        leaveOut(
                PublicationRow.pending(handle, run.id(), targets),
                "TargetRemoved",
                "the schedule has no such target any more");
    }

    private void leaveOut(List<PublicationRow> rows, String reason, String why) {
        PublishOutcome outcome = run.again() ? new PublishOutcome.Unknown(why) : new PublishOutcome.Failed(reason, why);
        rows.forEach(row -> new OutcomeWriter(handle, row, now).write(outcome));
    }

    /** Another run takes its place: what is in flight is settled first, and nothing more is sent. */
    void replaced() {
        leaveOut(
                PublicationRow.pending(handle, run.id()),
                REPLACED,
                "the next run was due before the post had come to this chat (concurrencyPolicy: Replace)");
        PublishRuns.error(handle, run.id(), REPLACED, "The next run was due and took this one's place.", now);
        var _ = fail();
    }

    /** Every target was tried. */
    State finish() {
        Reached reached = reached();
        return end(reached, !reached.any && reached.failed ? State.Failed : State.Complete);
    }

    /** It can't work as declared. */
    State fail() {
        Reached reached = reached();
        return end(reached, reached.any ? State.Complete : State.Failed);
    }

    private Reached reached() {
        return handle.createQuery("SELECT COALESCE(SUM(state IN ('Pending', 'Open')), 0) > 0 AS unfinished,"
                        + " COALESCE(SUM(state IN ('Published', 'PlainText', 'OutcomeUnknown')), 0) > 0 AS reached,"
                        + " COALESCE(SUM(state = 'Failed'), 0) > 0 AS failed"
                        + " FROM beckon_content.publication WHERE run_id = :run")
                .bind("run", run.id())
                .map((row, context) ->
                        new Reached(row.getBoolean("unfinished"), row.getBoolean("reached"), row.getBoolean("failed")))
                .one();
    }

    private State end(Reached reached, State state) {
        if (reached.unfinished) {
            // What is in flight is settled first: a post that may be in a chat has had its turn.
            return State.Running;
        }
        if (state == State.Failed) {
            giveBack();
        }
        handle.createUpdate(
                        "UPDATE beckon_content.publish_run SET state = :state, ended_at = :now, post = NULL,"
                                + " again = FALSE, next_action_at = NULL, waiting_for = NULL WHERE run_id = :run AND state <> 'Complete'")
                .bind("state", state.name())
                .bind("now", now)
                .bind("run", run.id())
                .execute();
        return state;
    }

    private void giveBack() {
        int back = handle.createUpdate(
                        "DELETE FROM beckon_content.post_use WHERE schedule_id = :schedule AND run_id = :run")
                .bind("schedule", run.scheduleId())
                .bind("run", run.id())
                .execute();
        handle.createUpdate("UPDATE beckon_content.schedule SET posts_used = GREATEST(0, posts_used - :back)"
                        + " WHERE schedule_id = :schedule")
                .bind("back", back)
                .bind("schedule", run.scheduleId())
                .execute();
    }
}
