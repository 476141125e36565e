package dev.beckon.worker.publish;

import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramError.Wait.Scope;
import dev.beckon.worker.run.Reason;
import java.time.Instant;

/** What a refusal of a post means for it. What it means for the account is {@link dev.beckon.worker.run.AccountTrouble}'s. */
sealed interface PublishVerdict {
    /** So it ended. */
    record Settled(PublishOutcome outcome) implements PublishVerdict {}

    /** The same post once more, without formatting. */
    record FallBack() implements PublishVerdict {}

    /**
     * It may be in the chat: asked later, never repeated to find out.
     *
     * @param refused Telegram refused it, but the refusal may be of a second sending, see {@link #of}
     */
    record Open(boolean refused) implements PublishVerdict {}

    /**
     * After a lost connection TDLib sends a post once more by itself. What it hears then may be said of an account whose first sending was
     * taken: that it must wait, or that Telegram limited it. What is wrong with the post or the account's rights would have kept the first
     * one away, too, and a slow mode that the first one began is no refusal any more ({@link dev.beckon.telegram.SlowMode}).
     *
     * @param formatted whether what was refused had formatting
     * @param bot whether the account is a bot's
     */
    static PublishVerdict of(TelegramError error, boolean formatted, boolean bot, Instant now) {
        return switch (error) {
            case TelegramError.Wait wait when wait.mayHideServerErrors(bot) -> new Open(false);
            case TelegramError.Wait(var _, var time, Scope scope) ->
                scope == Scope.CHAT ? new Settled(new PublishOutcome.NotSent(now.plus(time))) : new Open(true);
            case TelegramError.FormattingRefused _ when formatted -> new FallBack();
            case TelegramError.Limited _ -> new Open(true);
            // TDLib answers every call that is under way with a 401 when the session ends: this one may have been done.
            case TelegramError.SessionLost _,
                    TelegramError.Banned _,
                    TelegramError.LoginRefused _,
                    TelegramError.Unanswered _ -> new Open(false);
            case TelegramError.FormattingRefused(String raw) -> refused(raw);
            case TelegramError.CampaignFault(String raw) -> refused(raw);
            case TelegramError.PrivacyRestricted(String raw) -> refused(raw);
            case TelegramError.LeftBefore(String raw) -> refused(raw);
            case TelegramError.PersonRefused(String raw) -> refused(raw);
            case TelegramError.Unreachable(String raw) -> refused(raw);
            case TelegramError.NotFound(String raw) -> refused(raw);
            case TelegramError.Later(String raw, var _) -> refused(raw);
            case TelegramError.AlreadyMember(String raw) -> refused(raw);
            case TelegramError.Unknown(String raw) -> refused(raw);
        };
    }

    private static PublishVerdict refused(String raw) {
        return new Settled(new PublishOutcome.Failed(Reason.of(raw, "PostRefused"), raw));
    }
}
