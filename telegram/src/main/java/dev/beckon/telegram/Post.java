package dev.beckon.telegram;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is published in a chat.
 *
 * @param text may be empty only with an image
 * @param image a JPEG, PNG or WebP file that stays where it is until Telegram took or refused the post; the text stands below it
 */
public record Post(PostText text, Optional<Path> image) {

    /** The same without any formatting. */
    public Post plain() {
        return new Post(text.plain(), image);
    }
}
