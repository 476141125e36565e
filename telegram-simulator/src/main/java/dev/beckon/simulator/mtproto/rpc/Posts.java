package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Content.Picture;
import dev.beckon.simulator.world.Message;
import dev.beckon.telegram.TelegramChat.Kind;
import java.util.List;

/**
 * Messages as TL. A channel's or supergroup's first message says that it was created, as everywhere on Telegram, so its
 * messages have an id one higher than the world's. Its {@code pts} counts them.
 */
final class Posts {
    private Posts() {}

    static int lastId(Chat chat) {
        return chat.lastMessageId() + 1;
    }

    static int pts(Chat chat) {
        return lastId(chat) + 1;
    }

    static int idOf(Message post) {
        return post.id() + 1;
    }

    static TlObject created(Chat chat) {
        boolean broadcast = chat.kind() == Kind.CHANNEL;
        return TlObject.of("messageService")
                .set("id", 1)
                .set("out", chat.mine() == Chat.Standing.CREATOR)
                .set("post", broadcast)
                .set("from_id", broadcast ? null : Shows.peerUser(chat.creatorId()))
                .set("peer_id", Shows.peer(chat))
                .set("date", Shows.seconds(chat.created()))
                .set("action", TlObject.of("messageActionChannelCreate").set("title", chat.title()));
    }

    /**
     * A basic group's first message. It lies in its members' boxes and has an id of its own there, far from those of private
     * messages.
     */
    static TlObject basicGroupCreated(Chat chat) {
        return TlObject.of("messageService")
                .set("id", 1_000_000_000 + (int) (chat.id() % 1_000_000_000))
                .set("out", chat.mine() == Chat.Standing.CREATOR)
                .set("from_id", Shows.peerUser(chat.creatorId()))
                .set("peer_id", Shows.peer(chat))
                .set("date", Shows.seconds(chat.created()))
                .set(
                        "action",
                        TlObject.of("messageActionChatCreate")
                                .set("title", chat.title())
                                .set("users", List.of(chat.creatorId())));
    }

    static TlObject post(Message message, Chat chat, long viewerId) {
        boolean broadcast = chat.kind() == Kind.CHANNEL;
        return TlObject.of("message")
                .set("id", idOf(message))
                .set("out", message.fromId() == viewerId)
                .set("post", broadcast)
                .set("views", broadcast ? 1 : null)
                .set("forwards", broadcast ? 0 : null)
                .set("from_id", broadcast ? null : Shows.peerUser(message.fromId()))
                .set("peer_id", Shows.peer(chat))
                .set("date", Shows.seconds(message.at()))
                .set("message", message.text())
                .set(
                        "media",
                        message.content()
                                .picture()
                                .map(picture -> photo(picture, message))
                                .orElse(null))
                .set("entities", Looks.entities(message.content().looks()));
    }

    /** Of a size of its own choosing: nobody looks at it. */
    private static TlObject photo(Picture picture, Message message) {
        long id = Long.parseUnsignedLong(picture.sha256().substring(0, 16), 16);
        TlObject size = TlObject.of("photoSize")
                .set("type", "x")
                .set("w", 800)
                .set("h", 600)
                .set("size", picture.bytes());
        TlObject photo = TlObject.of("photo")
                .set("id", id)
                .set("access_hash", id)
                .set("file_reference", new byte[] {1})
                .set("date", Shows.seconds(message.at()))
                .set("sizes", List.of(size))
                .set("dc_id", 2);
        return TlObject.of("messageMediaPhoto").set("photo", photo);
    }

    /** A private message in an account's box. */
    static TlObject direct(Message message) {
        return TlObject.of("message")
                .set("id", message.id())
                .set("out", message.out())
                .set("from_id", Shows.peerUser(message.fromId()))
                .set("peer_id", Shows.peerUser(message.peerId()))
                .set("date", Shows.seconds(message.at()))
                .set("message", message.text());
    }
}
