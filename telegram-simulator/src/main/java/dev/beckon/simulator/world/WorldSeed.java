package dev.beckon.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A world at its beginning, as a world file describes it.
 *
 * @param start where the world's clock starts; empty for real time
 * @param speed how fast it runs against real time; 0 stands still
 * @param loginCode the code that Telegram "sends" to every phone
 * @param fingerprint tells whether a journal was begun with the same world
 */
public record WorldSeed(
        Optional<Instant> start,
        double speed,
        String loginCode,
        List<PersonSeed> people,
        List<ChatSeed> chats,
        List<FloodRule> floods,
        List<Fault> faults,
        String fingerprint) {

    /** A person at the beginning. */
    public record PersonSeed(Profile profile, Set<Long> contacts, Set<Long> blocked, boolean banned, boolean frozen) {}

    /** A chat at the beginning. */
    public record ChatSeed(
            ChatProfile profile,
            List<Long> administrators,
            List<Long> members,
            List<Long> left,
            List<Long> removed,
            List<Link> links,
            List<Post> posts) {}

    /** A message that a chat holds from the beginning. */
    public record Post(long fromId, Instant at, String text) {}

    /** @param begin of the world's clock: accounts that are frozen from the beginning have been so for a day */
    WorldState state(Instant begin) {
        WorldState state = new WorldState();
        for (PersonSeed person : people) {
            state.seed(person.profile());
            PersonState added = state.people.get(person.profile().id());
            added.contacts.addAll(person.contacts());
            added.blocked.addAll(person.blocked());
            added.banned = person.banned();
            if (person.frozen()) {
                added.freeze = Optional.of(WorldState.freeze(begin.minus(Duration.ofDays(1))));
            }
        }
        for (ChatSeed chat : chats) {
            seed(state, chat);
        }
        return state;
    }

    private static void seed(WorldState state, ChatSeed seed) {
        ChatState chat = state.seed(seed.profile());
        Instant created = seed.profile().created();
        long creator = seed.profile().creatorId();
        chat.members.put(creator, new Member(creator, Chat.Standing.CREATOR, created, 0));
        seed.administrators()
                .forEach(id -> chat.members.putIfAbsent(id, new Member(id, Chat.Standing.ADMINISTRATOR, created, 0)));
        seed.members().forEach(id -> chat.members.putIfAbsent(id, new Member(id, Chat.Standing.MEMBER, created, 0)));
        chat.administrators.addAll(seed.administrators());
        chat.left.addAll(seed.left());
        chat.banned.addAll(seed.removed());
        seed.links().forEach(link -> state.links.put(link.hash(), link));
        int id = 0;
        for (Post post : seed.posts()) {
            chat.post(WorldEvent.Posted.of(
                    seed.profile().id(), post.fromId(), ++id, 0, post.at(), Content.text(post.text())));
        }
    }
}
