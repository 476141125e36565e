package dev.beckon.ledger.post;

import java.util.Optional;

/**
 * A post that stands in a schedule itself. Printed without what it says.
 *
 * @param name its identity within the schedule; absent: a digest of text and image is
 * @param text with the part of Markdown that Telegram can show
 * @param image a file of {@link PostFiles}
 */
public record WrittenPost(Optional<String> name, String text, Optional<String> image) {
    @Override
    public String toString() {
        return "WrittenPost[" + name.orElse("") + "]";
    }
}
