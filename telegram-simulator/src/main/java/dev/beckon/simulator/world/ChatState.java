package dev.beckon.simulator.world;

import dev.beckon.telegram.TelegramChat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What changes about a chat: members, links, requests, log, messages. Guarded by the world's lock. */
final class ChatState {
    final ChatProfile profile;
    final Map<Long, Member> members = new LinkedHashMap<>();
    final Set<Long> administrators = new HashSet<>();
    final Set<Long> left = new HashSet<>();
    final Set<Long> banned = new HashSet<>();
    /** Who asked to join, and by which link. */
    final Map<Long, Optional<String>> requests = new LinkedHashMap<>();

    final Map<String, Integer> linkUses = new HashMap<>();
    final List<LogEntry> log = new ArrayList<>();
    final TreeMap<Integer, Message> messages = new TreeMap<>();
    final Map<Long, Instant> lastPost = new HashMap<>();
    private final Map<RandomId, Integer> byRandomId = new HashMap<>();

    private record RandomId(long userId, long randomId) {}

    ChatState(ChatProfile profile) {
        this.profile = profile;
    }

    Chat.Standing standing(long personId) {
        if (banned.contains(personId)) {
            return Chat.Standing.BANNED;
        }
        if (members.containsKey(personId)) {
            if (personId == profile.creatorId()) {
                return Chat.Standing.CREATOR;
            }
            return administrators.contains(personId) ? Chat.Standing.ADMINISTRATOR : Chat.Standing.MEMBER;
        }
        return left.contains(personId) ? Chat.Standing.LEFT : Chat.Standing.STRANGER;
    }

    boolean mayInvite(long personId) {
        Chat.Standing standing = standing(personId);
        return standing.isAdministrator()
                || (standing == Chat.Standing.MEMBER
                        && profile.membersMayInvite()
                        && profile.kind() != TelegramChat.Kind.CHANNEL);
    }

    /** By slow mode, when someone may write again; administrators may always, and who has not written yet. */
    Optional<Instant> nextPost(long personId) {
        return profile.slowMode().isZero() || standing(personId).isAdministrator()
                ? Optional.empty()
                : Optional.ofNullable(lastPost.get(personId)).map(last -> last.plus(profile.slowMode()));
    }

    Chat seenBy(long viewerId) {
        return new Chat(
                profile.id(),
                profile.kind(),
                profile.title(),
                profile.username(),
                profile.created(),
                profile.creatorId(),
                members.size(),
                standing(viewerId),
                mayInvite(viewerId),
                profile.membersMayInvite(),
                profile.hiddenMembers(),
                profile.joinByRequest(),
                profile.slowMode(),
                nextPost(viewerId),
                messages.isEmpty() ? 0 : messages.lastKey());
    }

    void add(WorldEvent.MemberAdded e) {
        long inviter = e.how() == LogEntry.What.INVITED ? e.byId() : 0;
        members.put(e.personId(), new Member(e.personId(), Chat.Standing.MEMBER, e.at(), inviter));
        left.remove(e.personId());
        banned.remove(e.personId());
        requests.remove(e.personId());
        e.link().ifPresent(hash -> linkUses.merge(hash, 1, Integer::sum));
        record(e.how(), inviter == 0 ? e.personId() : inviter, e.personId(), e.at());
    }

    void leave(WorldEvent.MemberLeft e) {
        members.remove(e.personId());
        left.add(e.personId());
        record(LogEntry.What.LEFT, e.personId(), e.personId(), e.at());
    }

    void ban(WorldEvent.MemberBanned e) {
        members.remove(e.personId());
        banned.add(e.personId());
        record(LogEntry.What.BANNED, e.byId(), e.personId(), e.at());
    }

    private void record(LogEntry.What what, long byId, long personId, Instant at) {
        log.add(new LogEntry(log.size() + 1L, what, byId, personId, at));
    }

    void post(WorldEvent.Posted e) {
        messages.put(e.messageId(), new Message(e.messageId(), profile.id(), e.fromId(), false, e.at(), e.whole()));
        lastPost.put(e.fromId(), e.at());
        if (e.randomId() != 0) {
            byRandomId.put(new RandomId(e.fromId(), e.randomId()), e.messageId());
        }
    }

    Optional<Integer> messageIdOf(long userId, long randomId) {
        return Optional.ofNullable(byRandomId.get(new RandomId(userId, randomId)));
    }
}
