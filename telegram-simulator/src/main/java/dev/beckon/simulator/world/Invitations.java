package dev.beckon.simulator.world;

import dev.beckon.telegram.TelegramChat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Ways into a chat: being added, links, joining, leaving. */
public final class Invitations {
    private final World world;

    Invitations(World world) {
        this.world = world;
    }

    /** What a link shows before one joins. */
    public record LinkPreview(Chat chat, boolean request) {}

    /**
     * {@code channels.inviteToChannel}, or {@code messages.addChatUser} for a basic group.
     *
     * @return the missing invitees: people whose privacy settings refuse; Telegram calls this a success. A refusal of any
     *     other kind fails the whole call.
     */
    public List<Long> invite(Caller caller, long chatId, List<Long> personIds) {
        boolean basic = world.locked(() -> world.chats().state(chatId).profile.kind()) == TelegramChat.Kind.BASIC_GROUP;
        Method method = basic ? Method.ADD_CHAT_USER : Method.INVITE_TO_CHANNEL;
        Target target = new Target(chatId, personIds, Optional.of(Contact.How.INVITE), Optional.empty());
        if (personIds.size() == 1) {
            target = target.lateAs(new Act.Add(caller.userId(), chatId, personIds.getFirst()));
        }
        return world.call(method, caller, target, () -> {
            ChatState chat = world.chats().visible(caller, chatId);
            InviteRules rules = new InviteRules(world.people().state(caller.userId()), chat);
            rules.requireRights();
            rules.requireRoom(personIds.size());
            List<PersonState> invited =
                    personIds.stream().map(world.people()::state).toList();
            invited.forEach(rules::requireAddable);
            rules.requireNoPeerFlood();
            return add(caller, chat, rules, invited);
        });
    }

    private List<Long> add(Caller caller, ChatState chat, InviteRules rules, List<PersonState> invited) {
        List<Long> missing = new ArrayList<>();
        for (PersonState person : invited) {
            boolean refuses = rules.refusesSilently(person);
            if (refuses) {
                missing.add(person.profile.id());
            } else {
                added(caller.userId(), chat.profile.id(), person.profile.id());
            }
            world.emit(new WorldEvent.Contacted(new Contact(
                    world.now(),
                    caller.userId(),
                    person.profile.id(),
                    Contact.How.INVITE,
                    chat.profile.id(),
                    refuses ? "missing-invitee" : "ok",
                    !refuses)));
        }
        return missing;
    }

    private void added(long byId, long chatId, long personId) {
        world.emit(new WorldEvent.MemberAdded(
                chatId, personId, LogEntry.What.INVITED, byId, Optional.empty(), world.now()));
    }

    /** {@code messages.checkChatInvite}: INVITE_HASH_INVALID, INVITE_HASH_EXPIRED. */
    public LinkPreview checkLink(Caller caller, String hash) {
        return world.call(Method.CHECK_CHAT_INVITE, caller, Target.NONE, () -> {
            Link link = usable(hash);
            return new LinkPreview(world.chats().state(link.chatId()).seenBy(caller.userId()), link.request());
        });
    }

    /**
     * {@code messages.importChatInvite}: INVITE_HASH_EXPIRED also when the limit is reached; INVITE_REQUEST_SENT when an
     * administrator has to approve.
     */
    public Chat joinByLink(Caller caller, String hash) {
        return world.call(Method.IMPORT_CHAT_INVITE, caller, Target.NONE, () -> {
            Link link = usable(hash);
            return join(caller, world.chats().state(link.chatId()), Optional.of(link));
        });
    }

    /** {@code channels.joinChannel}: CHANNEL_PRIVATE, INVITE_REQUEST_SENT, USERS_TOO_MUCH, CHANNELS_TOO_MUCH. */
    public Chat join(Caller caller, long chatId) {
        return world.call(
                Method.JOIN_CHANNEL,
                caller,
                Target.chat(chatId),
                () -> join(caller, world.chats().visible(caller, chatId), Optional.empty()));
    }

    private Chat join(Caller caller, ChatState chat, Optional<Link> link) {
        long me = caller.userId();
        Chat.Standing mine = chat.standing(me);
        if (mine.isIn()) {
            if (link.isPresent()) {
                throw new RpcError(400, "USER_ALREADY_PARTICIPANT");
            }
            return chat.seenBy(me);
        }
        if (mine == Chat.Standing.BANNED) {
            throw new RpcError(400, link.isPresent() ? "INVITE_HASH_EXPIRED" : "CHANNEL_PRIVATE");
        }
        if (world.people().state(me).profile.tooManyChats()) {
            throw new RpcError(400, "CHANNELS_TOO_MUCH");
        }
        if (chat.members.size() >= chat.profile.memberCap()) {
            throw new RpcError(400, "USERS_TOO_MUCH");
        }
        if (link.map(Link::request).orElse(chat.profile.joinByRequest())) {
            world.emit(new WorldEvent.JoinRequested(chat.profile.id(), me, link.map(Link::hash), world.now()));
            throw new RpcError(400, "INVITE_REQUEST_SENT");
        }
        LogEntry.What how = link.isPresent() ? LogEntry.What.JOINED_BY_LINK : LogEntry.What.JOINED;
        world.emit(new WorldEvent.MemberAdded(chat.profile.id(), me, how, me, link.map(Link::hash), world.now()));
        return chat.seenBy(me);
    }

    private Link usable(String hash) {
        Link link = world.state().links.get(hash);
        if (link == null) {
            throw new RpcError(400, "INVITE_HASH_INVALID");
        }
        ChatState chat = world.chats().state(link.chatId());
        boolean expired = link.expires().map(at -> !world.now().isBefore(at)).orElse(false);
        boolean used = link.limit() > 0 && chat.linkUses.getOrDefault(hash, 0) >= link.limit();
        if (expired || used) {
            throw new RpcError(400, "INVITE_HASH_EXPIRED");
        }
        return link;
    }

    /**
     * {@code messages.hideChatJoinRequest}, by which an administrator approves a request or dismisses it: CHAT_ADMIN_REQUIRED,
     * HIDE_REQUESTER_MISSING.
     */
    public void answerRequest(Caller caller, long chatId, long personId, boolean approve) {
        world.locked(() -> {
            world.logins().requireAlive(caller.authKeyId());
            if (!world.chats().visible(caller, chatId).standing(caller.userId()).isAdministrator()) {
                throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
            }
            world.acts().answerJoinRequest(chatId, personId, approve);
            return null;
        });
    }

    /** {@code channels.leaveChannel}: USER_NOT_PARTICIPANT. */
    public void leave(Caller caller, long chatId) {
        world.call(Method.LEAVE_CHANNEL, caller, Target.chat(chatId), () -> {
            ChatState chat = world.chats().visible(caller, chatId);
            if (!chat.standing(caller.userId()).isIn()) {
                throw new RpcError(400, "USER_NOT_PARTICIPANT");
            }
            world.emit(new WorldEvent.MemberLeft(chatId, caller.userId(), world.now()));
            return null;
        });
    }

    /** {@code messages.exportChatInvite}: CHAT_ADMIN_REQUIRED, EXPIRE_DATE_INVALID, USAGE_LIMIT_INVALID. */
    public Link exportLink(
            Caller caller, long chatId, String name, Optional<Instant> expires, int limit, boolean request) {
        return world.call(Method.EXPORT_CHAT_INVITE, caller, Target.chat(chatId), () -> {
            ChatState chat = world.chats().visible(caller, chatId);
            if (!chat.standing(caller.userId()).isAdministrator()) {
                throw new RpcError(400, "CHAT_ADMIN_REQUIRED");
            }
            if (expires.map(at -> !at.isAfter(world.now())).orElse(false)) {
                throw new RpcError(400, "EXPIRE_DATE_INVALID");
            }
            if (limit < 0 || limit > 99_999 || (request && limit > 0)) {
                throw new RpcError(400, "USAGE_LIMIT_INVALID");
            }
            String hash = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
            Link link = new Link(hash, chatId, caller.userId(), name, world.now(), expires, limit, request);
            world.emit(new WorldEvent.LinkMade(link));
            return link;
        });
    }
}
