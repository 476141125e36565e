package dev.beckon.operator.schedule;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads the five fields of a cron text as {@code robfig/cron} v3 does, the library of Kubernetes' CronJob controller
 * (parser.go): the same texts are taken, the same refused. Pure.
 */
final class CronText {
    private static final Map<String, Integer> MONTHS = names(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
            .offset(1);
    private static final Map<String, Integer> DAYS =
            names("sun", "mon", "tue", "wed", "thu", "fri", "sat").offset(0);

    private static final Map<String, String> SHORTHANDS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private static final List<Bounds> FIELDS = List.of(
            new Bounds("minute", 0, 59, Map.of()),
            new Bounds("hour", 0, 23, Map.of()),
            new Bounds("day of month", 1, 31, Map.of()),
            new Bounds("month", 1, 12, MONTHS),
            new Bounds("day of week", 0, 6, DAYS));

    private CronText() {}

    private record Bounds(String name, int min, int max, Map<String, Integer> names) {}

    private record Names(List<String> words) {
        Map<String, Integer> offset(int first) {
            return IntStream.range(0, words.size())
                    .boxed()
                    .collect(java.util.stream.Collectors.toUnmodifiableMap(words::get, index -> index + first));
        }
    }

    private static Names names(String... words) {
        return new Names(List.of(words));
    }

    /**
     * The values of a field.
     *
     * @param bits one per value
     * @param any whether it was written as {@code *} or {@code ?}, which decides how the two fields of days go together
     */
    record Field(long bits, boolean any) {
        boolean has(int value) {
            return (bits >>> value & 1) == 1;
        }
    }

    /** @throws IllegalArgumentException with a sentence that names the field */
    static List<Field> parse(String text) {
        String known = SHORTHANDS.getOrDefault(text, text);
        if (known.startsWith("@") || known.contains("TZ")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is none of @hourly, @daily, @weekly, @monthly and @yearly;"
                            + " a time zone belongs in its own field");
        }
        List<String> words = List.of(known.strip().split("\\s+"));
        if (words.size() != FIELDS.size()) {
            throw new IllegalArgumentException("'" + text + "' has " + words.size()
                    + " fields: minute, hour, day of month, month and day of week are needed");
        }
        return IntStream.range(0, FIELDS.size())
                .mapToObj(index -> field(words.get(index), FIELDS.get(index)))
                .toList();
    }

    private static Field field(String text, Bounds bounds) {
        long bits = 0;
        boolean any = false;
        for (String part : text.split(",")) {
            // As the library does: an empty part is passed over.
            if (!part.isEmpty()) {
                Field range = range(part, bounds);
                bits |= range.bits;
                any |= range.any;
            }
        }
        return new Field(bits, any);
    }

    private static Field range(String text, Bounds bounds) {
        String[] rangeAndStep = text.split("/", -1);
        String[] ends = rangeAndStep[0].split("-", -1);
        require(rangeAndStep.length <= 2, bounds, text, "has more than one /");
        require(ends.length <= 2, bounds, text, "has more than one -");
        boolean star = ends[0].equals("*") || ends[0].equals("?");
        int start = star ? bounds.min : value(ends[0], bounds, text);
        int end = star ? bounds.max : ends.length == 2 ? value(ends[1], bounds, text) : start;
        int step = 1;
        if (rangeAndStep.length == 2) {
            step = number(rangeAndStep[1], bounds, text);
            // "5/15" is from 5 on, every 15.
            end = ends.length == 1 ? bounds.max : end;
        }
        require(start >= bounds.min, bounds, text, "begins below " + bounds.min);
        require(start <= bounds.max, bounds, text, (ends.length == 1 ? "is above " : "begins above ") + bounds.max);
        require(end <= bounds.max, bounds, text, "ends above " + bounds.max);
        require(start <= end, bounds, text, "ends before it begins");
        require(step > 0, bounds, text, "has a step of 0");
        long bits = 0;
        for (int value = start; value <= end; value += step) {
            bits |= 1L << value;
        }
        return new Field(bits, star && step == 1);
    }

    private static int value(String text, Bounds bounds, String part) {
        Integer named = bounds.names.get(text.toLowerCase(Locale.ROOT));
        return named != null ? named : number(text, bounds, part);
    }

    private static int number(String text, Bounds bounds, String part) {
        require(text.matches("[0-9]{1,9}"), bounds, part, "is no number" + (bounds.names.isEmpty() ? "" : " or name"));
        return Integer.parseInt(text);
    }

    private static void require(boolean holds, Bounds bounds, String text, String what) {
        if (!holds) {
            throw new IllegalArgumentException("the " + bounds.name + " '" + text + "' " + what);
        }
    }
}
