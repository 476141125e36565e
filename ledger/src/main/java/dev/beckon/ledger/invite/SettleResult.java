package dev.beckon.ledger.invite;

/** What came of settling. */
public sealed interface SettleResult {
    record Settled() implements SettleResult {}

    /** It was settled, or its refusal written, before, by this process in a call whose answer was lost, or by another; nothing changed. */
    record AlreadySettled() implements SettleResult {}

    /** The lease is another's or its term is over; nothing was written, and the next holder settles by asking Telegram. */
    record LeaseLost() implements SettleResult {}
}
