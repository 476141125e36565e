package dev.beckon.ledger.content;

import dev.beckon.ledger.accounts.AccountState;
import java.time.Instant;

/** What came of the wish to send a run's post to a target. */
public sealed interface Opening {
    /** The intent is written: send it. */
    record Opened(Publication intent) implements Opening {}

    /** An earlier worker of the run wrote the intent: settle it. */
    record InFlight() implements Opening {}

    /** The target has its outcome. */
    record Done() implements Opening {}

    /** Another target of the run is the same chat: this one failed with the reason {@link #REASON}. */
    record SameChat() implements Opening {
        public static final String REASON = "SameChatTwice";
    }

    /** Telegram told the account or the chat to wait. */
    record NotBefore(Instant until, Why why) implements Opening {
        /** What binds. */
        public enum Why {
            FloodWait,
            SlowMode,
            AccountLimit
        }
    }

    record AccountNotReady(AccountState state) implements Opening {}

    record LeaseLost() implements Opening {}
}
