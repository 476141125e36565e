package dev.beckon.ledger.post;

import java.util.List;

/**
 * What a post says and how parts of it look. Offsets and lengths count UTF-16 units, as Telegram and Java do.
 *
 * @param text without markup, and without white space at its ends: Telegram cuts that off and would move the spans
 * @param spans ordered by offset, the longer first; two either lie apart or one within the other, and code and blocks of it
 *     lie within none, so that Telegram has nothing to rearrange
 */
public record ShownText(String text, List<Span> spans) {
    /**
     * The longest text of a post without an image. Telegram speaks of characters without saying which; UTF-16 units are
     * never fewer, so what fits here fits there.
     */
    public static final int LONGEST_TEXT = 4096;

    /** The longest text below an image. */
    public static final int LONGEST_CAPTION = 1024;

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

        default boolean isCode() {
            return this == Simple.CODE || this instanceof Block;
        }
    }

    /** @throws IllegalArgumentException when a span reaches out of the text */
    public ShownText {
        spans = List.copyOf(spans);
        for (Span span : spans) {
            if (span.offset() < 0 || span.length() < 1 || span.end() > text.length()) {
                throw new IllegalArgumentException("a span reaches out of a text of " + text.length() + " units");
            }
        }
    }

    /** For the log: not what the post says. */
    @Override
    public String toString() {
        return "ShownText[" + text.length() + " units, " + spans.size() + " spans]";
    }
}
