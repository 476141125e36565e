package dev.beckon.worker.run;

import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The refusals that concern account or connection whatever was asked, written to the ledger as they come. */
public final class AccountTrouble {
    private AccountTrouble() {}

    /** What the run does then; empty when the refusal is about what was asked. */
    public static Optional<Then> of(OpenAccount run, TelegramError error) {
        return switch (error) {
            case TelegramError.Wait(var _, Duration time, var _) -> {
                Instant until = run.now().plus(time);
                run.check(run.ledger().accounts().coolDown(run.lease(), until));
                yield Optional.of(new Then.Rest(new Wait(until, WaitingFor.FloodWait)));
            }
            case TelegramError.Limited(String raw) -> {
                String reason = Reason.of(raw, "PeerFlood");
                run.check(run.ledger().breakers().limitAccount(run.lease(), reason, raw));
                yield Optional.of(new Then.Pause(reason, "Telegram limited the account (" + raw + ")."));
            }
            case TelegramError.SessionLost _, TelegramError.Banned _, TelegramError.LoginRefused _ ->
                Optional.of(new Then.SessionEnded(error));
            case TelegramError.Unanswered(String raw) ->
                Optional.of(new Then.TelegramAway("Telegram did not answer (" + raw + ")."));
            case TelegramError.PrivacyRestricted _,
                    TelegramError.LeftBefore _,
                    TelegramError.PersonRefused _,
                    TelegramError.Unreachable _,
                    TelegramError.NotFound _,
                    TelegramError.Later _,
                    TelegramError.AlreadyMember _,
                    TelegramError.CampaignFault _,
                    TelegramError.FormattingRefused _,
                    TelegramError.Unknown _ -> Optional.empty();
        };
    }
}
