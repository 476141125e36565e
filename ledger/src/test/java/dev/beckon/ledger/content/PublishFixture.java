package dev.beckon.ledger.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.Lease;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A schedule with an account that holds its lease, and the steps of a run. */
final class PublishFixture implements AutoCloseable {
    static final OptionalInt UNCOUNTED = OptionalInt.empty();

    final LedgerFixture ledger = new LedgerFixture();
    final Lease lease = ledger.lease(ledger.account());
    final String schedule = LedgerFixture.uid();

    PublishRuns runs() {
        return ledger.ledger.publishRuns();
    }

    Publications publications() {
        return ledger.ledger.publications();
    }

    PublishRuns.Run run(String uid) {
        return new PublishRuns.Run(uid, schedule, "team", "morning");
    }

    PublishRun begin(String uid) {
        return runs().begin(lease, run(uid)).orElseThrow();
    }

    static List<TakenPost> posts(String... keys) {
        return Arrays.stream(keys)
                .map(key -> new TakenPost(key, "Text of " + key, true, Optional.empty()))
                .toList();
    }

    /** Begins a run and gives it the next post. */
    PublishRun take(String uid, String... keys) {
        PublishRuns.Turn turn = runs().turn(lease, begin(uid), posts(keys), false, left -> 0);
        assertThat(turn).isInstanceOf(PublishRuns.Turn.Taken.class);
        return ((PublishRuns.Turn.Taken) turn).run();
    }

    Opening open(PublishRun run, String target, long chatId) {
        return publications().open(lease, new Publications.Wish(run, target, chatId, UNCOUNTED));
    }

    Publication opened(PublishRun run, String target, long chatId) {
        Opening opening = open(run, target, chatId);
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        return ((Opening.Opened) opening).intent();
    }

    /** A run from its beginning to its end, with one target. */
    void publish(String uid, String... keys) {
        PublishRun run = take(uid, keys);
        Publication intent = opened(run, "@ours", ledger.chat);
        assertThat(publications().settle(lease, intent, published(1))).isTrue();
        assertThat(runs().end(lease, run)).contains(PublishRun.State.Complete);
    }

    static PublishOutcome published(long messageId) {
        return new PublishOutcome.Published(messageId, "Text", Optional.of("https://t.me/ours/" + messageId));
    }

    @Override
    public void close() {
        ledger.close();
    }
}
