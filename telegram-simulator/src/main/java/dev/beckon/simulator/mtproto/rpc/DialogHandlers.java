package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Message;
import dev.beckon.telegram.TelegramChat.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The account's chat list. */
final class DialogHandlers {
    Map<String, Handler> methods() {
        return Map.of(
                "messages.getDialogs", DialogHandlers::getDialogs,
                "messages.getPinnedDialogs", DialogHandlers::getPinnedDialogs,
                "messages.getPeerDialogs", DialogHandlers::getPeerDialogs);
    }

    /** Dialogs with the messages on top of them. */
    private static final class Listing {
        private final Call call;
        private final Caller caller;
        private final Box box;
        private final Cast cast;
        private final List<TlObject> dialogs = new ArrayList<>();
        private final List<TlObject> messages = new ArrayList<>();

        Listing(Call call, Caller caller) {
            this.call = call;
            this.caller = caller;
            this.box = new Box(call.world(), caller);
            this.cast = new Cast(call.world(), caller);
        }

        void add(Chat chat) {
            cast.chat(chat);
            if (chat.kind() == Kind.BASIC_GROUP) {
                TlObject created = Posts.basicGroupCreated(chat);
                cast.person(chat.creatorId());
                messages.add(created);
                dialogs.add(dialog(Shows.peer(chat), created.integer("id")));
                return;
            }
            cast.person(chat.creatorId());
            TlObject top = top(chat);
            messages.add(top);
            dialogs.add(dialog(Shows.peer(chat), top.integer("id")).set("pts", Posts.pts(chat)));
        }

        /** The newest message that stands; where none does, the first one, which says that the chat was made. */
        private TlObject top(Chat chat) {
            Optional<Message> newest = call.world().truth().posts(Instant.MIN).stream()
                    .filter(post -> post.chatId() == chat.id())
                    .map(post -> post.message())
                    .max(Comparator.comparingInt(Message::id));
            newest.ifPresent(message -> cast.person(message.fromId()));
            return newest.map(message -> Posts.post(message, chat, caller.userId()))
                    .orElseGet(() -> Posts.created(chat));
        }

        void add(long personId) {
            cast.person(personId);
            List<Message> history = box.with(personId);
            int last = history.isEmpty() ? 0 : history.getFirst().id();
            if (last != 0) {
                messages.add(Posts.direct(history.getFirst()));
            }
            dialogs.add(dialog(Shows.peerUser(personId), last));
        }

        private static TlObject dialog(TlObject peer, int top) {
            return TlObject.of("dialog")
                    .set("peer", peer)
                    .set("top_message", top)
                    .set("read_inbox_max_id", top)
                    .set("read_outbox_max_id", top)
                    .set("unread_count", 0)
                    .set("unread_mentions_count", 0)
                    .set("unread_reactions_count", 0)
                    .set("unread_poll_votes_count", 0)
                    .set("notify_settings", TlObject.of("peerNotifySettings"));
        }

        TlObject into(String constructor) {
            return cast.into(TlObject.of(constructor).set("dialogs", dialogs).set("messages", messages));
        }
    }

    /** The whole list in one page, for a world is small; the archive is empty. */
    private static TlObject getDialogs(Call call) {
        Caller caller = call.caller();
        Listing listing = new Listing(call, caller);
        boolean first = call.query().object("offset_peer").is("inputPeerEmpty")
                && call.query().integer("folder_id", 0) == 0;
        if (first) {
            call.world().chats().mine(caller).forEach(listing::add);
            call.world().messages().peers(caller).forEach(listing::add);
        }
        return listing.into("messages.dialogs");
    }

    private static TlObject getPinnedDialogs(Call call) {
        Caller caller = call.caller();
        return new Listing(call, caller)
                .into("messages.peerDialogs")
                .set("state", new Box(call.world(), caller).state());
    }

    private static TlObject getPeerDialogs(Call call) {
        Caller caller = call.caller();
        Listing listing = new Listing(call, caller);
        for (TlObject wanted : call.query().objects("peers")) {
            if (wanted.is("inputDialogPeer")) {
                switch (Peers.peer(wanted.object("peer"), caller)) {
                    case Peers.Peer.User(long id) -> listing.add(id);
                    case Peers.Peer.Channel(long id) ->
                        listing.add(call.world().chats().peek(caller, id));
                    case Peers.Peer.BasicGroup(long id) ->
                        listing.add(call.world().chats().peek(caller, id));
                }
            }
        }
        return listing.into("messages.peerDialogs").set("state", new Box(call.world(), caller).state());
    }
}
