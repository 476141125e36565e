package dev.beckon.worker.run;

import dev.beckon.worker.Ending;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.workorder.ExitCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether a run ends by what came of an answer, and how.
 *
 * @param rest keeps a wait in mind: the run goes on, no earlier than that
 * @param fault writes to the ledger why it can't work as declared
 */
public record Consequences(OpenAccount account, Consumer<Wait> rest, Fault fault) {
    private static final Duration TELEGRAM_AWAY_FOR = Duration.ofMinutes(1);

    /** Where the ledger keeps why a kind of run can't work as declared. */
    @FunctionalInterface
    public interface Fault {
        /** @return false when the lease is lost and nothing was written */
        boolean written(String reason, String message);
    }

    /**
     * The run's end; empty when it goes on.
     *
     * @throws Ending.Now when the session is gone
     */
    public Optional<Ending> of(Then then) {
        return switch (then) {
            case Then.GoOn _, Then.SettleLater _ -> Optional.empty();
            case Then.Rest(Wait wait) -> {
                rest.accept(wait);
                yield Optional.empty();
            }
            case Then.Stall(String reason, String why) -> {
                account.check(fault.written(reason, why));
                yield Optional.of(Ending.fault(ExitCode.CAMPAIGN_FAULT, reason, why));
            }
            case Then.Pause(String reason, String why) ->
                Optional.of(Ending.paused(ExitCode.ACCOUNT_LIMITED, reason, why));
            case Then.SessionEnded(var why) -> throw account.session().ended(Optional.of(why));
            case Then.AccountNotReady(var state) ->
                Optional.of(Ending.fault(
                        ExitCode.LOGIN_REQUIRED, "AccountNotReady", "The account is " + state + ": see its status."));
            case Then.TelegramAway(String why) ->
                Optional.of(Ending.later(
                        ExitCode.TELEGRAM_UNAVAILABLE,
                        account.now().plus(TELEGRAM_AWAY_FOR),
                        "TelegramUnavailable",
                        why));
        };
    }
}
