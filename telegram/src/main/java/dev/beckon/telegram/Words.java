package dev.beckon.telegram;

import java.text.Normalizer;
import java.util.function.IntPredicate;

/**
 * Whether a text that stands in a chat is one that was sent. TDLib cleans what it sends, Telegram may compose accents, and both cut and
 * replace blanks: what neither touches is compared. Two texts that differ in nothing else are taken for one: mistaking another message for
 * ours costs a message, the other way round one is sent twice.
 */
public final class Words {
    private static final int COMBINING_RING = 0x030A;
    private static final int COMBINING_DOUBLE_LOW_LINE = 0x0333;
    private static final int COMBINING_DOUBLE_OVERLINE = 0x033F;
    private static final int FIRST_SEPARATOR = 0x2028;
    private static final int LAST_OVERRIDE = 0x202E;

    /** Ask for an emoji as text or picture; which of the two is shown is the reader's application's matter. */
    private static final int TEXT_STYLE = 0xFE0E;

    private static final int PICTURE_STYLE = 0xFE0F;

    private Words() {}

    /**
     * Whether both say the same.
     *
     * @param sent as it was given to the engine
     * @param shown as the engine shows it in a chat
     */
    public static boolean same(String sent, String shown) {
        return of(sent).equals(of(shown));
    }

    /** What is compared of a text. Of two that are the same, this is equal. */
    public static String of(String text) {
        // Twice: what is left out may part accents that are put in order without it, and a composed letter may have a
        // ring.
        return kept(Normalizer.normalize(kept(text), Normalizer.Form.NFD));
    }

    private static String kept(String text) {
        return without(text, c -> isStripped(c) || isBlank(c) || isStyle(c));
    }

    /**
     * A text as TDLib sends it: control characters are blanks, and some characters that deface what stands around them are left out, among them
     * the ring of an å that is written as a letter and a ring.
     *
     * <p>Source: TDLib's {@code clean_input_string}.
     */
    public static String cleaned(String text) {
        StringBuilder blanked = new StringBuilder(text.length());
        text.codePoints().map(c -> c < ' ' && c != '\n' && c != '\r' ? ' ' : c).forEach(blanked::appendCodePoint);
        return without(blanked.toString(), Words::isStripped);
    }

    private static String without(String text, IntPredicate which) {
        StringBuilder left = new StringBuilder(text.length());
        text.codePoints().filter(which.negate()).forEach(left::appendCodePoint);
        return left.toString();
    }

    private static boolean isStripped(int c) {
        return c == '\r'
                || c == COMBINING_RING
                || c == COMBINING_DOUBLE_LOW_LINE
                || c == COMBINING_DOUBLE_OVERLINE
                || (c >= FIRST_SEPARATOR && c <= LAST_OVERRIDE);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isStyle(int c) {
        return c == TEXT_STYLE || c == PICTURE_STYLE;
    }
}
