package dev.beckon.simulator.world;

import dev.beckon.telegram.Freeze;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What changes about a person: contacts, the box of private messages, limits. Guarded by the world's lock. */
final class PersonState {
    final Profile profile;
    final Set<Long> contacts = new HashSet<>(0);
    final Set<Long> blocked = new HashSet<>(0);
    /** The second factor of the login. */
    Optional<String> password;

    boolean banned;
    Optional<Freeze> freeze = Optional.empty();
    /** How many strangers the account reached; PEER_FLOOD counts these. */
    int strangersReached;

    private TreeMap<Integer, Message> box;
    /** Also of those deleted since: Telegram takes none of them a second time. */
    private Map<Long, Message> byRandomId;

    private int lastMessageId;

    PersonState(Profile profile) {
        this.profile = profile;
        this.password = profile.password();
    }

    int nextMessageId() {
        return lastMessageId + 1;
    }

    void put(Message message, long randomId) {
        if (box == null) {
            box = new TreeMap<>();
            byRandomId = new HashMap<>();
        }
        box.put(message.id(), message);
        lastMessageId = Math.max(lastMessageId, message.id());
        if (randomId != 0) {
            byRandomId.put(randomId, message);
        }
    }

    void remove(int messageId) {
        if (box != null) {
            box.remove(messageId);
        }
    }

    Optional<Message> message(int id) {
        return box == null ? Optional.empty() : Optional.ofNullable(box.get(id));
    }

    Optional<Message> sentAs(long randomId) {
        return byRandomId == null || randomId == 0 ? Optional.empty() : Optional.ofNullable(byRandomId.get(randomId));
    }

    /** Newest first. */
    List<Message> with(long peerId) {
        if (box == null) {
            return List.of();
        }
        List<Message> found = new ArrayList<>();
        for (Message message : box.descendingMap().values()) {
            if (message.peerId() == peerId) {
                found.add(message);
            }
        }
        return found;
    }

    /** Everyone with whom a private chat exists. */
    Set<Long> peers() {
        Set<Long> peers = new HashSet<>();
        if (box != null) {
            box.values().forEach(m -> peers.add(m.peerId()));
        }
        return peers;
    }

    boolean opensTo(Audience audience, long otherId) {
        return switch (audience) {
            case EVERYBODY -> true;
            case CONTACTS -> contacts.contains(otherId);
            case NOBODY -> false;
        };
    }
}
