package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatSource;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.InviteLink;
import dev.beckon.telegram.JoinResult;
import dev.beckon.telegram.Membership;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Finding and joining chats, their members and their links. */
final class TdChats {
    private final TdClient client;
    private final TdChatReader reader;

    TdChats(TdClient client) {
        this.client = client;
        this.reader = new TdChatReader(client);
    }

    Answer<TelegramChat> find(ChatTarget target) {
        return chatId(target).then(id -> reader.read(id, false));
    }

    /** Asks Telegram anew, as far as TDLib does: it keeps what it heard of a chat for up to 60 s. */
    Answer<TelegramChat> refresh(long chatId) {
        return reader.read(chatId, true);
    }

    Answer<ChatSource> source(long chatId) {
        return reader.source(chatId);
    }

    private Answer<Long> chatId(ChatTarget target) {
        return switch (target) {
            case ChatTarget.Username(String name) ->
                client.read(Td.object("searchPublicChat").put("username", name), Subject.CHAT)
                        .map(TdChats::id);
            case ChatTarget.Invite(String link) -> byLink(link);
            case ChatTarget.Id(long id) -> known(id);
        };
    }

    private static Long id(ObjectNode chat) {
        return chat.path("id").asLong();
    }

    private Answer<Long> byLink(String link) {
        return client.read(Td.object("checkChatInviteLink").put("invite_link", link), Subject.CHAT)
                .then(info -> {
                    long id = info.path("chat_id").asLong();
                    return id == 0
                            ? Answer.refused(
                                    new TelegramError.NotFound("the link's chat is known only after joining it"))
                            : Answer.ok(id);
                });
    }

    /** A fresh session knows no chats: they come with the chat list, page by page. */
    private Answer<Long> known(long chatId) {
        Answer<ObjectNode> chat = client.read(getChat(chatId), Subject.CHAT);
        while (chat instanceof Answer.Refused) {
            Answer<ObjectNode> page = client.read(Td.object("loadChats").put("limit", 100), Subject.CHAT);
            if (page instanceof Answer.Refused<ObjectNode>(TelegramError error)) {
                // 404: the list is loaded whole, and the chat is not in it.
                return error instanceof TelegramError.NotFound || error instanceof TelegramError.Unknown
                        ? client.read(getChat(chatId), Subject.CHAT).map(TdChats::id)
                        : Answer.refused(error);
            }
            chat = client.read(getChat(chatId), Subject.CHAT);
        }
        return chat.map(TdChats::id);
    }

    private static ObjectNode getChat(long chatId) {
        return Td.object("getChat").put("chat_id", chatId);
    }

    Answer<JoinResult> join(ChatTarget target) {
        return switch (target) {
            case ChatTarget.Invite(String link) -> {
                ObjectNode request = Td.object("joinChatByInviteLink").put("invite_link", link);
                yield joined(client.call(request, Subject.CHAT), () -> byLink(link));
            }
            case ChatTarget.Username _, ChatTarget.Id _ ->
                chatId(target)
                        .then(id -> joined(
                                client.call(Td.object("joinChat").put("chat_id", id), Subject.CHAT),
                                () -> Answer.ok(id)));
        };
    }

    /** Whatever TDLib's version answers: nothing, the chat (1.8.62), or a ChatJoinResult (since 1.8.66). */
    private Answer<JoinResult> joined(Answer<ObjectNode> answer, Supplier<Answer<Long>> chatId) {
        return switch (answer) {
            case Answer.Ok<ObjectNode>(ObjectNode result) ->
                switch (Td.type(result)) {
                    case "chatJoinResultRequestSent" -> Answer.ok(new JoinResult.RequestSent());
                    case "chatJoinResultDeclined", "chatJoinResultGuardBotApprovalRequired" ->
                        Answer.refused(new TelegramError.CampaignFault("the chat wants more than a wish to join it"));
                    case "chatJoinResultSuccess" ->
                        joinedChat(Answer.ok(result.path("chat_id").asLong()));
                    case "chat" -> joinedChat(Answer.ok(id(result)));
                    default -> joinedChat(chatId.get());
                };
            case Answer.Refused<ObjectNode>(TelegramError.AlreadyMember _) -> joinedChat(chatId.get());
            case Answer.Refused<ObjectNode>(TelegramError error)
            when error.raw().contains("INVITE_REQUEST_SENT") -> Answer.ok(new JoinResult.RequestSent());
            case Answer.Refused<ObjectNode> refused -> refused.as();
        };
    }

    private Answer<JoinResult> joinedChat(Answer<Long> chatId) {
        return chatId.then(id -> reader.read(id, false)).map(JoinResult.Joined::new);
    }

    Answer<Membership> membership(long chatId, long userId) {
        ObjectNode request = Td.object("getChatMember").put("chat_id", chatId);
        request.set("member_id", Td.object("messageSenderUser").put("user_id", userId));
        return client.read(request, Subject.MEMBER).map(member -> membership(member.path("status")));
    }

    private static Membership membership(JsonNode status) {
        return switch (Td.type(status)) {
            case "chatMemberStatusCreator" ->
                status.path("is_member").asBoolean(true) ? Membership.ADMINISTRATOR : Membership.NOT_MEMBER;
            case "chatMemberStatusAdministrator" -> Membership.ADMINISTRATOR;
            case "chatMemberStatusMember" -> Membership.MEMBER;
            case "chatMemberStatusRestricted" ->
                status.path("is_member").asBoolean() ? Membership.MEMBER : Membership.NOT_MEMBER;
            case "chatMemberStatusBanned" -> Membership.BANNED;
            // TDLib says "left" of everyone who is no participant, whether ever one or not.
            default -> Membership.NOT_MEMBER;
        };
    }

    Answer<Done> addMember(long chatId, long userId) {
        return client.call(
                        Td.object("addChatMember")
                                .put("chat_id", chatId)
                                .put("user_id", userId)
                                .put("forward_limit", 0),
                        Subject.MEMBER)
                .then(result -> result.path("failed_to_add_members").isEmpty()
                        ? Answer.ok(Done.DONE)
                        : Answer.refused(new TelegramError.PrivacyRestricted(TelegramErrors.MISSING_INVITEE)));
    }

    Answer<InviteLink> createInviteLink(long chatId, InviteLink.Request request) {
        return client.call(
                        Td.object("createChatInviteLink")
                                .put("chat_id", chatId)
                                .put("name", request.name())
                                .put(
                                        "expiration_date",
                                        request.expires()
                                                .map(Instant::getEpochSecond)
                                                .orElse(0L))
                                .put("member_limit", request.memberLimit())
                                .put("creates_join_request", request.joinRequest()),
                        Subject.CHAT)
                .map(link -> new InviteLink(
                        link.path("invite_link").asText(),
                        Optional.of(link.path("expiration_date").asLong())
                                .filter(at -> at != 0)
                                .map(Instant::ofEpochSecond),
                        link.path("member_limit").asInt(),
                        link.path("creates_join_request").asBoolean()));
    }
}
