package dev.beckon.leakscan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What must not be found: a text, and what kind of thing it is. A text of fewer than six characters counts only as a word of
 * its own, with neither letters nor digits beside it, and one of fewer than three, or of a few digits, not at all: they stand in
 * any log by chance. So "Eva" is found in a sentence and in JSON, and not within a key or a session that was printed.
 */
public final class Needles {
    private static final int SHORTEST = 6;
    private static final Pattern SHORT_WORD = Pattern.compile("\\p{L}{3,5}");
    /** The n of a line's end within JSON is no letter of the word that follows it. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?:\\\\[nrt]|[^\\p{L}\\p{N}])+");

    private static final Set<String> SECRET_KEYS =
            Set.of("password", "api-hash", "code", "bot-token", "token", "keys.json", "phone", "signing-key", "header");

    private final Map<String, String> kindByText = new LinkedHashMap<>();

    /** None yet, but for what is a secret wherever it stands: a token of Kubernetes begins so. */
    public Needles() {
        kindByText.put("eyJhbGciOi", "a token of Kubernetes");
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
            if (key.equals("header")) {
                // Such as "Authorization: Bearer x": the part that is secret is the last.
                add(kind, value.strip().substring(value.strip().lastIndexOf(' ') + 1));
            }
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

    /** Adds the people of an audience file. @return this */
    public Needles withAudience(String file) {
        AudienceCells.of(file).forEach(cell -> add("a person of an audience", cell));
        return this;
    }

    /**
     * Adds what is written to people or in a chat: of each line the parts between its placeholders, for a line's end is written
     * otherwise in JSON. A part of twelve characters or fewer says too little to be known again.
     *
     * @return this
     */
    public Needles withMessages(Collection<String> templates) {
        for (String template : templates) {
            Arrays.stream(template.split("\\{\\{[^}]*}}|\\R"))
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
        Set<String> words = Set.copyOf(Arrays.asList(BETWEEN_WORDS.split(text)));
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
