package dev.beckon.leakscan;

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
public final class Needles {
    private static final int SHORTEST = 6;
    private static final Pattern SHORT_WORD = Pattern.compile("\\p{L}{3,5}");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");
    private static final Set<String> PERSON_FIELDS = Set.of("phone", "username", "name", "firstName", "lastName");
    private static final Set<String> SECRET_KEYS =
            Set.of("password", "api-hash", "code", "bot-token", "token", "keys.json", "phone");

    private final Map<String, String> kindByText = new LinkedHashMap<>();

    /** None yet, but for what is a secret wherever it stands: a token of Kubernetes begins so. */
    public Needles() {
        kindByText.put("eyJhbGciOi", "a token of Kubernetes");
    }

    /** Adds the people of a world file: phones, names, usernames. @return this */
    public Needles withWorld(Path world) {
        try {
            JsonNode people = new YAMLMapper().readTree(world.toFile()).path("people");
            for (JsonNode person : people) {
                person.properties().stream()
                        .filter(field -> PERSON_FIELDS.contains(field.getKey()))
                        .forEach(field -> add(
                                "a person's " + field.getKey(), field.getValue().asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Adds a text of a kind. @return this */
    public Needles with(String kind, String text) {
        add(kind, text);
        return this;
    }

    /** Adds the values of all Secrets, as {@code kubectl get secrets -A -o json} prints them. */
    public Needles withSecrets(String json) {
        try {
            for (JsonNode secret : new JsonMapper().readTree(json).get("items")) {
                for (Map.Entry<String, JsonNode> field : secret.path("data").properties()) {
                    withSecretValue(
                            field.getKey(),
                            new String(
                                    Base64.getDecoder().decode(field.getValue().asText()), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Adds a value of a Secret, if what stands under such a key is one; of a document of keys each key. @return this */
    public Needles withSecretValue(String key, String value) {
        if (SECRET_KEYS.contains(key)) {
            String kind = "the key " + key + " of a Secret";
            add(kind, value.strip());
            if (value.strip().startsWith("{")) {
                // As Tink writes its keysets.
                read(value).findValuesAsText("value").forEach(each -> add(kind, each));
            }
        }
        return this;
    }

    private static JsonNode read(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds what a campaign writes to people: each part of the template between its placeholders. */
    public Needles withMessages(List<String> templates) {
        for (String template : templates) {
            Arrays.stream(template.split("\\{\\{[^}]*}}"))
                    .map(String::strip)
                    .filter(part -> part.length() > 2 * SHORTEST)
                    .forEach(part -> add("message text", part));
        }
        return this;
    }

    /** Without the names that the team's own accounts have as resources: they stand wherever the resource is spoken of. */
    public Needles butFor(List<String> resources) {
        resources.forEach(kindByText::remove);
        return this;
    }

    /** The kinds of things that stand in a text. */
    public Set<String> kindsIn(String text) {
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
