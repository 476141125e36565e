package dev.beckon.telegram;

import java.time.Instant;
import java.util.Optional;

/**
 * Telegram froze an account: it may read, and does nothing to others. Telegram tells it in the application's configuration ({@code
 * freeze_since_date}, {@code freeze_until_date}; <a href="https://core.telegram.org/api/auth#frozen-accounts">frozen accounts</a>), and to
 * whoever tries to act by FROZEN_METHOD_INVALID.
 *
 * @param since when Telegram froze it, in whole seconds
 * @param until when Telegram deletes the account unless an appeal is accepted; empty when it told no time
 */
public record Freeze(Instant since, Optional<Instant> until) {
    /** Stands in the place of the refusal that an act would meet. Begins like those of Telegram's own that mean the same. */
    public static final String WORD = "FROZEN_ACCOUNT";

    /** For a call that was answered although the account is frozen. Where the appeal is made is not told: the link may be a personal one. */
    public TelegramError.Limited refusal() {
        return new TelegramError.Limited(WORD + " since " + since
                + until.map(end -> ", to be deleted on " + end + " unless an appeal is accepted")
                        .orElse(""));
    }
}
