package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.FrequencyCap;
import dev.beckon.ledger.invite.OpenRequest;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.TelegramUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The messages that the ledger has forgotten, since an older backup of it was restored and a person accepted that: only Telegram knows whom
 * they reached. For as long as the frequency cap counts, the chat with a person is read before anything is written to them.
 */
final class ForgottenMessages {
    /** A worker of a resource that nothing held may be at work while somebody accepts it for another. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Run run;
    private Optional<Instant> until = Optional.empty();
    private Instant readAt = Instant.MIN;

    ForgottenMessages(Run run) {
        this.run = run;
    }

    /** Whether the account has written that message to them in the time that was forgotten. Telegram is asked only where there is such a time. */
    Answer<Boolean> said(TelegramUser user, OpenRequest request) {
        Optional<String> text = request.messageText();
        if (text.isEmpty()) {
            return Answer.ok(false);
        }
        Optional<Instant> end = until().filter(at -> at.plus(FrequencyCap.LONG).isAfter(run.now()));
        if (end.isEmpty()) {
            return Answer.ok(false);
        }
        return run.telegram()
                .messagesWith(user.id(), end.get().minus(FrequencyCap.LONG))
                .map(history -> Evidence.saidBefore(text.get(), end.get(), history));
    }

    /** When it was found that an older backup had been restored: what was written later the ledger knows. */
    private Optional<Instant> until() {
        Instant now = run.now();
        if (readAt.isBefore(now.minus(REMEMBERED))) {
            until = run.ledger().reports().restoredAt();
            readAt = now;
        }
        return until;
    }
}
