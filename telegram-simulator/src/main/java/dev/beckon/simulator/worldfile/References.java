package dev.beckon.simulator.worldfile;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Whom and what the names in a world file mean. */
final class References {
    private static final Pattern ALL = Pattern.compile("@?([A-Za-z]\\w*)\\*");
    private static final Pattern RANGE = Pattern.compile("@?([A-Za-z]\\w*)\\[(\\d{1,8})\\.\\.(\\d{1,8})]");

    private final Map<String, Long> people = new HashMap<>();
    private final Map<String, Generated> generated = new HashMap<>();
    private final Map<String, Long> chats = new HashMap<>();

    /** People of one {@code generate}; their ids are consecutive. */
    record Generated(long firstId, int count) {}

    /** @return false when the name is taken */
    boolean person(String name, long id) {
        return people.putIfAbsent(lower(name), id) == null;
    }

    boolean generated(String prefix, long firstId, int count) {
        return generated.putIfAbsent(lower(prefix), new Generated(firstId, count)) == null;
    }

    boolean chat(String name, long id) {
        return chats.putIfAbsent(lower(name), id) == null;
    }

    /** One person: {@code @name}, {@code +phone}, an id, or {@code guest7} of generated people. */
    OptionalLong person(String text) {
        Long id = people.get(lower(bare(text)));
        if (id != null) {
            return OptionalLong.of(id);
        }
        return generatedOne(bare(text));
    }

    private OptionalLong generatedOne(String name) {
        Matcher parts = Pattern.compile("(\\w*?)([1-9]\\d{0,7})").matcher(name);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        Generated group = generated.get(lower(parts.group(1)));
        int index = Integer.parseInt(parts.group(2));
        return group == null || index > group.count()
                ? OptionalLong.empty()
                : OptionalLong.of(group.firstId() + index - 1);
    }

    /** One person or many: also {@code guest*} and {@code guest[1..500]}. Empty when nobody is meant. */
    Optional<List<Long>> people(String text) {
        Matcher all = ALL.matcher(text);
        if (all.matches()) {
            return Optional.ofNullable(generated.get(lower(all.group(1)))).map(g -> range(g, 1, g.count()));
        }
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            int from = Integer.parseInt(range.group(2));
            int to = Integer.parseInt(range.group(3));
            return Optional.ofNullable(generated.get(lower(range.group(1))))
                    .filter(g -> 1 <= from && from <= to && to <= g.count())
                    .map(g -> range(g, from, to));
        }
        OptionalLong one = person(text);
        return one.isPresent() ? Optional.of(List.of(one.getAsLong())) : Optional.empty();
    }

    private static List<Long> range(Generated group, int from, int to) {
        return LongStream.rangeClosed(group.firstId() + from - 1, group.firstId() + to - 1)
                .boxed()
                .toList();
    }

    OptionalLong chat(String text) {
        Long id = chats.get(lower(bare(text)));
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }

    private static String bare(String text) {
        return text.startsWith("@") ? text.substring(1) : text;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
