package dev.beckon.operator.life;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the lives write down of people and for them: it stands where a test wrote it, and nowhere else. */
final class Written {
    /** The first name of everybody in an audience who has one. */
    static final String FIRST_NAME = "Wendelgard";

    private final AtomicInteger phones = new AtomicInteger(10_000_000);
    private final Set<String> people = ConcurrentHashMap.newKeySet();
    private final Set<String> texts = ConcurrentHashMap.newKeySet();
    private final Set<String> configMaps = ConcurrentHashMap.newKeySet();

    /**
     * So many people who are nobody else's, as an inline audience in YAML: by username, by phone, and by username with a name.
     *
     * @param prefix of the usernames
     */
    String audience(String prefix, int people) {
        List<String> entries = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            String username = prefix + "_" + person;
            entries.add(
                    switch (person % 3) {
                        case 0 -> "{username: " + remembered(username) + "}";
                        case 1 -> "{phone: \"" + phone() + "\"}";
                        default -> "{username: " + remembered(username) + ", firstName: " + FIRST_NAME + "}";
                    });
        }
        return String.join(", ", entries);
    }

    /** The phone of somebody new. */
    String phone() {
        return remembered("+49176" + phones.incrementAndGet());
    }

    private String remembered(String person) {
        people.add(person);
        return person;
    }

    /** A message to people, as a campaign has it. */
    String message(String text) {
        texts.add(text);
        return text;
    }

    /** Posts in a ConfigMap; the texts stand there by the user's own will. */
    void posts(String namespace, String configMap, Collection<String> posts) {
        configMaps.add("ConfigMap " + namespace + "/" + configMap);
        texts.addAll(posts);
    }

    /** Usernames, and phones with their plus. */
    Set<String> people() {
        return people;
    }

    Set<String> texts() {
        return texts;
    }

    /** @param where as a haystack names the place */
    boolean isOurs(String where) {
        return configMaps.contains(where);
    }
}
