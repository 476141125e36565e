package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Message;
import dev.beckon.simulator.world.World;
import java.util.Comparator;
import java.util.List;

/** An account's private messages, and the {@code pts} that counts them: one more than the last one's id. */
final class Box {
    private final World world;
    private final Caller owner;

    Box(World world, Caller owner) {
        this.world = world;
        this.owner = owner;
    }

    static int ptsAfter(int messageId) {
        return messageId + 1;
    }

    int pts() {
        return ptsAfter(world.messages().peers(owner).stream()
                .flatMap(peer -> with(peer).stream().limit(1))
                .mapToInt(Message::id)
                .max()
                .orElse(0));
    }

    /** Newest first. */
    List<Message> with(long peerId) {
        return world.truth().box(owner.userId(), peerId);
    }

    /** What came after the given {@code pts}, oldest first. */
    List<Message> since(int pts) {
        return world.messages().peers(owner).stream()
                .flatMap(peer -> with(peer).stream())
                .filter(message -> message.id() >= pts)
                .sorted(Comparator.comparingInt(Message::id))
                .toList();
    }

    TlObject state() {
        return TlObject.of("updates.state")
                .set("pts", pts())
                .set("qts", 0)
                .set("date", Shows.seconds(world.clock().instant()))
                .set("seq", 1)
                .set("unread_count", 0);
    }
}
