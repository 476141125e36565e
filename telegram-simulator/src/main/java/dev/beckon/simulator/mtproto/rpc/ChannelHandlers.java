package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Chats;
import dev.beckon.simulator.world.Member;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.telegram.TelegramChat.Kind;
import java.util.List;
import java.util.Map;

/** Looking at groups and channels and their members. */
final class ChannelHandlers {
    Map<String, Handler> methods() {
        return Map.of(
                "channels.getChannels", ChannelHandlers::getChannels,
                "channels.getFullChannel", ChannelHandlers::getFullChannel,
                "channels.getParticipant", ChannelHandlers::getParticipant,
                "channels.getParticipants", ChannelHandlers::getParticipants,
                "messages.getChats", ChannelHandlers::getChats,
                "messages.getFullChat", ChannelHandlers::getFullChat);
    }

    private static TlObject getChannels(Call call) {
        Caller caller = call.caller();
        List<TlObject> chats = call.query().objects("id").stream()
                .map(input -> call.world().chats().peek(caller, met(call, input)))
                .map(chat -> Shows.chat(chat, caller))
                .toList();
        return TlObject.of("messages.chats").set("chats", chats);
    }

    /** A bot may ask for a chat that it is in without the proof that it met it (core.telegram.org/api/peers, "access hash" of bots). */
    private static long met(Call call, TlObject input) {
        Caller caller = call.caller();
        if (input.is("inputChannel")
                && input.longInteger("access_hash") == 0
                && call.world().people().self(caller).bot()) {
            Chat chat = call.world().chats().peek(caller, input.longInteger("channel_id"));
            if (chat.mine().isIn()) {
                return chat.id();
            }
        }
        return Peers.channel(input, caller);
    }

    private static TlObject getChats(Call call) {
        Caller caller = call.caller();
        List<TlObject> chats = call.query().longIntegers("id").stream()
                .map(id -> Shows.chat(basicGroup(call, caller, id), caller))
                .toList();
        return TlObject.of("messages.chats").set("chats", chats);
    }

    private static Chat basicGroup(Call call, Caller caller, long id) {
        Chat chat = call.world().chats().peek(caller, id);
        if (chat.kind() != Kind.BASIC_GROUP) {
            throw new RpcError(400, "CHAT_ID_INVALID");
        }
        return chat;
    }

    private static TlObject getFullChannel(Call call) {
        Caller caller = call.caller();
        Chat chat = call.world().chats().chat(caller, Peers.channel(call.query().object("channel"), caller));
        boolean administrator = chat.mine().isAdministrator();
        TlObject full = TlObject.of("channelFull")
                .set("id", chat.id())
                .set("can_view_participants", call.world().chats().listShown(chat))
                .set("participants_hidden", chat.hiddenMembers())
                .set("about", "")
                .set("participants_count", chat.memberCount())
                .set("admins_count", administrator ? 1 : null)
                .set("read_inbox_max_id", Posts.lastId(chat))
                .set("read_outbox_max_id", Posts.lastId(chat))
                .set("unread_count", 0)
                .set("chat_photo", TlObject.of("photoEmpty").set("id", 0L))
                .set("notify_settings", TlObject.of("peerNotifySettings"))
                .set("bot_info", List.of())
                .set(
                        "slowmode_seconds",
                        chat.slowMode().isZero() ? null : (int) chat.slowMode().toSeconds())
                .set(
                        "slowmode_next_send_date",
                        chat.nextPost()
                                .filter(call.world().clock().instant()::isBefore)
                                .map(Shows::secondsUp)
                                .orElse(null))
                .set("pts", Posts.pts(chat));
        return new Cast(call.world(), caller)
                .chat(chat)
                .into(TlObject.of("messages.chatFull").set("full_chat", full));
    }

    /** A basic group shows its whole list to its members. */
    private static TlObject getFullChat(Call call) {
        Caller caller = call.caller();
        Chat chat = basicGroup(call, caller, call.query().longInteger("chat_id"));
        Cast cast = new Cast(call.world(), caller).chat(chat);
        List<TlObject> members = call.world().truth().members(chat.id()).stream()
                .map(member -> basicMember(member, chat, cast))
                .toList();
        TlObject list = chat.mine().isIn()
                ? TlObject.of("chatParticipants")
                        .set("chat_id", chat.id())
                        .set("participants", members)
                        .set("version", chat.memberCount())
                : TlObject.of("chatParticipantsForbidden").set("chat_id", chat.id());
        TlObject full = TlObject.of("chatFull")
                .set("id", chat.id())
                .set("about", "")
                .set("participants", list)
                .set("notify_settings", TlObject.of("peerNotifySettings"));
        return cast.into(TlObject.of("messages.chatFull").set("full_chat", full));
    }

    private static TlObject basicMember(Member member, Chat chat, Cast cast) {
        cast.person(member.personId());
        if (member.standing() == Chat.Standing.CREATOR) {
            return TlObject.of("chatParticipantCreator").set("user_id", member.personId());
        }
        long inviter = member.inviterId() == 0 ? chat.creatorId() : member.inviterId();
        cast.person(inviter);
        return TlObject.of(
                        member.standing() == Chat.Standing.ADMINISTRATOR ? "chatParticipantAdmin" : "chatParticipant")
                .set("user_id", member.personId())
                .set("inviter_id", inviter)
                .set("date", Shows.seconds(member.since()));
    }

    private static TlObject getParticipant(Call call) {
        Caller caller = call.caller();
        long chatId = Peers.channel(call.query().object("channel"), caller);
        if (!(Peers.peer(call.query().object("participant"), caller) instanceof Peers.Peer.User(long personId))) {
            throw new RpcError(400, "PARTICIPANT_ID_INVALID");
        }
        Member member = call.world().chats().participant(caller, chatId, personId);
        Chat chat = call.world().chats().peek(caller, chatId);
        return mention(new Cast(call.world(), caller).chat(chat), member, chat)
                .into(TlObject.of("channels.channelParticipant")
                        .set("participant", Members.participant(member, chat, caller.userId())));
    }

    private static Cast mention(Cast cast, Member member, Chat chat) {
        if (member.inviterId() != 0) {
            cast.person(member.inviterId());
        }
        return cast.person(member.personId()).person(chat.creatorId());
    }

    private static TlObject getParticipants(Call call) {
        Caller caller = call.caller();
        long chatId = Peers.channel(call.query().object("channel"), caller);
        TlObject asked = call.query().object("filter");
        Chats.Filter filter = switch (asked.constructor()) {
            case "channelParticipantsRecent" -> Chats.Filter.RECENT;
            case "channelParticipantsSearch" -> Chats.Filter.RECENT;
            case "channelParticipantsAdmins" -> Chats.Filter.ADMINISTRATORS;
            case "channelParticipantsKicked", "channelParticipantsBanned" -> Chats.Filter.BANNED;
            default -> throw new RpcError(400, "FILTER_NOT_SIMULATED");
        };
        Chats.Members members = call.world()
                .chats()
                .participants(
                        caller,
                        chatId,
                        filter,
                        asked.is("channelParticipantsSearch") ? asked.string("q") : "",
                        call.query().integer("offset"),
                        call.query().integer("limit"));
        Chat chat = call.world().chats().peek(caller, chatId);
        Cast cast = new Cast(call.world(), caller).chat(chat);
        members.page().forEach(member -> mention(cast, member, chat));
        return cast.into(TlObject.of("channels.channelParticipants")
                .set("count", members.total())
                .set(
                        "participants",
                        members.page().stream()
                                .map(member -> Members.participant(member, chat, caller.userId()))
                                .toList()));
    }
}
