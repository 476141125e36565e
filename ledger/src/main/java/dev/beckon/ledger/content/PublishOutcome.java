package dev.beckon.ledger.content;

import java.time.Instant;
import java.util.Optional;

/** How sending a post to a chat ended. */
public sealed interface PublishOutcome {
    /**
     * It is in the chat, or was until somebody deleted it, with its formatting unless the intent says {@link Publication#plain}.
     *
     * @param textStart its beginning as shown to people, at most {@value #LONGEST_START} characters are kept
     * @param link to the message; absent where the chat has none, and where the message is known by the chat's event log only
     */
    record Published(long messageId, String textStart, Optional<String> link) implements PublishOutcome {
        /** What a status shows of a post. */
        public static final int LONGEST_START = 64;
    }

    /** Telegram refused it. */
    record Failed(String reason, String raw) implements PublishOutcome {}

    /** Nobody can tell: final for the machine. */
    record Unknown(String raw) implements PublishOutcome {}

    /**
     * It is proved not to be there, and may be sent again.
     *
     * @param notBefore by the chat's slow mode or the account's flood wait
     */
    record NotSent(Instant notBefore) implements PublishOutcome {}
}
