package dev.beckon.demo.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Files that users wrote into Secrets and ConfigMaps.
 *
 * @param secrets as {@code kubectl get secrets -o json} lists them
 * @param configMaps as {@code kubectl get configmaps -o json} lists them
 */
public record UserFiles(List<JsonNode> secrets, List<JsonNode> configMaps) {
    /** The text below a Secret's key; empty when there is none. */
    Optional<String> inSecret(String namespace, String name, String key) {
        return text(secrets, namespace, name, "data", key).map(UserFiles::decoded);
    }

    /** The text below a ConfigMap's key, which is kept in another place when it is no UTF-8; empty when there is none. */
    Optional<String> inConfigMap(String namespace, String name, String key) {
        return text(configMaps, namespace, name, "data", key)
                .or(() -> text(configMaps, namespace, name, "binaryData", key).map(UserFiles::decoded));
    }

    private static Optional<String> text(
            List<JsonNode> objects, String namespace, String name, String field, String key) {
        return objects.stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name)
                        && object.at("/metadata/namespace").asText().equals(namespace))
                .map(object -> object.path(field).path(key))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    private static String decoded(String data) {
        return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }
}
