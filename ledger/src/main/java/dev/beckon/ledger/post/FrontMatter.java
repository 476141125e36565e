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
    private static final Pattern LINE = Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,39})[ \\t]*:[ \\t]*(.*?)[ \\t]*");

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
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new PostFault("The post " + file + ", line " + number
                        + ": front matter is made of lines such as image: sun.png, between two lines of ---");
            }
            if (!parts.group(1).equals(IMAGE)) {
                throw new PostFault("The post " + file + ", line " + number + ": front matter knows image: only, not "
                        + parts.group(1) + ":");
            }
            image = Optional.of(fileName(unquoted(parts.group(2)))).filter(name -> !name.isEmpty());
        }
        return new FrontMatter(image, whole.group(2));
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
