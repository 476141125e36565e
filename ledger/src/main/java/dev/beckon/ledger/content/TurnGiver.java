package dev.beckon.ledger.content;

import dev.beckon.ledger.content.PublishRuns.Turn;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jdbi.v3.core.Handle;

/** Chooses a run's post, within the transaction of {@link PublishRuns#turn}. */
final class TurnGiver {
    private final Handle handle;
    private final PostVault vault;
    private final PublishRun run;
    private final long now;

    TurnGiver(Handle handle, PostVault vault, PublishRun run, long now) {
        this.handle = handle;
        this.vault = vault;
        this.run = run;
        this.now = now;
    }

    Turn give(List<TakenPost> posts, boolean repeat, IntUnaryOperator choose) {
        // Runs of two accounts may ask at once: each account has its own lease, the schedule's row makes them wait.
        int round = handle.createQuery(
                        "SELECT round FROM beckon_content.schedule WHERE schedule_id = :schedule FOR UPDATE")
                .bind("schedule", run.scheduleId())
                .mapTo(Integer.class)
                .one();
        Set<String> used = used(round);
        List<TakenPost> left = without(used, posts);
        if (left.isEmpty() && repeat && !posts.isEmpty()) {
            round++;
            used = Set.of();
            left = posts;
        }
        count(round, posts, posts.size() - left.size() + (left.isEmpty() ? 0 : 1));
        if (left.isEmpty()) {
            return new Turn.Exhausted();
        }
        TakenPost next = left.get(choose.applyAsInt(left.size()));
        use(round, next);
        seal(next);
        return taken(next);
    }

    /** The post that the run had: a person wants it published once more, as it is written now. */
    Turn again(List<TakenPost> posts) {
        String key = handle.createQuery("SELECT post_key FROM beckon_content.publish_run WHERE run_id = :run")
                .bind("run", run.id())
                .mapTo(String.class)
                .one();
        Optional<TakenPost> post =
                posts.stream().filter(it -> it.key().equals(key)).findFirst();
        if (post.isEmpty()) {
            leaveUnknown();
            return new Turn.Gone(key);
        }
        seal(post.get());
        return taken(post.get());
    }

    private void leaveUnknown() {
        handle.createQuery("SELECT publication_id FROM beckon_content.publication WHERE run_id = :run"
                        + " AND state = 'Pending'")
                .bind("run", run.id())
                .mapTo(Long.class)
                .list()
                .forEach(id -> new OutcomeWriter(handle, PublicationRow.lock(handle, id), now)
                        .write(new PublishOutcome.Unknown("the post is not among the posts any more")));
    }

    private Turn taken(TakenPost post) {
        return new Turn.Taken(new PublishRun(
                run.id(),
                run.scheduleId(),
                run.scheduleUid(),
                run.runUid(),
                run.state(),
                run.startedAt(),
                Optional.of(post),
                run.again()));
    }

    private Set<String> used(int round) {
        return new HashSet<>(handle.createQuery("SELECT post_key FROM beckon_content.post_use"
                        + " WHERE schedule_id = :schedule AND round = :round")
                .bind("schedule", run.scheduleId())
                .bind("round", round)
                .mapTo(String.class)
                .list());
    }

    private static List<TakenPost> without(Set<String> used, List<TakenPost> posts) {
        return posts.stream().filter(post -> !used.contains(post.key())).toList();
    }

    private void count(int round, List<TakenPost> posts, int used) {
        handle.createUpdate("UPDATE beckon_content.schedule SET round = :round, posts_total = :total,"
                        + " posts_used = :used, posts_digest = :digest WHERE schedule_id = :schedule")
                .bind("round", round)
                .bind("total", posts.size())
                .bind(
                        "digest",
                        PostKeys.digest(posts.stream().map(TakenPost::key).toList()))
                .bind("used", used)
                .bind("schedule", run.scheduleId())
                .execute();
    }

    private void use(int round, TakenPost post) {
        handle.createUpdate("INSERT INTO beckon_content.post_use (schedule_id, round, post_key, run_id, used_at)"
                        + " VALUES (:schedule, :round, :key, :run, :now)")
                .bind("schedule", run.scheduleId())
                .bind("round", round)
                .bind("key", post.key())
                .bind("run", run.id())
                .bind("now", now)
                .execute();
        handle.createUpdate("UPDATE beckon_content.publish_run SET post_key = :key, round = :round WHERE run_id = :run")
                .bind("key", post.key())
                .bind("round", round)
                .bind("run", run.id())
                .execute();
    }

    private void seal(TakenPost post) {
        handle.createUpdate("UPDATE beckon_content.publish_run SET post = :post WHERE run_id = :run")
                .bind("post", vault.seal(post, run.scheduleUid(), run.runUid()))
                .bind("run", run.id())
                .execute();
    }
}
