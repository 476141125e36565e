package dev.beckon.demo.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What must not be found: a text, and what kind of thing it is. A text of fewer than six characters counts only as a word of
 * its own, and one of fewer than three, or of a few digits, not at all: they stand in any log by chance.
 */
record Needles(Map<String, String> kindByText) {
    private static final int SHORTEST = 6;
    private static final Pattern SHORT_WORD = Pattern.compile("\\p{L}{3,5}");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");
    private static final Set<String> PERSON_FIELDS = Set.of("phone", "username", "name", "firstName", "lastName");
    private static final Set<String> SECRET_KEYS =
            Set.of("password", "api-hash", "code", "bot-token", "token", "keys.json", "phone");

    /** The people of a world file: phones, names, usernames. */
    static Needles ofWorld(Path world) {
        Needles needles = new Needles(new LinkedHashMap<>());
        try {
            JsonNode people = new YAMLMapper().readTree(world.toFile()).path("people");
            for (JsonNode person : people) {
                person.properties().stream()
                        .filter(field -> PERSON_FIELDS.contains(field.getKey()))
                        .forEach(field -> needles.add(
                                "a person's " + field.getKey(), field.getValue().asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return needles;
    }

    /** Adds the values of all Secrets, as {@code kubectl get secrets -A -o json} prints them. */
    Needles withSecrets(String json) {
        try {
            for (JsonNode secret : new JsonMapper().readTree(json).get("items")) {
                for (Map.Entry<String, JsonNode> field : secret.path("data").properties()) {
                    if (SECRET_KEYS.contains(field.getKey())) {
                        String value = new String(
                                Base64.getDecoder().decode(field.getValue().asText()), StandardCharsets.UTF_8);
                        add("the key " + field.getKey() + " of a Secret", value.strip());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Adds what a campaign writes to people: each part of the template between its placeholders. */
    Needles withMessages(List<String> templates) {
        for (String template : templates) {
            Arrays.stream(template.split("\\{\\{[^}]*}}"))
                    .map(String::strip)
                    .filter(part -> part.length() > 2 * SHORTEST)
                    .forEach(part -> add("message text", part));
        }
        return this;
    }

    /** Without the names that the team's own accounts have as resources: they stand wherever the resource is spoken of. */
    Needles butFor(List<String> resources) {
        resources.forEach(kindByText::remove);
        return this;
    }

    /** The kinds of things that stand in a text. */
    Set<String> kindsIn(String text) {
        Set<String> words = Set.copyOf(Arrays.asList(NO_LETTER.split(text)));
        Set<String> kinds = new TreeSet<>();
        kindByText.forEach((needle, kind) -> {
            if (needle.length() >= SHORTEST ? text.contains(needle) : words.contains(needle)) {
                kinds.add(kind);
            }
        });
        return kinds;
    }

    private void add(String kind, String text) {
        String plain = text.startsWith("+") ? text.substring(1) : text;
        if (plain.length() >= SHORTEST || SHORT_WORD.matcher(plain).matches()) {
            kindByText.put(plain, kind);
        }
    }
}
