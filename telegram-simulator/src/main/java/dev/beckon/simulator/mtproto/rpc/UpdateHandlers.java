package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Message;
import java.util.List;
import java.util.Map;

/** What a client missed (core.telegram.org/api/updates). Who asks hears of what comes. */
final class UpdateHandlers {
    Map<String, Handler> methods() {
        return Map.of(
                "updates.getState", UpdateHandlers::getState,
                "updates.getDifference", UpdateHandlers::getDifference,
                "updates.getChannelDifference", UpdateHandlers::getChannelDifference);
    }

    private static TlObject getState(Call call) {
        Caller caller = call.caller();
        call.context().session().wantUpdates();
        return new Box(call.world(), caller).state();
    }

    private static TlObject getDifference(Call call) {
        Caller caller = call.caller();
        call.context().session().wantUpdates();
        Box box = new Box(call.world(), caller);
        int known = call.query().integer("pts");
        if (known == box.pts()) {
            return TlObject.of("updates.differenceEmpty")
                    .set("date", Shows.seconds(call.world().clock().instant()))
                    .set("seq", 1);
        }
        List<Message> missed = box.since(known);
        Cast cast = new Cast(call.world(), caller);
        missed.forEach(message -> cast.person(message.fromId()).person(message.peerId()));
        return cast.into(TlObject.of("updates.difference")
                .set("new_messages", missed.stream().map(Posts::direct).toList())
                .set("new_encrypted_messages", List.of())
                .set("other_updates", List.of())
                .set("state", box.state()));
    }

    private static TlObject getChannelDifference(Call call) {
        Caller caller = call.caller();
        Chat chat = call.world().chats().peek(caller, Peers.channel(call.query().object("channel"), caller));
        int known = call.query().integer("pts");
        if (known >= Posts.pts(chat)) {
            return TlObject.of("updates.channelDifferenceEmpty")
                    .set("final", true)
                    .set("pts", Posts.pts(chat))
                    .set("timeout", 30);
        }
        Cast cast = new Cast(call.world(), caller).chat(chat);
        List<Message> missed = call.world().truth().posts(chat.created()).stream()
                .filter(post -> post.chatId() == chat.id())
                .map(post -> post.message())
                .filter(message -> Posts.idOf(message) >= known)
                .toList();
        missed.forEach(message -> cast.person(message.fromId()));
        return cast.into(TlObject.of("updates.channelDifference")
                .set("final", true)
                .set("pts", Posts.pts(chat))
                .set("timeout", 30)
                .set(
                        "new_messages",
                        missed.stream()
                                .map(message -> Posts.post(message, chat, caller.userId()))
                                .toList())
                .set("other_updates", List.of()));
    }
}
