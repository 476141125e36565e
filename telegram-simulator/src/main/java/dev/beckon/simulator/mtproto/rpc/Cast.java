package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Person;
import dev.beckon.simulator.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The people and chats that an answer mentions, each once; a client must be told of all of them. */
final class Cast {
    private final World world;
    private final Caller viewer;
    private final Map<Long, TlObject> users = new LinkedHashMap<>();
    private final Map<Long, TlObject> chats = new LinkedHashMap<>();

    Cast(World world, Caller viewer) {
        this.world = world;
        this.viewer = viewer;
    }

    Cast person(long id) {
        users.computeIfAbsent(id, key -> Shows.user(world.people().person(viewer, key), viewer.userId()));
        return this;
    }

    Cast person(Person person) {
        users.putIfAbsent(person.id(), Shows.user(person, viewer.userId()));
        return this;
    }

    Cast people(Iterable<Long> ids) {
        ids.forEach(this::person);
        return this;
    }

    Cast chat(Chat chat) {
        chats.putIfAbsent(chat.id(), Shows.chat(chat, viewer));
        return this;
    }

    List<TlObject> users() {
        return List.copyOf(users.values());
    }

    List<TlObject> chats() {
        return List.copyOf(chats.values());
    }

    /** Puts both lists into the answer that mentions them. */
    TlObject into(TlObject answer) {
        return answer.set("users", users()).set("chats", chats());
    }

    /** An Updates object that carries them. */
    TlObject updates(List<TlObject> updates) {
        return into(TlObject.of("updates")
                .set("updates", updates)
                .set("date", Shows.seconds(world.clock().instant()))
                .set("seq", 0));
    }
}
