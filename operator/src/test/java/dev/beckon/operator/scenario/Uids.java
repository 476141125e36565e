package dev.beckon.operator.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/** The mock server gives every object a uid of its own: scenarios use theirs, and digests made of uids are left out. */
final class Uids {
    private final Map<String, String> servers = new LinkedHashMap<>();

    void learn(String file, String server) {
        if (file != null) {
            servers.put(file, server);
        }
    }

    String toServer(String text) {
        String translated = text;
        for (Map.Entry<String, String> uid : servers.entrySet()) {
            translated = translated.replace(uid.getKey(), uid.getValue());
        }
        return translated;
    }

    String toFile(String text) {
        String translated = text;
        for (Map.Entry<String, String> uid : servers.entrySet()) {
            translated = translated.replace(uid.getValue(), uid.getKey());
        }
        return withoutDigests(translated);
    }

    static String withoutDigests(String text) {
        return text.replaceAll("[0-9a-f]{16}([.][0-9a-f]{16}){1,2}", "CONTENT")
                .replaceAll("(content|digest): '?[0-9a-f]{16}\\b'?", "$1: CONTENT")
                .replaceAll("(?<![0-9a-f]{4})-[0-9a-f]{12}\\b", "-HASH");
    }
}
