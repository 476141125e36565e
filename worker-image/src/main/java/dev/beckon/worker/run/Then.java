package dev.beckon.worker.run;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.pacing.Wait;

/** How a run goes on after an answer. */
public sealed interface Then {
    /** This, unless the run goes on by it while the other stops it. */
    default Then orElse(Then other) {
        return this instanceof GoOn || (this instanceof SettleLater && !(other instanceof GoOn)) ? other : this;
    }

    /** With the next thing to do. */
    record GoOn() implements Then {}

    /** Nothing before the wait is over: it binds the account or the chat. */
    record Rest(Wait until) implements Then {}

    /** Not at all: it can't work as declared. */
    record Stall(String reason, String message) implements Then {}

    /** Not before a person acknowledged. */
    record Pause(String reason, String message) implements Then {}

    /** Not with this session. */
    record SessionEnded(TelegramError why) implements Then {}

    /** Not with an account in this state, says the ledger. */
    record AccountNotReady(AccountState state) implements Then {}

    /** Telegram does not answer: another worker tries later. */
    record TelegramAway(String message) implements Then {}

    /** The open intent is settled once its bytes must have arrived. */
    record SettleLater() implements Then {}
}
