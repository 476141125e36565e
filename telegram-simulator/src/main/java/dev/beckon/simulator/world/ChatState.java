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
    /** Those that stand. */
    final TreeMap<Integer, Message> messages = new TreeMap<>();

    final List<Message> deleted = new ArrayList<>();
    final Map<Long, Instant> lastPost = new HashMap<>();
    /** Also of those deleted since: Telegram takes none of them a second time. */
    private final Map<RandomId, Message> byRandomId = new HashMap<>();

    private int lastMessageId;

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
                lastMessageId);
    }

    void add(WorldEvent.MemberAdded e) {
        long inviter = e.how() == LogEntry.What.INVITED ? e.byId() : 0;
        members.put(e.personId(), new Member(e.personId(), Chat.Standing.MEMBER, e.at(), inviter));
        left.remove(e.personId());
        banned.remove(e.personId());
        requests.remove(e.personId());
        e.link().ifPresent(hash -> linkUses.merge(hash, 1, Integer::sum));
        record(e.how(), inviter == 0 ? e.personId() : inviter, e.personId(), e.at(), Optional.empty());
    }

    void leave(WorldEvent.MemberLeft e) {
        members.remove(e.personId());
        left.add(e.personId());
        record(LogEntry.What.LEFT, e.personId(), e.personId(), e.at(), Optional.empty());
    }

    void ban(WorldEvent.MemberBanned e) {
        members.remove(e.personId());
        banned.add(e.personId());
        record(LogEntry.What.BANNED, e.byId(), e.personId(), e.at(), Optional.empty());
    }

    private void record(LogEntry.What what, long byId, long personId, Instant at, Optional<LogEntry.Change> change) {
        log.add(new LogEntry(log.size() + 1L, what, byId, personId, at, change));
    }

    int nextMessageId() {
        return lastMessageId + 1;
    }

    void post(WorldEvent.Posted e) {
        Message message = new Message(e.messageId(), profile.id(), e.fromId(), false, e.at(), e.whole());
        messages.put(e.messageId(), message);
        lastMessageId = Math.max(lastMessageId, e.messageId());
        lastPost.put(e.fromId(), e.at());
        if (e.randomId() != 0) {
            byRandomId.put(new RandomId(e.fromId(), e.randomId()), message);
        }
    }

    void delete(WorldEvent.PostDeleted e) {
        Message gone = messages.remove(e.messageId());
        deleted.add(gone);
        LogEntry.Change change = new LogEntry.Change(gone, Optional.empty());
        record(LogEntry.What.DELETED, e.byId(), gone.fromId(), e.at(), Optional.of(change));
    }

    void edit(WorldEvent.PostEdited e) {
        Message before = messages.get(e.messageId());
        Message after = new Message(before.id(), before.peerId(), before.fromId(), false, before.at(), e.content());
        messages.put(after.id(), after);
        LogEntry.Change change = new LogEntry.Change(before, Optional.of(after));
        record(LogEntry.What.EDITED, e.byId(), before.fromId(), e.at(), Optional.of(change));
    }

    Optional<Message> sentAs(long userId, long randomId) {
        return Optional.ofNullable(byRandomId.get(new RandomId(userId, randomId)));
    }
}
