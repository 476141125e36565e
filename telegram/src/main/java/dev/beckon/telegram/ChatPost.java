package dev.beckon.telegram;

import java.time.Instant;
import java.util.Optional;

/**
 * A post as it stands in a chat; what it says is never printed.
 *
 * @param text without formatting; below an image its caption. It may differ from what was sent, see {@link Words}
 * @param link opens it: for everybody in a public chat, for members in a private one; absent where Telegram has none
 */
public record ChatPost(long messageId, Instant at, String text, boolean image, Optional<String> link) {
    @Override
    public String toString() {
        return "ChatPost[" + messageId + ", at=" + at + "]";
    }
}
