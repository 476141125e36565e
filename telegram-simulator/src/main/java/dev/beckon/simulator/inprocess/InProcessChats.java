package dev.beckon.simulator.inprocess;

import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Chats;
import dev.beckon.simulator.world.Invitations;
import dev.beckon.simulator.world.Link;
import dev.beckon.simulator.world.LogEntry;
import dev.beckon.simulator.world.Member;
import dev.beckon.simulator.world.People.Resolved;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.EventLog.Event;
import dev.beckon.telegram.FormerPosts;
import dev.beckon.telegram.InviteLink;
import dev.beckon.telegram.JoinResult;
import dev.beckon.telegram.Membership;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The port's calls on chats, in the world's operations. */
final class InProcessChats {
    /** The log's newest end. */
    private static final long NEWEST = 0;

    private final World world;

    InProcessChats(World world) {
        this.world = world;
    }

    Answer<TelegramChat> find(Caller caller, ChatTarget target) {
        return switch (target) {
            case ChatTarget.Username(String name) ->
                switch (world.people().resolveUsername(caller, name)) {
                    case Resolved.AChat(Chat chat) -> Answer.ok(seen(chat));
                    case Resolved.APerson _ -> Answer.refused(TelegramError.CampaignFault.NOT_A_CHAT);
                };
            case ChatTarget.Invite(String link) -> {
                Invitations.LinkPreview preview = world.invitations().checkLink(caller, hash(link));
                yield preview.chat().mine().isIn()
                        ? Answer.ok(seen(preview.chat()))
                        : Answer.refused(new TelegramError.NotFound("the link's chat is known only after joining it"));
            }
            case ChatTarget.Id(long id) -> Answer.ok(refresh(caller, id));
        };
    }

    private static String hash(String link) {
        return link.substring(link.indexOf('+') + 1);
    }

    TelegramChat refresh(Caller caller, long chatId) {
        return seen(world.chats().chat(caller, Chat.bareId(chatId)));
    }

    static TelegramChat seen(Chat chat) {
        return new TelegramChat(
                chat.tdlibId(),
                chat.kind(),
                chat.title(),
                chat.username(),
                chat.memberCount(),
                chat.mine().isIn(),
                chat.mayInvite(),
                chat.mine().isAdministrator() && chat.kind() != TelegramChat.Kind.BASIC_GROUP);
    }

    JoinResult join(Caller caller, ChatTarget target) {
        try {
            Chat joined = switch (target) {
                case ChatTarget.Invite(String link) -> joinByLink(caller, hash(link));
                case ChatTarget.Id(long id) -> world.invitations().join(caller, Chat.bareId(id));
                case ChatTarget.Username(String name) ->
                    switch (world.people().resolveUsername(caller, name)) {
                        case Resolved.AChat(Chat chat) -> world.invitations().join(caller, chat.id());
                        case Resolved.APerson _ -> throw new RpcError(400, "CHANNEL_INVALID");
                    };
            };
            return new JoinResult.Joined(seen(joined));
        } catch (RpcError refusal) {
            if (refusal.text().equals("INVITE_REQUEST_SENT")) {
                return new JoinResult.RequestSent();
            }
            throw refusal;
        }
    }

    /** Joining where one is a member already is done. */
    private Chat joinByLink(Caller caller, String hash) {
        try {
            return world.invitations().joinByLink(caller, hash);
        } catch (RpcError refusal) {
            if (refusal.text().equals("USER_ALREADY_PARTICIPANT")) {
                return world.invitations().checkLink(caller, hash).chat();
            }
            throw refusal;
        }
    }

    EventLog eventLog(Caller caller, long chatId, Instant since) {
        return olderEvents(caller, chatId, since, NEWEST);
    }

    EventLog olderEvents(Caller caller, long chatId, Instant since, long rest) {
        Instant from = covered(since);
        return new EventLog(
                from,
                log(caller, chatId, from, rest).stream()
                        .map(InProcessChats::event)
                        .flatMap(Optional::stream)
                        .toList());
    }

    FormerPosts formerPosts(Caller caller, long chatId, Instant since) {
        Instant from = covered(since);
        return new FormerPosts(
                from,
                log(caller, chatId, from, NEWEST).stream()
                        .flatMap(entry -> entry.change().stream())
                        .map(change -> InProcessPosts.former(change.before()))
                        .toList());
    }

    private Instant covered(Instant since) {
        Instant kept = world.clock().instant().minus(Chats.LOG_KEPT);
        return since.isAfter(kept) ? since : kept;
    }

    /** Oldest first; all of it, however long: there is a bound for a real Telegram only. */
    private List<LogEntry> log(Caller caller, long chatId, Instant from, long rest) {
        List<LogEntry> newestFirst = new ArrayList<>();
        long before = rest;
        while (true) {
            List<LogEntry> page = world.chats().adminLog(caller, Chat.bareId(chatId), before, 100);
            for (LogEntry entry : page) {
                if (entry.at().isBefore(from)) {
                    return newestFirst.reversed();
                }
                newestFirst.add(entry);
            }
            if (page.isEmpty()) {
                return newestFirst.reversed();
            }
            before = page.getLast().id();
        }
    }

    /** What happened to a member; empty for what happened to a message. */
    private static Optional<Event> event(LogEntry entry) {
        return switch (entry.what()) {
            case INVITED -> Optional.of(new Event.Invited(entry.byId(), entry.personId(), entry.at()));
            case JOINED, JOINED_BY_LINK, JOINED_BY_REQUEST ->
                Optional.of(new Event.Joined(entry.personId(), entry.at()));
            case LEFT -> Optional.of(new Event.Left(entry.personId(), entry.at()));
            case BANNED -> Optional.of(new Event.Removed(entry.byId(), entry.personId(), entry.at()));
            case DELETED, EDITED -> Optional.empty();
        };
    }

    /** Of who is no participant Telegram does not tell whether they ever were. */
    Membership membership(Caller caller, long chatId, long userId) {
        try {
            Member member = world.chats().participant(caller, Chat.bareId(chatId), userId);
            return switch (member.standing()) {
                case CREATOR, ADMINISTRATOR -> Membership.ADMINISTRATOR;
                case MEMBER -> Membership.MEMBER;
                case BANNED -> Membership.BANNED;
                case LEFT, STRANGER -> Membership.NOT_MEMBER;
            };
        } catch (RpcError refusal) {
            if (refusal.text().equals("USER_NOT_PARTICIPANT")) {
                return Membership.NOT_MEMBER;
            }
            throw refusal;
        }
    }

    InviteLink createLink(Caller caller, long chatId, InviteLink.Request request) {
        Link link = world.invitations()
                .exportLink(
                        caller,
                        Chat.bareId(chatId),
                        request.name(),
                        request.expires(),
                        request.memberLimit(),
                        request.joinRequest());
        return new InviteLink(link.url(), link.expires(), link.limit(), link.request());
    }

    Answer<Done> add(Caller caller, long chatId, long userId) {
        List<Long> missing = world.invitations().invite(caller, Chat.bareId(chatId), List.of(userId));
        return missing.isEmpty()
                ? Answer.ok(Done.DONE)
                : Answer.refused(new TelegramError.PrivacyRestricted(TelegramErrors.MISSING_INVITEE));
    }
}
