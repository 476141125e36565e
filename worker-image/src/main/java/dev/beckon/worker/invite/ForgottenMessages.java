package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.FrequencyCap;
import dev.beckon.ledger.invite.OpenRequest;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.TelegramUser;
import java.time.Instant;
import java.util.Optional;

/**
 * The messages that the ledger has forgotten, since an older backup of it was restored and a person acknowledged that: only Telegram knows whom
 * they reached. For as long as the frequency cap counts, the chat with a person is read before anything is written to them.
 */
final class ForgottenMessages {
    private final Run run;

    /**
     * Until when there may be such messages; empty if nothing was forgotten. Read once: a worker that works during the restoration loses its lease,
     * and none is started before the acknowledgement.
     */
    private final Optional<Instant> until;

    ForgottenMessages(Run run) {
        this.run = run;
        this.until = run.ledger()
                .reports()
                .restoredAt()
                .filter(at -> at.plus(FrequencyCap.LONG).isAfter(run.now()));
    }

    /** Whether the account has written that message to them in the time that was forgotten. Telegram is asked only where there is such a time. */
    Answer<Boolean> said(TelegramUser user, OpenRequest request) {
        if (until.isEmpty() || request.messageText().isEmpty()) {
            return Answer.ok(false);
        }
        Instant end = until.get();
        String text = request.messageText().get();
        return run.telegram()
                .messagesWith(user.id(), end.minus(FrequencyCap.LONG))
                .map(history -> Evidence.saidBefore(text, end, history));
    }
}
