package dev.beckon.ledger.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.content.PublishRun.State;
import dev.beckon.ledger.content.PublishRuns.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose turn a post is: each once a round, and for good. */
@Tag("integration")
class PublishRunsTest {
    private final PublishFixture fixture = new PublishFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String keyOf(Turn turn) {
        return ((Turn.Taken) turn).run().post().orElseThrow().key();
    }

    private Turn turn(String run, boolean repeat, String... keys) {
        return fixture.runs().turn(fixture.lease, fixture.begin(run), PublishFixture.posts(keys), repeat, left -> 0);
    }

    @Test
    void postsHaveTheirTurnsInOrderAndThenThereIsNone() {
        assertThat(keyOf(turn("r1", false, "a", "b"))).isEqualTo("a");
        assertThat(keyOf(turn("r2", false, "a", "b"))).isEqualTo("b");
        assertThat(turn("r3", false, "a", "b")).isEqualTo(new Turn.Exhausted());
    }

    @Test
    void aNewPostHasItsTurnWhereverItIsPut() {
        turn("r1", false, "b", "c");
        assertThat(keyOf(turn("r2", false, "a", "b", "c"))).isEqualTo("a");
        assertThat(keyOf(turn("r3", false, "a", "b", "c"))).isEqualTo("c");
    }

    @Test
    void aRunThatIsContinuedKeepsThePostAsItWasAtItsTurn() {
        turn("r1", false, "a", "b");
        List<TakenPost> edited = List.of(new TakenPost("a", "Edited", true, Optional.empty()));
        Turn again = fixture.runs().turn(fixture.lease, fixture.begin("r1"), edited, false, left -> 0);
        assertThat(((Turn.Taken) again).run().post().orElseThrow().source()).isEqualTo("Text of a");
    }

    @Test
    void everyPostIsUsedOnceInEachRoundInWhateverOrderTheyAreDrawn() {
        Random random = new Random(7);
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            PublishRun run = fixture.begin("r" + i);
            drawn.add(keyOf(fixture.runs()
                    .turn(fixture.lease, run, PublishFixture.posts("a", "b", "c", "d"), true, random::nextInt)));
        }
        for (int round = 0; round < 3; round++) {
            assertThat(drawn.subList(4 * round, 4 * round + 4)).containsExactlyInAnyOrder("a", "b", "c", "d");
        }
        Set<List<String>> orders =
                new HashSet<>(List.of(drawn.subList(0, 4), drawn.subList(4, 8), drawn.subList(8, 12)));
        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void aRunThatReachedNoTargetGivesItsPostBack() {
        PublishRun run = fixture.take("r1", "a", "b");
        PublishOutcome.Failed failed = new PublishOutcome.Failed("ChatAdminRequired", "CHAT_ADMIN_REQUIRED");
        assertThat(fixture.publications().failUnsent(fixture.lease, run, "@ours", failed))
                .isTrue();
        assertThat(fixture.runs().end(fixture.lease, run)).contains(State.Failed);
        assertThat(keyOf(turn("r2", false, "a", "b"))).isEqualTo("a");
    }

    @Test
    void aRunWithAnUnknownOutcomeKeepsItsPost() {
        PublishRun run = fixture.take("r1", "a", "b");
        Publication intent = fixture.opened(run, "@ours", fixture.ledger.chat);
        fixture.publications().settle(fixture.lease, intent, new PublishOutcome.Unknown("no answer"));
        assertThat(fixture.runs().end(fixture.lease, run)).contains(State.Complete);
        assertThat(keyOf(turn("r2", false, "a", "b"))).isEqualTo("b");
    }

    @Test
    void aRunIsNotEndedWhileItsPostIsInFlight() {
        PublishRun run = fixture.take("r1", "a");
        fixture.opened(run, "@ours", fixture.ledger.chat);
        assertThat(fixture.runs().end(fixture.lease, run)).contains(State.Running);
        assertThat(fixture.runs().fails(fixture.lease, run, "Whatever", "No.")).isTrue();
        assertThat(fixture.begin("r1").post()).isPresent();
    }

    @Test
    void aCompleteRunStaysComplete() {
        fixture.publish("r1", "a", "b");
        PublishRun again = fixture.begin("r1");
        assertThat(again.state()).isEqualTo(State.Complete);
        assertThat(again.post()).isEmpty();
    }

    @Test
    void aFailedRunBeginsAnew() {
        PublishRun run = fixture.take("r1", "a");
        fixture.publications()
                .failUnsent(fixture.lease, run, "@ours", new PublishOutcome.Failed("ChatNotFound", "no chat"));
        fixture.runs().end(fixture.lease, run);
        PublishRun again = fixture.take("r1", "a");
        assertThat(again.state()).isEqualTo(State.Running);
        assertThat(fixture.publications().isDue(again, "@ours")).isTrue();
        assertThat(fixture.open(again, "@ours", fixture.ledger.chat)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void aWaitIsToldUntilTheRunGoesOn() {
        PublishRun run = fixture.begin("r1");
        Instant next = Instant.parse("2026-11-24T09:00:00Z");
        assertThat(fixture.runs().waits(fixture.lease, run, Optional.of(next), Optional.of("FloodWait")))
                .isTrue();
        assertThat(fixture.begin("r1").state()).isEqualTo(State.Running);
    }

    private boolean replaced(PublishRun by) {
        return fixture.runs().replaceEarlier(fixture.lease, by, fixture.schedule + "-now-");
    }

    private State stateOf(String run) {
        return fixture.runs().find(fixture.run(run)).orElseThrow().state();
    }

    @Test
    void aReplacedRunThatReachedNoChatGivesItsPostToTheOneInItsPlace() {
        fixture.take("r1", "a", "b");
        assertThat(replaced(fixture.begin("r2"))).isTrue();
        assertThat(stateOf("r1")).isEqualTo(State.Failed);
        assertThat(keyOf(turn("r2", false, "a", "b"))).isEqualTo("a");
    }

    @Test
    void oneThatReachedAChatKeepsItsPostAndSendsItNowhereElse() {
        PublishRun run = fixture.take("r1", "a", "b");
        fixture.publications()
                .settle(fixture.lease, fixture.opened(run, "@ours", fixture.ledger.chat), PublishFixture.published(1));
        Publication other = fixture.opened(run, "@theirs", LedgerFixture.number());
        fixture.publications().settle(fixture.lease, other, new PublishOutcome.NotSent(Instant.EPOCH));
        assertThat(fixture.publications().isDue(run, "@theirs")).isTrue();
        assertThat(replaced(fixture.begin("r2"))).isTrue();
        assertThat(stateOf("r1")).isEqualTo(State.Complete);
        assertThat(fixture.publications().isDue(run, "@theirs")).isFalse();
        assertThat(fixture.publications().failures(run)).singleElement().satisfies(failure -> {
            assertThat(failure.target()).isEqualTo(TargetKeys.of("@theirs"));
            assertThat(failure.why().reason()).isEqualTo("Replaced");
        });
        assertThat(keyOf(turn("r2", false, "a", "b"))).isEqualTo("b");
    }

    @Test
    void aReplacedPostInFlightIsSettledAndNotSentAgain() {
        PublishRun run = fixture.take("r1", "a", "b");
        Publication open = fixture.opened(run, "@ours", fixture.ledger.chat);
        PublishRun by = fixture.begin("r2");
        assertThat(replaced(by)).isTrue();
        assertThat(stateOf("r1")).isEqualTo(State.Running);
        assertThat(keyOf(turn("r2", false, "a", "b"))).isEqualTo("b");
        // The chat's history proves that it is not there: another run would send it once more.
        fixture.publications().settle(fixture.lease, open, new PublishOutcome.NotSent(Instant.EPOCH));
        assertThat(replaced(by)).isTrue();
        assertThat(stateOf("r1")).isEqualTo(State.Failed);
        assertThat(fixture.publications().isDue(run, "@ours")).isFalse();
        assertThat(keyOf(turn("r3", false, "a", "b"))).isEqualTo("a");
    }

    @Test
    void neitherLaterRunsNorThoseThatAPersonAskedForAreReplaced() {
        String asked = fixture.schedule + "-now-monday";
        fixture.take(asked, "a", "b");
        PublishRun by = fixture.begin("r2");
        fixture.take("r3", "a", "b");
        assertThat(replaced(by)).isTrue();
        assertThat(fixture.begin(asked).post()).isPresent();
        assertThat(fixture.begin("r3").post()).isPresent();
    }

    @Test
    void twoSchedulesWithPostsOfTheSameNamesDoNotMeet() {
        fixture.take("r1", "a");
        try (PublishFixture other = new PublishFixture()) {
            assertThat(other.take("r1", "a").post()).isPresent();
        }
    }

    @Test
    void withoutTheLeaseNothingIsWritten() {
        PublishRun run = fixture.begin("r1");
        Lease lost = fixture.lease;
        fixture.ledger.ledger.leases().release(lost);
        assertThat(fixture.runs().begin(lost, fixture.run("r2"))).isEmpty();
        assertThat(fixture.runs().turn(lost, run, PublishFixture.posts("a"), false, left -> 0))
                .isEqualTo(new Turn.LeaseLost());
        assertThat(fixture.runs().end(lost, run)).isEmpty();
        assertThat(fixture.runs().fails(lost, run, "X", "x")).isFalse();
        assertThat(fixture.runs().replaceEarlier(lost, run, "none")).isFalse();
        assertThat(fixture.runs().waits(lost, run, Optional.empty(), Optional.empty()))
                .isFalse();
        assertThat(fixture.open(run, "@ours", LedgerFixture.number())).isEqualTo(new Opening.LeaseLost());
    }
}
