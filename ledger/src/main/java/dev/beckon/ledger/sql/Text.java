package dev.beckon.ledger.sql;

/** Text that must fit a column. */
public final class Text {
    private Text() {}

    /** The beginning of the text, at most {@code max} characters, never half a surrogate pair. */
    public static String bounded(String text, int max) {
        if (text == null || text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }
}
