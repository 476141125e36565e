package dev.beckon.simulator.world;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a message says and shows.
 *
 * @param looks how parts of the text look, as the client told
 * @param picture above the text
 */
public record Content(
        String text,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Look> looks,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Picture> picture) {

    /**
     * How a part of a text looks.
     *
     * @param style {@code bold}, {@code italic}, {@code strikethrough}, {@code spoiler}, {@code code}, {@code block} or {@code link}
     * @param offset in UTF-16 units
     * @param argument a block's language, a link's address
     */
    public record Look(
            String style,
            int offset,
            int length,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> argument) {}

    /** An image, by what tells it from others. */
    public record Picture(String sha256, int bytes) {}

    public Content {
        looks = looks == null ? List.of() : List.copyOf(looks);
        picture = Objects.requireNonNullElse(picture, Optional.empty());
    }

    /** A text without looks and picture. */
    public static Content text(String text) {
        return new Content(text, List.of(), Optional.empty());
    }

    @Override
    public String toString() {
        return "Content[" + text.length() + " characters]";
    }
}
