package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.ledger.content.TakenPost;
import dev.beckon.ledger.post.PostReader;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.FormerPosts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A post is published when its chat shows it, and may be sent again only where the chat proves that it is not there. */
class PostEvidenceTest {
    private static final Instant OPENED = Instant.parse("2026-11-25T09:00:00Z");
    private static final Instant NOW = OPENED.plusSeconds(130);
    private static final TakenPost POST = new TakenPost("one", "**Good** morning\n\neveryone", true, Optional.empty());
    private static final TakenPost PICTURE =
            new TakenPost("one", "**Good** morning\n\neveryone", true, Optional.of("sun.png"));

    private static ChatPost seen(long id, Instant at, String text, boolean image) {
        return new ChatPost(id, at, text, image, Optional.of("https://t.me/ours/" + id));
    }

    private static PublishOutcome of(TakenPost post, Optional<Instant> until, Set<Long> others, ChatPost... history) {
        return PostEvidence.found(post, OPENED, List.of(history), others)
                .orElseGet(() -> PostEvidence.missing(post, OPENED, NOW, false, until, log(), others));
    }

    /** An event log that covers the intent. */
    private static Optional<FormerPosts> log(ChatPost... posts) {
        return Optional.of(new FormerPosts(OPENED.minusSeconds(30), List.of(posts)));
    }

    private static PublishOutcome missing(Optional<Instant> until, Optional<FormerPosts> log, Set<Long> others) {
        return PostEvidence.missing(POST, OPENED, NOW, false, until, log, others);
    }

    /** Without a link, as the event log shows it. */
    private static ChatPost was(long id, Instant at, String text) {
        return new ChatPost(id, at, text, false, Optional.empty());
    }

    private static PublishOutcome of(ChatPost... history) {
        return of(POST, Optional.empty(), Set.of(), history);
    }

    @Test
    void aPostThatIsThereIsPublished() {
        assertThat(of(seen(7, OPENED.plusSeconds(3), "Good morning\n\neveryone", false)))
                .isEqualTo(
                        new PublishOutcome.Published(7, "Good morning everyone", Optional.of("https://t.me/ours/7")));
    }

    @Test
    void telegramsOwnBlanksAndTheClocksDifferenceDoNotHideIt() {
        assertThat(of(seen(7, OPENED.minusSeconds(20), "Good\u00a0morning everyone\u200b", false)))
                .isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void whatIsNotThereMayBeSentAgainUntilItsDeadline() {
        assertThat(of()).isEqualTo(new PublishOutcome.NotSent(NOW));
        assertThat(of(POST, Optional.of(NOW), Set.of())).isEqualTo(new PublishOutcome.NotSent(NOW));
        assertThat(of(POST, Optional.of(NOW.minusSeconds(1)), Set.of()))
                .isInstanceOfSatisfying(
                        PublishOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("DeadlinePassed"));
    }

    @Test
    void anotherTextAnOlderPostAndOneWithAPictureAreOthers() {
        assertThat(of(
                        seen(7, OPENED, "Good evening everyone", false),
                        seen(6, OPENED.minusSeconds(31), "Good morning everyone", false),
                        seen(5, OPENED, "Good morning everyone", true)))
                .isInstanceOf(PublishOutcome.NotSent.class);
        assertThat(of(PICTURE, Optional.empty(), Set.of(), seen(5, OPENED, "Good morning everyone", true)))
                .isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void aPostThatIsKnownToBeAnotherRunsIsNotOurs() {
        assertThat(of(POST, Optional.empty(), Set.of(7L), seen(7, OPENED, "Good morning everyone", false)))
                .isInstanceOf(PublishOutcome.NotSent.class);
    }

    @Property
    void aPostIsRecognisedAsItIsSent(@ForAll String text) {
        TakenPost post = new TakenPost("one", text, true, Optional.empty());
        ChatPost there = seen(7, OPENED, PostReader.text(post).text(), false);
        assertThat(PostEvidence.found(post, OPENED, List.of(there), Set.of())).isPresent();
        assertThat(PostEvidence.missing(post, OPENED, NOW, false, Optional.empty(), log(there), Set.of()))
                .isInstanceOf(PublishOutcome.Published.class);
    }

    // ---- no more in the chat

    @Test
    void aPostThatTheEventLogShowsAsItWasIsPublished() {
        assertThat(missing(Optional.empty(), log(was(7, OPENED, "Good morning everyone")), Set.of()))
                .isEqualTo(new PublishOutcome.Published(7, "Good morning everyone", Optional.empty()));
    }

    @Test
    void aPostThatWasDeletedIsPublishedPastItsDeadlineAndByALogThatBeginsLate() {
        ChatPost deleted = was(7, OPENED.plusSeconds(1), "Good morning everyone");
        assertThat(missing(Optional.of(NOW.minusSeconds(1)), log(deleted), Set.of()))
                .isInstanceOf(PublishOutcome.Published.class);
        FormerPosts late = new FormerPosts(OPENED.plusSeconds(60), List.of(deleted));
        assertThat(missing(Optional.empty(), Optional.of(late), Set.of())).isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void whatElseTheEventLogShowsIsNotOurs() {
        Optional<FormerPosts> log = log(
                was(5, OPENED, "Good evening everyone"),
                was(6, OPENED.minusSeconds(31), "Good morning everyone"),
                was(7, OPENED, "Good morning everyone"),
                seen(8, OPENED, "Good morning everyone", true));
        assertThat(missing(Optional.empty(), log, Set.of(7L))).isEqualTo(new PublishOutcome.NotSent(NOW));
    }

    @Test
    void aRefusedPostMayBeSentAgainAlsoWithoutAnEventLogUnlessItShowsIt() {
        assertThat(PostEvidence.missing(POST, OPENED, NOW, true, Optional.empty(), Optional.empty(), Set.of()))
                .isEqualTo(new PublishOutcome.NotSent(NOW));
        assertThat(PostEvidence.missing(
                        POST,
                        OPENED,
                        NOW,
                        true,
                        Optional.empty(),
                        log(was(7, OPENED, "Good morning everyone")),
                        Set.of()))
                .isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void aPostIsFoundAlsoWhereTheEngineCleanedItAndThatIsOneEmoji() {
        TakenPost ring = new TakenPost("one", "Ba\u030at and Malmo\u0308", true, Optional.empty());
        assertThat(of(ring, Optional.empty(), Set.of(), seen(7, OPENED, "Bat and Malmö", false)))
                .isInstanceOf(PublishOutcome.Published.class);
        TakenPost emoji = new TakenPost("one", "\u2764\ufe0f", true, Optional.empty());
        assertThat(of(emoji, Optional.empty(), Set.of(), seen(7, OPENED, "\u2764", false)))
                .isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void withoutAnEventLogNobodyCanTellWhetherItWasDeleted() {
        PublishOutcome unknown = new PublishOutcome.Unknown(PostEvidence.NO_LOG);
        assertThat(missing(Optional.empty(), Optional.empty(), Set.of())).isEqualTo(unknown);
        assertThat(missing(Optional.of(NOW.minusSeconds(1)), Optional.empty(), Set.of()))
                .isEqualTo(unknown);
    }

    @Test
    void anEventLogThatBeginsAfterTheIntentProvesNothing() {
        FormerPosts late = new FormerPosts(OPENED.minusSeconds(29), List.of());
        assertThat(missing(Optional.empty(), Optional.of(late), Set.of()))
                .isEqualTo(new PublishOutcome.Unknown(PostEvidence.NO_LOG));
    }
}
