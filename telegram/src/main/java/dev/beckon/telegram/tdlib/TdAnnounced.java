package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.PersonFacts;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * People whom TDLib tells of by itself: it announces each new or changed one before the answer that mentions them. Kept only
 * while somebody listens, so that a long run holds no more than a page of them.
 */
final class TdAnnounced {
    private final Map<Long, PersonFacts> people = new ConcurrentHashMap<>();
    private volatile boolean listening;

    /** On the receiving thread. */
    void told(ObjectNode user) {
        if (listening) {
            people.put(user.path("id").asLong(), TdPeople.facts(user));
        }
    }

    /** From now on they are kept; who was told before is forgotten. */
    void listen() {
        people.clear();
        listening = true;
    }

    /** Nobody is kept any more. */
    void stop() {
        listening = false;
        people.clear();
    }

    Optional<PersonFacts> of(long userId) {
        return Optional.ofNullable(people.get(userId));
    }
}
