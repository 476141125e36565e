package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatSource;
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
                        default -> Answer.refused(TelegramError.CampaignFault.NOT_A_CHAT);
                    };
                });
    }

    /** The chat as a source of people. */
    Answer<ChatSource> source(long chatId) {
        return read(chatId, true).then(chat -> {
            String field = chat.kind() == Kind.BASIC_GROUP ? "basic_group_id" : "supergroup_id";
            String type = chat.kind() == Kind.BASIC_GROUP ? "BasicGroup" : "Supergroup";
            long id = TdCrowd.groupId(chatId);
            return client.read(Td.object("get" + type).put(field, id), Subject.CHAT)
                    .then(group -> chat.kind() == Kind.BASIC_GROUP
                            ? Answer.ok(basicSource(chat, group))
                            : client.read(Td.object("getSupergroupFullInfo").put(field, id), Subject.CHAT)
                                    .map(full -> new ChatSource(chat, administered(group), listing(chat, full))));
        });
    }

    private static ChatSource basicSource(TelegramChat chat, ObjectNode group) {
        return new ChatSource(
                chat, administered(group), chat.member() ? ChatSource.Listing.MEMBERS : ChatSource.Listing.NONE);
    }

    private static boolean administered(ObjectNode group) {
        return switch (Td.type(group.path("status"))) {
            case "chatMemberStatusCreator", "chatMemberStatusAdministrator" -> true;
            default -> false;
        };
    }

    private static ChatSource.Listing listing(TelegramChat chat, ObjectNode full) {
        if (!full.path("can_get_members").asBoolean()) {
            return ChatSource.Listing.NONE;
        }
        return chat.kind() == Kind.CHANNEL ? ChatSource.Listing.LATEST_200 : ChatSource.Listing.MEMBERS;
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
