package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Message;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.world.WorldEvent;
import java.util.List;

/** Updates that nobody asked for, as TL. */
public final class UpdateViews {
    private final World world;

    public UpdateViews(World world) {
        this.world = world;
    }

    /** Updates as one session has to see them. */
    @FunctionalInterface
    public interface View {
        /** @param viewer the account whose session it is sent to: access hashes are its own */
        TlObject seenBy(Caller viewer);
    }

    /** The QR code was scanned. */
    public TlObject loginToken() {
        return TlObject.of("updateShort")
                .set("update", TlObject.of("updateLoginToken"))
                .set("date", Shows.seconds(world.clock().instant()));
    }

    /** A private message came. */
    public View received(WorldEvent.MessageSent sent) {
        Message message = new Message(sent.toMessageId(), sent.fromId(), sent.fromId(), false, sent.at(), sent.text());
        TlObject update = TlObject.of("updateNewMessage")
                .set("message", Posts.direct(message))
                .set("pts", Box.ptsAfter(message.id()))
                .set("pts_count", 1);
        return viewer -> new Cast(world, viewer)
                .person(viewer.userId())
                .person(sent.fromId())
                .updates(List.of(update));
    }

    /** A message is gone. It counts nothing: {@code pts} is the number of messages that ever came. */
    public View deleted(int messageId) {
        return viewer -> {
            TlObject update = TlObject.of("updateDeleteMessages")
                    .set("messages", List.of(messageId))
                    .set("pts", new Box(world, viewer).pts())
                    .set("pts_count", 0);
            return new Cast(world, viewer).updates(List.of(update));
        };
    }
}
