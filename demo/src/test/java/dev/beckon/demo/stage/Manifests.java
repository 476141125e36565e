package dev.beckon.demo.stage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files that lie beside the suites. */
public final class Manifests {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifests() {}

    /** A file that lies beside a class, as text. */
    public static String beside(Class<?> suite, String name) {
        try (var in = suite.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One world of several: everybody and every chat of each. */
    static String united(List<String> worlds) {
        try {
            ObjectNode united = YAML.createObjectNode();
            for (String part : List.of("people", "chats")) {
                ArrayNode all = united.putArray(part);
                for (String world : worlds) {
                    all.addAll((ArrayNode) YAML.readTree(world).get(part));
                }
            }
            return YAML.writeValueAsString(united);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
