package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramChat.Kind;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.util.Optional;

/** A chat of TDLib's, which is spread over two or three objects, as one of ours. */
final class TdChatReader {
    private final TdClient client;

    TdChatReader(TdClient client) {
        this.client = client;
    }

    /** @param anew whether to ask Telegram for what may have changed since TDLib heard of the chat */
    Answer<TelegramChat> read(long chatId, boolean anew) {
        return client.read(Td.object("getChat").put("chat_id", chatId), Subject.CHAT)
                .then(chat -> {
                    JsonNode type = chat.path("type");
                    return switch (Td.type(type)) {
                        case "chatTypeSupergroup" ->
                            supergroup(chat, type.path("supergroup_id").asLong(), anew);
                        case "chatTypeBasicGroup" ->
                            basicGroup(chat, type.path("basic_group_id").asLong());
                        default ->
                            Answer.refused(new TelegramError.CampaignFault("this is a person or a bot, not a chat"));
                    };
                });
    }

    private Answer<TelegramChat> supergroup(ObjectNode chat, long id, boolean anew) {
        int counted = 0;
        if (anew) {
            switch (client.read(Td.object("getSupergroupFullInfo").put("supergroup_id", id), Subject.CHAT)) {
                case Answer.Ok<ObjectNode>(ObjectNode full) ->
                    counted = full.path("member_count").asInt();
                case Answer.Refused<ObjectNode> refused -> {
                    return refused.as();
                }
            }
        }
        int fresh = counted;
        return client.read(Td.object("getSupergroup").put("supergroup_id", id), Subject.CHAT)
                .map(group -> chat(
                        chat,
                        group.path("is_channel").asBoolean() ? Kind.CHANNEL : Kind.SUPERGROUP,
                        group,
                        fresh == 0 ? group.path("member_count").asInt() : fresh));
    }

    private Answer<TelegramChat> basicGroup(ObjectNode chat, long id) {
        return client.read(Td.object("getBasicGroup").put("basic_group_id", id), Subject.CHAT)
                .map(group -> chat(
                        chat,
                        Kind.BASIC_GROUP,
                        group,
                        group.path("member_count").asInt()));
    }

    private static TelegramChat chat(ObjectNode chat, Kind kind, ObjectNode group, int memberCount) {
        JsonNode status = group.path("status");
        JsonNode names = group.path("usernames").path("active_usernames");
        String standing = Td.type(status);
        boolean creator = standing.equals("chatMemberStatusCreator");
        boolean administrator = standing.equals("chatMemberStatusAdministrator");
        boolean restrictedMember = standing.equals("chatMemberStatusRestricted")
                && status.path("is_member").asBoolean();
        boolean member = administrator
                || standing.equals("chatMemberStatusMember")
                || restrictedMember
                || (creator && status.path("is_member").asBoolean(true));
        boolean membersMayInvite = kind != Kind.CHANNEL
                && chat.path("permissions").path("can_invite_users").asBoolean()
                && (!restrictedMember
                        || status.path("permissions").path("can_invite_users").asBoolean());
        boolean mayInvite = creator
                || (administrator
                        && status.path("rights").path("can_invite_users").asBoolean())
                || (!administrator && member && membersMayInvite);
        return new TelegramChat(
                chat.path("id").asLong(),
                kind,
                chat.path("title").asText(),
                names.isEmpty() ? Optional.empty() : Optional.of(names.get(0).asText()),
                memberCount,
                member,
                mayInvite,
                kind != Kind.BASIC_GROUP && (creator || administrator));
    }
}
