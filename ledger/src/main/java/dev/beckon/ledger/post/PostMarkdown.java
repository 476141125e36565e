package dev.beckon.ledger.post;

import dev.beckon.ledger.post.ShownText.Span;
import dev.beckon.ledger.post.ShownText.Style;
import dev.beckon.ledger.post.ShownText.Style.Simple;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of Markdown that a Telegram post can show: {@code **bold**}, {@code __bold__}, {@code *italic*},
 * {@code _italic_}, {@code ~~struck~~}, {@code ||hidden||}, {@code `code`}, blocks of code between three backticks, and
 * {@code [text](address)}. A backslash takes the meaning from the punctuation mark behind it.
 *
 * <p>Nothing is ever wrong: what has no meaning here (a mark without its partner, headings, lists, images) stays as it was
 * written. White space and line ends stay too, unlike in a Markdown library, for a post has no paragraphs of its own.
 */
public final class PostMarkdown {
    private static final int LONGEST_URL = 2048;
    private static final Pattern URL = Pattern.compile("(?i)(?:https?|tg)://[^\\s/?#].*");
    private static final Pattern LANGUAGE_LINE = Pattern.compile("([A-Za-z0-9+#._-]*)\\r?\\n");
    private static final String FENCE = "```";

    /** The longer marks first: {@code **} is never two of {@code *}. */
    private enum Mark {
        STARS("**", Simple.BOLD),
        LINES("__", Simple.BOLD),
        TILDES("~~", Simple.STRIKETHROUGH),
        BARS("||", Simple.SPOILER),
        STAR("*", Simple.ITALIC),
        LINE("_", Simple.ITALIC);

        final String sign;
        final Simple style;

        Mark(String sign, Simple style) {
            this.sign = sign;
            this.style = style;
        }

        /** Underlines belong to words such as some_file_name. */
        boolean isPartOfWords() {
            return sign.charAt(0) == '_';
        }
    }

    private final String source;
    private final StringBuilder text = new StringBuilder();
    private final List<Span> spans = new ArrayList<>();

    private PostMarkdown(String source) {
        this.source = source;
    }

    /** The text without its markup. Time and memory grow with the length of the source and no faster. */
    public static ShownText read(String source) {
        PostMarkdown reader = new PostMarkdown(source);
        reader.read(0, source.length(), EnumSet.noneOf(Simple.class), false);
        return PostSpans.arrange(reader.text.toString(), reader.spans);
    }

    private void read(int from, int to, Set<Simple> within, boolean inLink) {
        Set<Mark> hopeless = new HashSet<>();
        int at = from;
        while (at < to) {
            int next = escaped(at, to);
            next = next > at ? next : code(at, to);
            next = next > at ? next : inLink ? at : link(at, to, within);
            next = next > at ? next : marked(at, to, within, inLink, hopeless);
            if (next == at) {
                text.append(source.charAt(at));
                next = at + 1;
            }
            at = next;
        }
    }

    // Each of these answers where to go on, or where it began when it isn't meant.

    private int escaped(int at, int to) {
        if (!isEscape(at, to)) {
            return at;
        }
        text.append(source.charAt(at + 1));
        return at + 2;
    }

    private boolean isEscape(int at, int to) {
        return source.charAt(at) == '\\' && at + 1 < to && isPunctuation(source.charAt(at + 1));
    }

    private static boolean isPunctuation(char c) {
        return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }

    private int code(int at, int to) {
        int end = codeEnd(at, to);
        if (end == at) {
            return at;
        }
        if (source.startsWith(FENCE, at)) {
            block(at + FENCE.length(), end - FENCE.length());
        } else {
            styled(Simple.CODE, () -> text.append(source, at + 1, end - 1));
        }
        return end;
    }

    /** Behind the closing backticks, or where it began when there is no code. */
    private int codeEnd(int at, int to) {
        if (source.charAt(at) != '`') {
            return at;
        }
        String sign = source.startsWith(FENCE, at) ? FENCE : "`";
        int begin = at + sign.length();
        int close = begin < to ? source.indexOf(sign, begin, to) : -1;
        return close > begin ? close + sign.length() : at;
    }

    private void block(int from, int to) {
        Matcher first = LANGUAGE_LINE.matcher(source).region(from, to);
        boolean named = first.lookingAt();
        String language = named ? first.group(1) : "";
        String lines = source.substring(named ? first.end() : from, to).stripTrailing();
        styled(new Style.Block(language), () -> text.append(lines));
    }

    private int link(int at, int to, Set<Simple> within) {
        if (source.charAt(at) != '[') {
            return at;
        }
        int close = linkTextEnd(at + 1, to);
        if (close <= at + 1 || close + 1 >= to || source.charAt(close + 1) != '(') {
            return at;
        }
        int end = addressEnd(close + 2, to);
        String url = end < 0 ? "" : source.substring(close + 2, end);
        if (!URL.matcher(url).matches()) {
            return at;
        }
        styled(new Style.Link(url), () -> read(at + 1, close, within, true));
        return end + 1;
    }

    private int linkTextEnd(int from, int to) {
        for (int at = from; at < to; at++) {
            if (isEscape(at, to)) {
                at++;
            } else if (source.charAt(at) == ']') {
                return at;
            } else if (source.charAt(at) == '[') {
                return -1;
            }
        }
        return -1;
    }

    /** Addresses have brackets in them, in pairs; the one too many ends the address. */
    private int addressEnd(int from, int to) {
        int open = 0;
        for (int at = from; at < Math.min(to, from + LONGEST_URL); at++) {
            char c = source.charAt(at);
            if (Character.isWhitespace(c)) {
                return -1;
            }
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open < 0) {
                return at;
            }
        }
        return -1;
    }

    private int marked(int at, int to, Set<Simple> within, boolean inLink, Set<Mark> hopeless) {
        Optional<Mark> found = opening(at, to);
        if (found.isEmpty()) {
            return at;
        }
        Mark mark = found.get();
        int begin = at + mark.sign.length();
        // Bold within bold shows nothing; without it the depth is bounded by the number of styles.
        int close = within.contains(mark.style) || hopeless.contains(mark) ? -1 : closing(mark, begin, to);
        if (close < 0) {
            // If this one has no partner up to the end, none behind it has: looking again would cost the square.
            hopeless.add(mark);
            text.append(mark.sign);
            return begin;
        }
        EnumSet<Simple> inside = EnumSet.of(mark.style);
        inside.addAll(within);
        styled(mark.style, () -> read(begin, close, inside, inLink));
        return close + mark.sign.length();
    }

    private Optional<Mark> opening(int at, int to) {
        for (Mark mark : Mark.values()) {
            int end = at + mark.sign.length();
            if (source.startsWith(mark.sign, at)) {
                boolean opens = end < to
                        && !Character.isWhitespace(source.charAt(end))
                        && !(mark.isPartOfWords() && isWord(at - 1));
                return opens ? Optional.of(mark) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private int closing(Mark mark, int from, int to) {
        int at = from;
        while (at < to) {
            int code = codeEnd(at, to);
            if (isEscape(at, to)) {
                at += 2;
            } else if (code > at) {
                at = code;
            } else if (source.startsWith(mark.sign, at)) {
                int run = run(at, to);
                // Of a longer run the last ones close: **bold *both***. An even run means nothing to a single mark.
                int close = at + run - mark.sign.length();
                boolean odd = mark.sign.length() == 2 || run % 2 == 1;
                if (odd && close >= at && close > from && closes(mark, at, at + run)) {
                    return close;
                }
                at += run;
            } else {
                at++;
            }
        }
        return -1;
    }

    private int run(int at, int to) {
        int end = at;
        while (end < to && source.charAt(end) == source.charAt(at)) {
            end++;
        }
        return end - at;
    }

    private boolean closes(Mark mark, int runBegin, int runEnd) {
        return !Character.isWhitespace(source.charAt(runBegin - 1)) && !(mark.isPartOfWords() && isWord(runEnd));
    }

    private boolean isWord(int at) {
        return at >= 0 && at < source.length() && Character.isLetterOrDigit(source.charAt(at));
    }

    private void styled(Style style, Runnable write) {
        int begin = text.length();
        write.run();
        if (text.length() > begin) {
            spans.add(new Span(style, begin, text.length() - begin));
        }
    }
}
