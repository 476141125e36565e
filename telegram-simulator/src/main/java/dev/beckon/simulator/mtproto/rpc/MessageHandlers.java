package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Content;
import dev.beckon.simulator.world.Message;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.telegram.TelegramChat.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writing and reading messages. */
final class MessageHandlers {
    private final Uploads uploads;

    MessageHandlers(Uploads uploads) {
        this.uploads = uploads;
    }

    Map<String, Handler> methods() {
        return Map.of(
                "messages.sendMessage", MessageHandlers::sendMessage,
                "messages.sendMedia", this::sendMedia,
                "channels.exportMessageLink", MessageHandlers::exportMessageLink,
                "messages.getHistory", MessageHandlers::getHistory,
                "channels.getMessages", MessageHandlers::getMessages,
                "messages.readHistory", MessageHandlers::readHistory,
                "channels.readHistory", call -> true);
    }

    private static TlObject sendMessage(Call call) {
        Caller caller = call.caller();
        TlObject query = call.query();
        String text = query.string("message");
        long randomId = query.longInteger("random_id");
        return switch (Peers.peer(query.object("peer"), caller)) {
            case Peers.Peer.User(long id) -> {
                Message sent = call.world().messages().sendToPerson(caller, id, text, randomId);
                TlObject update = TlObject.of("updateNewMessage")
                        .set("message", Posts.direct(sent))
                        .set("pts", Box.ptsAfter(sent.id()))
                        .set("pts_count", 1);
                yield sent(
                        new Cast(call.world(), caller).person(caller.userId()).person(id), sent.id(), randomId, update);
            }
            case Peers.Peer.Channel(long id) ->
                post(call, caller, id, new Content(text, Looks.of(query), Optional.empty()), randomId);
            case Peers.Peer.BasicGroup _ -> throw new RpcError(403, "CHAT_WRITE_FORBIDDEN");
        };
    }

    private TlObject sendMedia(Call call) {
        Caller caller = call.caller();
        TlObject query = call.query();
        TlObject media = query.object("media");
        if (!media.is("inputMediaUploadedPhoto")
                || !(Peers.peer(query.object("peer"), caller) instanceof Peers.Peer.Channel(long id))) {
            throw new RpcError(400, "MEDIA_INVALID");
        }
        Content content = new Content(
                query.string("message"), Looks.of(query), Optional.of(uploads.picture(call, media.object("file"))));
        return post(call, caller, id, content, query.longInteger("random_id"));
    }

    private static TlObject post(Call call, Caller caller, long chatId, Content content, long randomId) {
        Message sent = call.world().messages().post(caller, chatId, content, randomId);
        Chat chat = call.world().chats().peek(caller, chatId);
        return sent(
                new Cast(call.world(), caller).person(caller.userId()).chat(chat),
                Posts.idOf(sent),
                randomId,
                newPost(sent, chat, caller.userId()));
    }

    private static TlObject exportMessageLink(Call call) {
        Caller caller = call.caller();
        Chat chat = call.world().chats().peek(caller, Peers.channel(call.query().object("channel"), caller));
        String where = chat.username().orElseGet(() -> "c/" + chat.id());
        return TlObject.of("exportedMessageLink")
                .set("link", "https://t.me/" + where + "/" + call.query().integer("id"))
                .set("html", "");
    }

    static TlObject newPost(Message message, Chat chat, long viewerId) {
        return TlObject.of("updateNewChannelMessage")
                .set("message", Posts.post(message, chat, viewerId))
                .set("pts", Posts.idOf(message) + 1)
                .set("pts_count", 1);
    }

    private static TlObject sent(Cast cast, int messageId, long randomId, TlObject update) {
        TlObject id = TlObject.of("updateMessageID").set("id", messageId).set("random_id", randomId);
        return cast.updates(List.of(id, update));
    }

    private static TlObject getHistory(Call call) {
        Caller caller = call.caller();
        return switch (Peers.peer(call.query().object("peer"), caller)) {
            case Peers.Peer.User(long id) -> privateHistory(call, caller, id);
            case Peers.Peer.Channel(long id) -> channelHistory(call, caller, id);
            case Peers.Peer.BasicGroup(long id) -> {
                call.world().messages().historyOf(caller, id, 0, 1);
                Chat chat = call.world().chats().peek(caller, id);
                List<TlObject> page = Window.of(call.query())
                        .cut(List.of(Posts.basicGroupCreated(chat)), message -> message.integer("id"));
                yield history(
                        "messages.messages",
                        page,
                        new Cast(call.world(), caller).chat(chat).person(chat.creatorId()));
            }
        };
    }

    private static TlObject privateHistory(Call call, Caller caller, long personId) {
        Window window = Window.of(call.query());
        List<Message> page = window.cut(
                call.world().messages().historyWith(caller, personId, 0, 1).isEmpty()
                        ? List.of()
                        : new Box(call.world(), caller).with(personId),
                Message::id);
        Cast cast = new Cast(call.world(), caller).person(caller.userId()).person(personId);
        return history("messages.messages", page.stream().map(Posts::direct).toList(), cast);
    }

    /** The world's page is asked for first: it decides who may read, and counts the call. */
    private static TlObject channelHistory(Call call, Caller caller, long chatId) {
        call.world().messages().historyOf(caller, chatId, 0, 1);
        Chat chat = call.world().chats().peek(caller, chatId);
        Cast cast = new Cast(call.world(), caller).chat(chat).person(chat.creatorId());
        List<Message> posts = call.world().truth().posts(chat.created()).stream()
                .filter(post -> post.chatId() == chatId)
                .map(post -> post.message())
                .toList();
        List<TlObject> all = new ArrayList<>();
        all.add(Posts.created(chat));
        posts.forEach(post -> all.add(Posts.post(post, chat, caller.userId())));
        List<TlObject> page = Window.of(call.query()).cut(all.reversed(), message -> message.integer("id"));
        if (chat.kind() != Kind.CHANNEL) {
            page.forEach(message -> cast.person(message.object("from_id").longInteger("user_id")));
        }
        return history("messages.channelMessages", page, cast)
                .set("pts", Posts.pts(chat))
                .set("count", all.size());
    }

    /** Each number is answered, one that no message has with an empty message. */
    private static TlObject getMessages(Call call) {
        Caller caller = call.caller();
        long chatId = Peers.channel(call.query().object("channel"), caller);
        List<Integer> numbers = call.query().objects("id").stream()
                .map(input -> input.integer("id"))
                .toList();
        Map<Integer, Message> standing = call
                .world()
                .messages()
                .byNumber(
                        caller,
                        chatId,
                        numbers.stream().map(number -> number - 1).collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(Posts::idOf, Function.identity()));
        Chat chat = call.world().chats().peek(caller, chatId);
        Cast cast = new Cast(call.world(), caller).chat(chat).person(chat.creatorId());
        List<TlObject> messages = numbers.stream()
                .map(number -> standing.containsKey(number)
                        ? Posts.post(standing.get(number), chat, caller.userId())
                        : number == 1
                                ? Posts.created(chat)
                                : TlObject.of("messageEmpty").set("id", number))
                .toList();
        if (chat.kind() != Kind.CHANNEL) {
            standing.values().forEach(message -> cast.person(message.fromId()));
        }
        return history("messages.channelMessages", messages, cast)
                .set("pts", Posts.pts(chat))
                .set("count", messages.size());
    }

    private static TlObject history(String constructor, List<TlObject> messages, Cast cast) {
        return cast.into(TlObject.of(constructor).set("messages", messages).set("topics", List.of()));
    }

    private static TlObject readHistory(Call call) {
        return TlObject.of("messages.affectedMessages")
                .set("pts", new Box(call.world(), call.caller()).pts())
                .set("pts_count", 0);
    }
}
