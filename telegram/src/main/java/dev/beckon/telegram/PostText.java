package dev.beckon.telegram;

import java.util.List;

/**
 * The text of a post and how parts of it look. Offsets and lengths count UTF-16 units, as Telegram and Java do.
 *
 * @param text without markup, and without white space at its ends: Telegram cuts that off and would move the spans
 * @param spans ordered by offset, the longer first; two either lie apart or one within the other, and code and blocks of it
 *     lie within none, so that Telegram has nothing to rearrange
 */
public record PostText(String text, List<Span> spans) {
    /** A part of the text, at least one unit long. */
    public record Span(Style style, int offset, int length) {
        public int end() {
            return offset + length;
        }
    }

    /** How a part looks. */
    public sealed interface Style {
        /** The looks that need no more than their name. */
        enum Simple implements Style {
            BOLD,
            ITALIC,
            STRIKETHROUGH,
            SPOILER,
            CODE
        }

        /** A block of code in lines of its own; its language may be empty. */
        record Block(String language) implements Style {}

        /** Opens an http, https or tg address. */
        record Link(String url) implements Style {}
    }

    /** @throws IllegalArgumentException when a span reaches out of the text */
    public PostText {
        spans = List.copyOf(spans);
        for (Span span : spans) {
            if (span.offset() < 0 || span.length() < 1 || span.end() > text.length()) {
                throw new IllegalArgumentException("a span reaches out of a text of " + text.length() + " units");
            }
        }
    }

    /** The same words without any formatting: what is left to try when Telegram refuses the formatting. */
    public PostText plain() {
        return new PostText(text, List.of());
    }

    /** For the log: not what the post says. */
    @Override
    public String toString() {
        return "PostText[" + text.length() + " units, " + spans.size() + " spans]";
    }
}
