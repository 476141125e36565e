package dev.beckon.simulator.worldfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Binds the YAML tree to the entries and says in a sentence what does not fit. */
final class EntryBinder {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(words())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private EntryBinder() {}

    /** What can be read; a value that does not fit is a problem and is left out, so that the others are judged as well. */
    static WorldFileEntry bind(YamlTree tree, Problems problems) {
        JsonNode rest = tree.root().deepCopy();
        while (true) {
            try {
                return MAPPER.treeToValue(rest, WorldFileEntry.class);
            } catch (JsonMappingException e) {
                String path = path(e);
                problems.unread(path, sentence(e), LeftOut.names(rest, e.getPath()));
                if (problems.isFull() || !LeftOut.leaveOut(rest, e.getPath())) {
                    problems.throwIfAny();
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree in memory can't be malformed", e);
            }
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference at : e.getPath()) {
            if (at.getFieldName() == null) {
                path.append('[').append(at.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(at.getFieldName());
            }
        }
        return path.toString();
    }

    private static String sentence(JsonMappingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "there is no such field; the fields here are " + names(unknown.getKnownPropertyIds());
            case InvalidFormatException wrong -> "'" + wrong.getValue() + "' " + wanted(wrong.getTargetType());
            default -> shape(e);
        };
    }

    private static String names(Collection<Object> known) {
        return known.stream().map(Objects::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return "is none of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(c -> word((Enum<?>) c))
                            .collect(Collectors.joining(", "));
        }
        if (type == Instant.class) {
            return "is no time: write it as 2026-10-05T09:00:00Z";
        }
        if (type == Duration.class) {
            return "is no duration: write it as 30s, 10m, 1h30m or 2d";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "is neither true nor false";
        }
        return "is no number";
    }

    private static String shape(JsonMappingException e) {
        String said = e.getOriginalMessage();
        if (said.contains("ArrayList") || said.contains("java.util.List")) {
            return "a list is wanted here: begin each item with '- '";
        }
        if (said.contains("Entry`")) {
            return "fields are wanted here, each as 'name: value'";
        }
        return "a single value is wanted here";
    }

    /** {@code BASIC_GROUP} is written {@code BasicGroup}. */
    static String word(Enum<?> constant) {
        return Arrays.stream(constant.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static SimpleModule words() {
        SimpleModule module = new SimpleModule();
        module.addDeserializer(Duration.class, new DurationWord());
        module.setDeserializerModifier(new BeanDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public JsonDeserializer<?> modifyEnumDeserializer(
                    DeserializationConfig config, JavaType type, BeanDescription bean, JsonDeserializer<?> usual) {
                return new EnumWord(type.getRawClass());
            }
        });
        return module;
    }

    private static final class EnumWord extends StdDeserializer<Object> {
        private static final long serialVersionUID = 1L;

        EnumWord(Class<?> type) {
            super(type);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString();
            for (Object constant : handledType().getEnumConstants()) {
                if (word((Enum<?>) constant).equals(text)) {
                    return constant;
                }
            }
            throw InvalidFormatException.from(parser, "no such word", text, handledType());
        }
    }

    private static final class DurationWord extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationWord() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString();
            return Durations.parse(text)
                    .orElseThrow(() -> InvalidFormatException.from(parser, "no duration", text, Duration.class));
        }
    }
}
