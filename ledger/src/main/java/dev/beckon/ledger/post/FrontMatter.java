package dev.beckon.ledger.post;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a post's file says of itself before its text: lines of {@code key: value} between two lines of {@code ---}.
 *
 * @param image the file of the picture above the text
 * @param text the rest of the file
 */
record FrontMatter(Optional<String> image, String text) {
    private static final Pattern WHOLE =
            Pattern.compile("---[ \\t]*\\n(.*?)(?:^)---[ \\t]*(?:\\n|\\z)(.*)", Pattern.DOTALL | Pattern.MULTILINE);
    /** What stands before the colon is told when it is not known, so it must not be half a text. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    /** A shell's way to name a file of the folder. */
    private static final String HERE = "./";

    private static final String IMAGE = "image";

    /**
     * Reads a file with line ends of {@code \n}.
     *
     * @throws PostFault naming file and line when the front matter says what no post has
     */
    static FrontMatter read(String file, String content) {
        Matcher whole = WHOLE.matcher(content);
        if (!whole.matches()) {
            return new FrontMatter(Optional.empty(), content);
        }
        Optional<String> image = Optional.empty();
        int number = 1;
        for (String line : whole.group(1).split("\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            // By hand: a pattern that may cut blanks off at either side of a value tries each pair of places, which of
            // a line of
            // blanks as long as a post may be takes hours.
            int colon = line.indexOf(':');
            String key = colon < 0 ? "" : trimmed(line.substring(0, colon), false);
            if (!KEY.matcher(key).matches()) {
                throw new PostFault("The post " + file + ", line " + number
                        + ": front matter is made of lines such as image: sun.png, between two lines of ---");
            }
            if (!key.equals(IMAGE)) {
                throw new PostFault(
                        "The post " + file + ", line " + number + ": front matter knows image: only, not " + key + ":");
            }
            image = Optional.of(fileName(unquoted(trimmed(line.substring(colon + 1), true))))
                    .filter(name -> !name.isEmpty());
        }
        return new FrontMatter(image, whole.group(2));
    }

    /** Without the blanks and tabs at its end, and at its beginning where these count for nothing. */
    private static String trimmed(String text, boolean atBoth) {
        int from = 0;
        int to = text.length();
        while (to > 0 && isBlank(text.charAt(to - 1))) {
            to--;
        }
        while (atBoth && from < to && isBlank(text.charAt(from))) {
            from++;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static String fileName(String value) {
        return value.startsWith(HERE) ? value.substring(HERE.length()) : value;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") || value.startsWith("'"))
                && value.endsWith(value.substring(0, 1));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
