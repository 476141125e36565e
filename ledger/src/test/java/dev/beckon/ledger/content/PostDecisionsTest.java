package dev.beckon.ledger.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.content.PostDecisions.Decided;
import dev.beckon.ledger.content.PublishRun.State;
import dev.beckon.ledger.content.PublishRuns.Turn;
import dev.beckon.ledger.report.AutopostReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A post of unknown outcome is published again on a person's word, with the operator's own rights, and only where nobody can tell. */
@Tag("integration")
class PostDecisionsTest {
    private static final PublishOutcome UNKNOWN = new PublishOutcome.Unknown("no answer");

    private final PublishFixture fixture = new PublishFixture();
    private final OperatorLedger operator = fixture.ledger.database.operatorLedger(fixture.ledger.clock);

    @AfterEach
    void close() {
        operator.close();
        fixture.close();
    }

    private Decided again(String post, String value) {
        return operator.postDecisions().publishAgain(fixture.schedule, post, value);
    }

    private AutopostReport report() {
        return operator.reports().autoposts(List.of(fixture.schedule)).get(fixture.schedule);
    }

    /** A run whose post is in one chat, refused by another, and of a third nobody knows. */
    private PublishRun unknown(String run) {
        PublishRun taken = fixture.take(run, "a", "b", "c");
        settle(taken, "@known", 1, PublishFixture.published(1));
        settle(taken, "@refused", 2, new PublishOutcome.Failed("ChatAdminRequired", "CHAT_ADMIN_REQUIRED"));
        settle(taken, "@unknown", 3, UNKNOWN);
        assertThat(fixture.runs().end(fixture.lease, taken)).contains(State.Complete);
        return taken;
    }

    private void settle(PublishRun run, String target, long chat, PublishOutcome outcome) {
        fixture.publications().settle(fixture.lease, fixture.opened(run, target, fixture.ledger.chat + chat), outcome);
    }

    private Turn turn(PublishRun run, TakenPost... posts) {
        return fixture.runs().turn(fixture.lease, run, List.of(posts), false, left -> 0);
    }

    private static TakenPost post(String key, String text) {
        return new TakenPost(key, text, true, Optional.empty());
    }

    @Test
    void itsRunGoesOnWithThePostAsItIsWrittenNowWhereNobodyCanTell() {
        unknown("r1");
        assertThat(report().outcomeUnknown()).isEqualTo(1);
        assertThat(report().unknownPosts()).containsExactly("a");

        assertThat(again("a", "a")).isEqualTo(new Decided.Again(1));

        assertThat(report().outcomeUnknown()).isZero();
        assertThat(report().unknownPosts()).isEmpty();
        assertThat(report().unfinished())
                .singleElement()
                .satisfies(run -> assertThat(run.runUid()).isEqualTo("r1"));
        PublishRun begun = fixture.begin("r1");
        assertThat(begun.again()).isTrue();
        PublishRun run = ((Turn.Taken) turn(begun, post("b", "B"), post("a", "Edited"))).run();
        assertThat(run.post().orElseThrow().source()).isEqualTo("Edited");
        assertThat(List.of("@known", "@refused", "@unknown", "@added since"))
                .filteredOn(target -> fixture.publications().isDue(run, target))
                .containsExactly("@unknown");

        settle(run, "@unknown", 3, PublishFixture.published(7));
        assertThat(fixture.runs().end(fixture.lease, run)).contains(State.Complete);
        assertThat(report().published()).isEqualTo(2);
        assertThat(fixture.begin("r1").state()).isEqualTo(State.Complete);
        // It had its turn: the next one is another post's.
        assertThat(((Turn.Taken) turn(fixture.begin("r2"), post("a", "A"), post("b", "B")))
                        .run()
                        .post()
                        .orElseThrow()
                        .key())
                .isEqualTo("b");
    }

    @Test
    void whileItsRunGoesOnItIsNotPublishedAgainForItsWorkerMaySendItYet() {
        PublishRun run = fixture.take("r1", "a");
        settle(run, "@unknown", 3, UNKNOWN);
        assertThat(again("a", "a")).isEqualTo(new Decided.RunGoesOn());
        assertThat(fixture.publications().isDue(run, "@unknown")).isFalse();
        assertThat(report().unknownPosts()).containsExactly("a");

        assertThat(fixture.runs().end(fixture.lease, run)).contains(State.Complete);
        assertThat(again("a", "a")).as("the word was not used up").isEqualTo(new Decided.Again(1));
    }

    @Test
    void eachValueWorksOnceAndAnotherWordIsAnotherDecision() {
        unknown("r1");
        assertThat(again("a", "a")).isEqualTo(new Decided.Again(1));
        PublishRun run = ((Turn.Taken) turn(fixture.begin("r1"), post("a", "A"))).run();
        settle(run, "@unknown", 3, UNKNOWN);
        fixture.runs().end(fixture.lease, run);

        assertThat(again("a", "a")).isEqualTo(new Decided.UsedBefore());
        assertThat(report().outcomeUnknown()).isEqualTo(1);
        assertThat(again("a", "a/once-more")).isEqualTo(new Decided.Again(1));
    }

    @Test
    void aPostWhoseOutcomeIsKnownIsNotPublishedAgainAndTheValueIsUsed() {
        assertThat(again("a", "a")).isEqualTo(new Decided.NotUnknown());
        fixture.publish("r1", "a", "b");
        assertThat(again("a", "a")).isEqualTo(new Decided.NotUnknown());
        assertThat(again("a", "a")).isEqualTo(new Decided.UsedBefore());
        assertThat(report().unfinished()).isEmpty();
    }

    /** {@code concurrencyPolicy: Replace}: the runs after it have their own posts, and the value is used up. */
    @Test
    void noLaterRunTakesThePlaceOfOneThatAPersonWantsPublishedAgain() {
        unknown("r1");
        again("a", "a");
        assertThat(report().unfinished())
                .singleElement()
                .satisfies(run -> assertThat(run.again()).isTrue());
        PublishRun later = fixture.begin("r2");
        assertThat(fixture.runs().replaceEarlier(fixture.lease, later, "none")).isTrue();

        PublishRun run = ((Turn.Taken) turn(fixture.begin("r1"), post("a", "A"))).run();
        assertThat(fixture.publications().isDue(run, "@unknown")).isTrue();
        assertThat(report().outcomeUnknown()).isZero();
        settle(run, "@unknown", 3, PublishFixture.published(7));
        assertThat(fixture.runs().end(fixture.lease, run)).contains(State.Complete);
        assertThat(report().unfinished()).noneMatch(AutopostReport.Run::again);
    }

    @Test
    void aPostThatIsGoneStaysUnknown() {
        unknown("r1");
        again("a", "a");
        PublishRun run = fixture.begin("r1");
        assertThat(turn(run, post("b", "B"))).isEqualTo(new Turn.Gone("a"));
        assertThat(fixture.runs().end(fixture.lease, run)).contains(State.Complete);
        assertThat(report().outcomeUnknown()).isEqualTo(1);
        assertThat(report().unknownPosts()).containsExactly("a");
    }

    @Test
    void aTargetThatWasTakenOutSinceGetsNothingAndIsNoReasonToWait() {
        unknown("r1");
        again("a", "a");
        PublishRun run = ((Turn.Taken) turn(fixture.begin("r1"), post("a", "A"))).run();
        assertThat(fixture.runs().end(fixture.lease, run)).contains(State.Running);
        assertThat(fixture.runs().end(fixture.lease, run, List.of("@known", "@refused")))
                .contains(State.Complete);
        assertThat(report().unknownPosts()).containsExactly("a");
    }
}
