package dev.beckon.simulator.world;

import dev.beckon.telegram.TelegramChat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looking at chats: what an account sees of them, their members and their administrator log. */
public final class Chats {
    /** How long Telegram keeps a chat's administrator log. */
    public static final Duration LOG_KEPT = Duration.ofDays(2);

    private final World world;

    Chats(World world) {
        this.world = world;
    }

    /** Which members to list; the filters of {@code channels.getParticipants}. */
    public enum Filter {
        RECENT,
        ADMINISTRATORS,
        BANNED
    }

    /** What a supergroup's or channel's member list shows to an account; {@code can_view_participants}. */
    public boolean listShown(Chat chat) {
        return chat.mine().isAdministrator() || (chat.kind() != TelegramChat.Kind.CHANNEL && !chat.hiddenMembers());
    }

    /**
     * A page of members.
     *
     * @param total how many Telegram says there are
     */
    public record Members(int total, List<Member> page) {}

    /** {@code channels.getFullChannel}: CHANNEL_PRIVATE for who may not see it. */
    public Chat chat(Caller caller, long chatId) {
        return world.call(
                Method.GET_FULL_CHANNEL,
                caller,
                Target.chat(chatId),
                () -> visible(caller, chatId).seenBy(caller.userId()));
    }

    /** The chats the account is a member of. */
    public List<Chat> mine(Caller caller) {
        return world.locked(() -> {
            world.logins().requireAlive(caller.authKeyId());
            return world.state().chats.values().stream()
                    .filter(chat -> chat.standing(caller.userId()).isIn())
                    .map(chat -> chat.seenBy(caller.userId()))
                    .toList();
        });
    }

    /**
     * The chat as the account sees it, without spending a call: for the parts of answers that show a chat.
     *
     * @throws RpcError 400 CHANNEL_INVALID when there is none
     */
    public Chat peek(Caller caller, long chatId) {
        return world.locked(() -> state(chatId).seenBy(caller.userId()));
    }

    /** {@code channels.getParticipant}: 400 USER_NOT_PARTICIPANT for a stranger and for who left; a banned one is told. */
    public Member participant(Caller caller, long chatId, long personId) {
        return world.call(Method.GET_PARTICIPANT, caller, Target.member(chatId, personId), () -> {
            ChatState chat = visible(caller, chatId);
            world.people().state(personId);
            requireListVisible(caller, chat, personId);
            return switch (chat.standing(personId)) {
                case BANNED -> new Member(personId, Chat.Standing.BANNED, chat.profile.created(), 0);
                case STRANGER, LEFT -> throw new RpcError(400, "USER_NOT_PARTICIPANT");
                case MEMBER, ADMINISTRATOR, CREATOR -> member(chat, personId);
            };
        });
    }

    private static void requireListVisible(Caller caller, ChatState chat, long personId) {
        boolean administrator = chat.standing(caller.userId()).isAdministrator();
        boolean hidden = chat.profile.hiddenMembers() || chat.profile.kind() == TelegramChat.Kind.CHANNEL;
        if (hidden && !administrator && personId != caller.userId()) {
            throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
        }
    }

    /**
     * {@code channels.getParticipants}, at most 200 a page and 10,000 in all. A hidden list shows administrators only; a
     * channel shows 200 members to administrators and none to others (400 CHAT_ADMIN_REQUIRED).
     */
    public Members participants(Caller caller, long chatId, Filter filter, int offset, int limit) {
        return participants(caller, chatId, filter, "", offset, limit);
    }

    /** The same for who has a word in name or username that begins with the query; an empty one finds all. */
    public Members participants(Caller caller, long chatId, Filter filter, String query, int offset, int limit) {
        return world.call(Method.GET_PARTICIPANTS, caller, Target.chat(chatId), () -> {
            ChatState chat = visible(caller, chatId);
            boolean administrator = chat.standing(caller.userId()).isAdministrator();
            boolean channel = chat.profile.kind() == TelegramChat.Kind.CHANNEL;
            if (!administrator && (channel || filter == Filter.BANNED)) {
                throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
            }
            boolean onlyAdministrators =
                    filter == Filter.ADMINISTRATORS || (chat.profile.hiddenMembers() && !administrator);
            List<Member> all = (filter == Filter.BANNED ? banned(chat) : listed(chat, onlyAdministrators))
                    .stream()
                            .filter(member -> matches(member.personId(), query))
                            .toList();
            int shown = Math.min(all.size(), channel ? 200 : 10_000);
            int from = Math.min(Math.max(offset, 0), shown);
            int to = Math.min(shown, from + Math.clamp(limit, 0, 200));
            return new Members(all.size(), List.copyOf(all.subList(from, to)));
        });
    }

    private boolean matches(long personId, String query) {
        if (query.isEmpty()) {
            return true;
        }
        Profile person = world.people().state(personId).profile;
        String words = person.firstName() + " " + person.lastName() + " "
                + person.username().orElse("");
        return (" " + words.toLowerCase(Locale.ROOT)).contains(" " + query.toLowerCase(Locale.ROOT));
    }

    private static List<Member> listed(ChatState chat, boolean onlyAdministrators) {
        List<Member> listed = new ArrayList<>();
        for (long id : chat.members.keySet()) {
            if (!onlyAdministrators || chat.standing(id).isAdministrator()) {
                listed.add(member(chat, id));
            }
        }
        return listed;
    }

    private static List<Member> banned(ChatState chat) {
        return chat.banned.stream()
                .sorted()
                .map(id -> new Member(id, Chat.Standing.BANNED, chat.profile.created(), 0))
                .toList();
    }

    private static Member member(ChatState chat, long personId) {
        Member member = chat.members.get(personId);
        return new Member(personId, chat.standing(personId), member.since(), member.inviterId());
    }

    /**
     * {@code channels.getAdminLog}, newest first: administrators only (400 CHAT_ADMIN_REQUIRED), the last 48 hours, at most
     * 100 a page.
     *
     * @param beforeId only entries with a lower id; 0 for the newest
     */
    public List<LogEntry> adminLog(Caller caller, long chatId, long beforeId, int limit) {
        return world.call(Method.GET_ADMIN_LOG, caller, Target.chat(chatId), () -> {
            ChatState chat = visible(caller, chatId);
            if (chat.profile.kind() == TelegramChat.Kind.BASIC_GROUP) {
                throw new RpcError(400, "CHANNEL_INVALID");
            }
            if (!chat.standing(caller.userId()).isAdministrator()) {
                throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
            }
            Instant kept = world.now().minus(LOG_KEPT);
            return chat.log.reversed().stream()
                    .filter(entry -> beforeId == 0 || entry.id() < beforeId)
                    .takeWhile(entry -> !entry.at().isBefore(kept))
                    .limit(Math.clamp(limit, 1, 100))
                    .toList();
        });
    }

    /** How often a link was used. */
    public int usesOf(Link link) {
        return world.locked(() -> state(link.chatId()).linkUses.getOrDefault(link.hash(), 0));
    }

    /** People who asked to join and wait for an answer. */
    public List<Long> joinRequests(long chatId) {
        return world.locked(() -> List.copyOf(state(chatId).requests.keySet()));
    }

    /** A chat that the account may look at: public, or it is a member; and it is not banned there. */
    ChatState visible(Caller caller, long chatId) {
        ChatState chat = state(chatId);
        Chat.Standing mine = chat.standing(caller.userId());
        boolean open = chat.profile.username().isPresent();
        if (mine == Chat.Standing.BANNED || (!open && !mine.isIn())) {
            throw new RpcError(400, "CHANNEL_PRIVATE");
        }
        return chat;
    }

    ChatState state(long chatId) {
        ChatState chat = world.state().chats.get(chatId);
        if (chat == null) {
            throw new RpcError(400, "CHANNEL_INVALID");
        }
        return chat;
    }
}
