package dev.beckon.worker.invite;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.pacing.Wait;
import java.util.Optional;

/**
 * What an answer means: what the ledger writes about the person, and what the run does then.
 *
 * @param settlement empty when nobody knows whether it happened: the intent stays open
 */
record Verdict(Optional<Settlement> settlement, Then then) {
    /** How the run goes on. */
    sealed interface Then {
        /** This, unless the run goes on by it while the other stops it. */
        default Then orElse(Then other) {
            return this instanceof GoOn || (this instanceof SettleLater && !(other instanceof GoOn)) ? other : this;
        }

        /** With this person's next action, or the next person. */
        record GoOn() implements Then {}

        /** Nobody before the wait is over: it binds the account or the chat. */
        record Rest(Wait until) implements Then {}

        /** Not at all: the campaign can't work as declared. */
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

    static Verdict goOn(Settlement settlement) {
        return new Verdict(Optional.of(settlement), new Then.GoOn());
    }

    static Verdict of(Settlement settlement, Then then) {
        return new Verdict(Optional.of(settlement), then);
    }
}
