package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Invitations.LinkPreview;
import dev.beckon.simulator.world.Link;
import dev.beckon.telegram.TelegramChat.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ways into a chat and out of it. */
final class InvitationHandlers {
    Map<String, Handler> methods() {
        return Map.of(
                "channels.inviteToChannel", InvitationHandlers::inviteToChannel,
                "messages.addChatUser", InvitationHandlers::addChatUser,
                "messages.checkChatInvite", InvitationHandlers::checkChatInvite,
                "messages.importChatInvite", InvitationHandlers::importChatInvite,
                "messages.hideChatJoinRequest", InvitationHandlers::hideChatJoinRequest,
                "channels.joinChannel", InvitationHandlers::joinChannel,
                "channels.leaveChannel", InvitationHandlers::leaveChannel,
                "messages.exportChatInvite", InvitationHandlers::exportChatInvite);
    }

    private static TlObject inviteToChannel(Call call) {
        Caller caller = call.caller();
        List<Long> people = call.query().objects("users").stream()
                .map(user -> Peers.user(user, caller))
                .toList();
        return invite(call, caller, Peers.channel(call.query().object("channel"), caller), people);
    }

    private static TlObject addChatUser(Call call) {
        Caller caller = call.caller();
        long person = Peers.user(call.query().object("user_id"), caller);
        return invite(call, caller, call.query().longInteger("chat_id"), List.of(person));
    }

    private static TlObject invite(Call call, Caller caller, long chatId, List<Long> people) {
        List<Long> missing = call.world().invitations().invite(caller, chatId, people);
        Chat chat = call.world().chats().peek(caller, chatId);
        return TlObject.of("messages.invitedUsers")
                .set("updates", changed(call, caller, chat, people))
                .set(
                        "missing_invitees",
                        missing.stream()
                                .map(id -> TlObject.of("missingInvitee").set("user_id", id))
                                .toList());
    }

    private static TlObject changed(Call call, Caller caller, Chat chat, List<Long> people) {
        TlObject update = chat.kind() == Kind.BASIC_GROUP
                ? TlObject.of("updateChat").set("chat_id", chat.id())
                : TlObject.of("updateChannel").set("channel_id", chat.id());
        return new Cast(call.world(), caller).people(people).chat(chat).updates(List.of(update));
    }

    private static TlObject checkChatInvite(Call call) {
        Caller caller = call.caller();
        LinkPreview preview =
                call.world().invitations().checkLink(caller, call.query().string("hash"));
        Chat chat = preview.chat();
        if (chat.mine().isIn()) {
            return TlObject.of("chatInviteAlready").set("chat", Shows.chat(chat, caller));
        }
        return TlObject.of("chatInvite")
                .set("channel", chat.kind() != Kind.BASIC_GROUP)
                .set("broadcast", chat.kind() == Kind.CHANNEL)
                .set("megagroup", chat.kind() == Kind.SUPERGROUP)
                .set("public", chat.username().isPresent())
                .set("request_needed", preview.request())
                .set("title", chat.title())
                .set("photo", TlObject.of("photoEmpty").set("id", 0L))
                .set("participants_count", chat.memberCount())
                .set("color", 0);
    }

    private static TlObject importChatInvite(Call call) {
        Caller caller = call.caller();
        return joined(
                call,
                caller,
                call.world().invitations().joinByLink(caller, call.query().string("hash")));
    }

    private static TlObject joinChannel(Call call) {
        Caller caller = call.caller();
        return joined(
                call,
                caller,
                call.world()
                        .invitations()
                        .join(caller, Peers.channel(call.query().object("channel"), caller)));
    }

    private static TlObject joined(Call call, Caller caller, Chat chat) {
        return TlObject.of("messages.chatInviteJoinResultOk").set("updates", changed(call, caller, chat, List.of()));
    }

    private static TlObject hideChatJoinRequest(Call call) {
        Caller caller = call.caller();
        TlObject query = call.query();
        long chatId = Peers.chat(query.object("peer"), caller);
        long personId = Peers.user(query.object("user_id"), caller);
        call.world().invitations().answerRequest(caller, chatId, personId, query.flag("approved"));
        return changed(call, caller, call.world().chats().peek(caller, chatId), List.of(personId));
    }

    private static TlObject leaveChannel(Call call) {
        Caller caller = call.caller();
        long chatId = Peers.channel(call.query().object("channel"), caller);
        call.world().invitations().leave(caller, chatId);
        return changed(call, caller, call.world().chats().peek(caller, chatId), List.of());
    }

    private static TlObject exportChatInvite(Call call) {
        Caller caller = call.caller();
        TlObject query = call.query();
        Optional<Instant> expires = Optional.of(query.integer("expire_date", 0))
                .filter(at -> at > 0)
                .map(Instant::ofEpochSecond);
        Link link = call.world()
                .invitations()
                .exportLink(
                        caller,
                        Peers.chat(query.object("peer"), caller),
                        query.has("title") ? query.string("title") : "",
                        expires,
                        query.integer("usage_limit", 0),
                        query.flag("request_needed"));
        return TlObject.of("chatInviteExported")
                .set("link", link.url())
                .set("admin_id", link.creatorId())
                .set("date", Shows.seconds(link.created()))
                .set("expire_date", link.expires().map(Shows::seconds).orElse(null))
                .set("usage_limit", link.limit() == 0 ? null : link.limit())
                .set("title", link.name().isEmpty() ? null : link.name())
                .set("request_needed", link.request());
    }
}
