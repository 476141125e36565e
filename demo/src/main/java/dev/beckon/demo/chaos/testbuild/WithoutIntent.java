package dev.beckon.demo.chaos.testbuild;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.Intent;
import dev.beckon.ledger.invite.Intents;
import dev.beckon.ledger.invite.OpenRequest;
import dev.beckon.ledger.invite.OpenResult;
import dev.beckon.ledger.invite.SettleResult;
import dev.beckon.ledger.invite.Settlement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.implementation.bind.annotation.This;

/** Calls first and writes the intent afterwards, together with the outcome: what a process in a hurry would do. */
public final class WithoutIntent {
    private static final Map<Long, Callable<OpenResult>> NOT_WRITTEN = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong(-1);

    private WithoutIntent() {}

    /** For opening an intent: asks every rule, writes nothing. */
    public static OpenResult open(
            @This Intents intents,
            @Argument(0) Lease lease,
            @Argument(1) Claim claim,
            @Argument(2) OpenRequest request,
            @SuperCall Callable<OpenResult> write)
            throws Exception {
        Optional<OpenResult> refused = intents.check(lease, claim, request);
        if (refused.isPresent()) {
            return write.call();
        }
        long id = NEXT.getAndDecrement();
        NOT_WRITTEN.put(id, write);
        return new OpenResult.Opened(new Intent(
                id,
                claim.campaignId(),
                claim.campaignUid(),
                claim.ordinal(),
                request.chatId(),
                request.action(),
                Instant.now(),
                request.names(claim),
                request.messageText(),
                false));
    }

    /** For settling it: writes it first. */
    public static SettleResult settle(
            @This Intents intents,
            @Argument(0) Lease lease,
            @Argument(1) Intent intent,
            @Argument(2) Settlement settlement,
            @SuperCall Callable<SettleResult> settle)
            throws Exception {
        Callable<OpenResult> write = NOT_WRITTEN.remove(intent.intentId());
        if (write == null) {
            return settle.call();
        }
        return write.call() instanceof OpenResult.Opened(Intent written)
                ? intents.settle(lease, written, settlement)
                : new SettleResult.AlreadySettled();
    }
}
