package dev.beckon.simulator.world;

import dev.beckon.telegram.Freeze;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What really happened, for tests to judge by; read-only. */
public final class Truth {
    private final World world;

    Truth(World world) {
        this.world = world;
    }

    /** A message that was really written in a chat. */
    public record Post(long chatId, Message message) {}

    /** An auth key as it stands. */
    public record SessionLook(long authKeyId, Optional<Long> userId, Optional<String> ended, int connections) {}

    /** An auth key itself. */
    public record KeyLook(long authKeyId, Bytes key) {}

    /** A call that a logged-in session made. */
    public record Called(Instant at, Method method, long accountId) {}

    /** The calls since the given time, as far as the latest 10,000 of this process go; oldest first. */
    public List<Called> calls(Instant since) {
        return world.locked(() -> world.calls().since(since));
    }

    /** Who was contacted by whom, how and when, and whether it had effect; oldest first. */
    public List<Contact> contacts() {
        return world.locked(() -> List.copyOf(world.state().contacts));
    }

    /** Every moment in which one auth key was in use by two processes. */
    public List<WorldEvent.Overlap> overlaps() {
        return world.locked(() -> List.copyOf(world.state().overlaps));
    }

    /** A chat's members now. */
    public List<Member> members(long chatId) {
        return world.locked(
                () -> List.copyOf(world.chats().state(chatId).members.values()));
    }

    /** @throws RpcError when the world has no such chat */
    public Chat.Standing standing(long chatId, long personId) {
        return world.locked(() -> world.chats().state(chatId).standing(personId));
    }

    /** The whole log of a chat, without Telegram's 48 hours; oldest first. */
    public List<LogEntry> log(long chatId) {
        return world.locked(() -> List.copyOf(world.chats().state(chatId).log));
    }

    /** The messages in all chats that came since the given time and stand there now. */
    public List<Post> posts(Instant since) {
        return written(since, chat -> chat.messages.values());
    }

    /** Those that came since the given time and were deleted. */
    public List<Post> deletedPosts(Instant since) {
        return written(since, chat -> chat.deleted);
    }

    private List<Post> written(Instant since, Function<ChatState, Collection<Message>> which) {
        return world.locked(() -> {
            List<Post> posts = new ArrayList<>();
            world.state()
                    .chats
                    .values()
                    .forEach(chat -> which.apply(chat).stream()
                            .filter(m -> !m.at().isBefore(since))
                            .forEach(m -> posts.add(new Post(chat.profile.id(), m))));
            return posts;
        });
    }

    /** Every private message that was ever sent, also those deleted since; oldest first. */
    public List<WorldEvent.MessageSent> messages() {
        return world.locked(() -> List.copyOf(world.state().sent));
    }

    /** Every auth key: its account, how it ended, how many connections use it now. */
    public List<SessionLook> sessions() {
        return world.locked(() -> world.state().sessions.values().stream()
                .map(s -> new SessionLook(
                        s.authKeyId,
                        Optional.of(s.userId).filter(id -> id != 0),
                        s.ended.map(RpcError::text),
                        s.connections.size()))
                .toList());
    }

    /** The auth key of every session that ever was, for a search where it must not be; this data centre's, good nowhere else. */
    public List<KeyLook> authKeys() {
        return world.locked(() -> world.state().sessions.values().stream()
                .map(s -> new KeyLook(s.authKeyId, s.key))
                .toList());
    }

    /** A scripted fault. */
    public record FaultLook(Fault fault, int fired) {}

    /** The scripted faults, in the order of the world file, with how often each happened. */
    public List<FaultLook> faults() {
        return world.locked(() -> world.gate().faults());
    }

    /** The private messages in a person's box with another, newest first. */
    public List<Message> box(long ownerId, long peerId) {
        return world.locked(() -> world.people().state(ownerId).with(peerId));
    }

    public List<Profile> people() {
        return world.locked(
                () -> world.state().people.values().stream().map(p -> p.profile).toList());
    }

    /** @throws RpcError when the world has no such person */
    public Profile person(long personId) {
        return world.locked(() -> world.people().state(personId).profile);
    }

    /** Since when the account is frozen, if it is. */
    public Optional<Freeze> freeze(long personId) {
        return world.locked(() -> world.people().state(personId).freeze);
    }

    /** Whether the person is in the owner's contacts, whatever the other way round is so. */
    public boolean isContact(long ownerId, long personId) {
        return world.locked(() -> world.people().state(ownerId).contacts.contains(personId));
    }

    public List<ChatProfile> chats() {
        return world.locked(
                () -> world.state().chats.values().stream().map(c -> c.profile).toList());
    }
}
