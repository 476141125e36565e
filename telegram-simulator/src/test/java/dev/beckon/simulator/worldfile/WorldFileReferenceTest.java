package dev.beckon.simulator.worldfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.beckon.simulator.world.Fault;
import dev.beckon.simulator.world.WorldSeed;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/world-file.md is generated from the schema where it lists fields, and its example is a world. */
class WorldFileReferenceTest {
    private static final Path PAGE = Path.of("../docs/world-file.md");
    private static final String BEGIN = "-Dbeckon.update=true -->\n";
    private static final String END = "<!-- end of the generated part -->";

    @Test
    void theListedFieldsAreThoseOfTheSchema() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(end).isGreaterThanOrEqualTo(begin);
        String generated = tables();
        if (Boolean.getBoolean("beckon.update")) {
            Files.writeString(PAGE, page.substring(0, begin) + generated + page.substring(end));
        } else {
            assertThat(page.substring(begin, end))
                    .as("docs/world-file.md is stale: run the command that stands in it")
                    .isEqualTo(generated);
        }
    }

    @Test
    void theExampleIsAWorld() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
        WorldSeed seed = WorldFile.parse("example", page.substring(begin, page.indexOf("```", begin)));
        assertThat(seed.people()).hasSize(100_007);
        assertThat(seed.chats()).hasSize(2);
        assertThat(seed.floods()).hasSize(2);
        assertThat(seed.faults()).hasSize(2);
    }

    @Test
    void everyKindOfFaultIsExplained() throws IOException {
        String page = Files.readString(PAGE);
        for (Fault.Kind kind : Fault.Kind.values()) {
            assertThat(page).contains("| `" + EntryBinder.word(kind) + "` |");
        }
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        Deque<Class<?>> due = new ArrayDeque<>(List.of(WorldFileEntry.class));
        while (!due.isEmpty()) {
            Class<?> entry = due.removeFirst();
            text.append("\n### ")
                    .append(entry.equals(WorldFileEntry.class) ? "The file" : "`" + title(entry) + "`")
                    .append("\n\n| field | type | meaning |\n|---|---|---|\n");
            for (RecordComponent field : entry.getRecordComponents()) {
                Class<?> inner = innermost(field.getGenericType());
                text.append("| `%s` | %s | %s |%n"
                        .formatted(field.getName(), type(field.getGenericType()), meaning(entry, field)));
                if (inner.isRecord()) {
                    due.addLast(inner);
                }
            }
        }
        return text.append('\n').toString();
    }

    private static String title(Class<?> entry) {
        return entry.getAnnotation(JsonClassDescription.class).value();
    }

    private static String meaning(Class<?> entry, RecordComponent field) {
        try {
            return entry.getDeclaredField(field.getName())
                    .getAnnotation(JsonPropertyDescription.class)
                    .value();
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    /** What stands in the innermost brackets of {@code Optional<List<T>>}. */
    private static Class<?> innermost(Type type) {
        return type instanceof ParameterizedType p ? innermost(p.getActualTypeArguments()[0]) : (Class<?>) type;
    }

    private static String type(Type type) {
        boolean list = type.getTypeName().contains("java.util.List<");
        Class<?> inner = innermost(type);
        if (inner.isEnum()) {
            return Arrays.stream(inner.getEnumConstants())
                    .map(c -> "`" + EntryBinder.word((Enum<?>) c) + "`")
                    .collect(Collectors.joining(", "));
        }
        String name = inner.isRecord() ? "`" + title(inner) + "`" : word(inner);
        return list && !inner.isRecord() ? "list of " + name : name;
    }

    private static String word(Class<?> type) {
        if (type == Duration.class) {
            return "duration";
        }
        if (type == Instant.class) {
            return "time";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return type == String.class ? "text" : "number";
    }
}
