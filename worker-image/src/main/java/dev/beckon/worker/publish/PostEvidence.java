package dev.beckon.worker.publish;

import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.ledger.content.TakenPost;
import dev.beckon.telegram.ChatPost;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what became of a post whose answer nobody wrote down, from what its chat shows. */
final class PostEvidence {
    /** Our clock and Telegram's may differ by this much. */
    static final Duration CLOCK_SLACK = Duration.ofSeconds(30);

    static final String DEADLINE_PASSED = "DeadlinePassed";

    private PostEvidence() {}

    /**
     * From the chat's history since the intent: it is there, or it is proved not to be.
     *
     * @param openedAt when the intent was written
     * @param sendUntil when it may be sent again at the latest; absent: at any time
     * @param others messages of the chat that are known to be other posts
     */
    static PublishOutcome of(
            TakenPost post,
            Instant openedAt,
            Instant now,
            Optional<Instant> sendUntil,
            List<ChatPost> history,
            Set<Long> others) {
        String words = words(Posts.text(post).text());
        Optional<ChatPost> found = history.stream()
                .filter(message -> !message.at().isBefore(openedAt.minus(CLOCK_SLACK)))
                .filter(message -> !others.contains(message.messageId()))
                .filter(message -> message.image() == post.image().isPresent())
                .filter(message -> words(message.text()).equals(words))
                .min(Comparator.comparing(ChatPost::at));
        if (found.isPresent()) {
            return published(found.get());
        }
        return sendUntil.filter(now::isAfter).isPresent()
                ? new PublishOutcome.Failed(
                        DEADLINE_PASSED,
                        "It is not in the chat, and its deadline passed while nobody could tell whether it is")
                : new PublishOutcome.NotSent(now);
    }

    static PublishOutcome.Published published(ChatPost post) {
        return new PublishOutcome.Published(post.messageId(), start(post.text()), post.link());
    }

    /** In one line. */
    private static String start(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** Telegram cuts and replaces blanks and invisible characters: what is left is compared. */
    private static String words(String text) {
        StringBuilder words = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c) && !Character.isISOControl(c))
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(words::appendCodePoint);
        return words.toString();
    }
}
