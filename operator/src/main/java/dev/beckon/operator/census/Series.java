package dev.beckon.operator.census;

import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One line of a metric.
 *
 * @param values of the metric's labels, in their order
 */
record Series(Sum sum, List<String> values) {
    /** As our own words and those made of Telegram's are: what is none is no label. */
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Za-z0-9]{0,63}");

    private static final String OTHER = "Other";

    Series {
        if (values.size() != sum.labels().size()) {
            throw new IllegalArgumentException(sum + " has the labels " + sum.labels());
        }
        values = List.copyOf(values);
    }

    static Series of(Sum sum, String... values) {
        return new Series(sum, List.of(values));
    }

    /** A word of a status as a label; a status can be written by others too. */
    static String word(String text) {
        return text != null && WORD.matcher(text).matches() ? text : OTHER;
    }

    /** The same with a word that stands for all for which there is no room. */
    Series rest() {
        int last = values.size() - 1;
        return new Series(
                sum,
                IntStream.range(0, values.size())
                        .mapToObj(at -> at == last ? OTHER : values.get(at))
                        .toList());
    }

    List<Tag> tags() {
        return IntStream.range(0, values.size())
                .mapToObj(at -> Tag.of(sum.labels().get(at), values.get(at)))
                .toList();
    }
}
