package dev.beckon.demo.chaos.testbuild;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.content.Opening;
import dev.beckon.ledger.content.Publication;
import dev.beckon.ledger.content.Publications;
import dev.beckon.ledger.content.Publications.Wish;
import dev.beckon.ledger.content.PublishOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.implementation.bind.annotation.This;

/** Publishes first and writes the intent afterwards, together with the outcome. */
public final class WithoutPostIntent {
    private static final Map<Long, Callable<Opening>> NOT_WRITTEN = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong(-1);

    private WithoutPostIntent() {}

    /** For opening an intent: writes nothing. */
    public static Opening open(@Argument(1) Wish wish, @SuperCall Callable<Opening> write) {
        long id = NEXT.getAndDecrement();
        NOT_WRITTEN.put(id, write);
        return new Opening.Opened(new Publication(
                id,
                wish.run().id(),
                wish.run().scheduleUid(),
                wish.run().startedAt(),
                wish.run().post().orElseThrow(),
                wish.chatId(),
                false,
                Instant.now(),
                false));
    }

    /** For settling it: writes it first. */
    public static boolean settle(
            @This Publications publications,
            @Argument(0) Lease lease,
            @Argument(1) Publication intent,
            @Argument(2) PublishOutcome outcome,
            @SuperCall Callable<Boolean> settle)
            throws Exception {
        Callable<Opening> write = NOT_WRITTEN.remove(intent.id());
        if (write == null) {
            return settle.call();
        }
        return write.call() instanceof Opening.Opened(Publication written)
                && publications.settle(lease, written, outcome);
    }
}
