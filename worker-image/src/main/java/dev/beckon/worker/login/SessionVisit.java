package dev.beckon.worker.login;

import dev.beckon.ledger.accounts.Priority;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.Ending;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.Reason;
import dev.beckon.worker.session.HeldAccount;
import dev.beckon.worker.session.LiveSession;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.LoginOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A short visit to a session that exists: does it still live, or is it to be ended. Nothing is asked of a person. */
public final class SessionVisit {
    private static final Logger LOG = LoggerFactory.getLogger(SessionVisit.class);
    private static final Duration TELEGRAM_AWAY_FOR = Duration.ofMinutes(1);

    private final Workshop workshop;
    private final LoginOrder order;
    private final Hints hints;

    public SessionVisit(Workshop workshop, LoginOrder order, Hints hints) {
        this.workshop = workshop;
        this.order = order;
        this.hints = hints;
    }

    /** @throws Ending.Now when somebody else has the account, its session is gone, or Telegram can't be reached */
    public Ending run() {
        workshop.files().telegramApp();
        HeldAccount account = HeldAccount.take(workshop, order.account(), Priority.Login);
        Instant silentUntil = workshop.ledger().accounts().coolDownUntil(account.lease());
        if (silentUntil.isAfter(workshop.clock().instant())) {
            account.release();
            return Ending.waiting(silentUntil, WaitingFor.FloodWait);
        }
        LiveSession session = LiveSession.open(workshop, account, order.account());
        try {
            session.awaitReady();
            return switch (order.purpose()) {
                case LogIn, Check -> check(account, session);
                case LogOut -> logOut(account, session);
            };
        } finally {
            // The client must be closed before the process ends, or the native code aborts it.
            session.telegram().close();
            hints.accountChanged(order.account().uid());
        }
    }

    private Ending check(HeldAccount account, LiveSession session) {
        Optional<TelegramError> refusal = refusal(session.telegram().check());
        if (refusal.isPresent()) {
            switch (refusal.get()) {
                case TelegramError.SessionLost _, TelegramError.Banned _ -> throw session.ended(refusal);
                case TelegramError.Unanswered(String raw) -> {
                    return away(session, raw);
                }
                case TelegramError.Wait(var _, Duration time, var _) ->
                    account.check(workshop.ledger()
                            .accounts()
                            .coolDown(
                                    account.lease(), workshop.clock().instant().plus(time)));
                case TelegramError.Limited(String raw) ->
                    account.check(workshop.ledger()
                            .breakers()
                            .limitAccount(account.lease(), Reason.of(raw, "PeerFlood"), raw));
                case TelegramError.PrivacyRestricted _,
                        TelegramError.LeftBefore _,
                        TelegramError.PersonRefused _,
                        TelegramError.Unreachable _,
                        TelegramError.NotFound _,
                        TelegramError.Later _,
                        TelegramError.AlreadyMember _,
                        TelegramError.CampaignFault _,
                        TelegramError.FormattingRefused _,
                        TelegramError.LoginRefused _,
                        TelegramError.Unknown _ ->
                    // Telegram said no to the question, which it says to a living session only.
                    LOG.info("Telegram answers the check with {}", refusal.get().raw());
            }
        }
        session.saveAndRelease();
        LOG.info("The session lives");
        return Ending.completed("SessionLives", "Telegram knows the session.");
    }

    private Ending logOut(HeldAccount account, LiveSession session) {
        Optional<TelegramError> refusal = refusal(session.telegram().logOut());
        if (refusal.isEmpty()) {
            return loggedOut(session);
        }
        return switch (refusal.get()) {
            // Telegram does not know it any more: it has ended then.
            case TelegramError.SessionLost _, TelegramError.Banned _ -> loggedOut(session);
            case TelegramError.Unanswered(String raw) -> away(session, raw);
            case TelegramError.Wait(var _, Duration time, var _) -> {
                Instant until = workshop.clock().instant().plus(time);
                account.check(workshop.ledger().accounts().coolDown(account.lease(), until));
                session.release();
                yield Ending.waiting(until, WaitingFor.FloodWait);
            }
            case TelegramError.Limited(String raw) -> refused(session, raw);
            case TelegramError.PrivacyRestricted(String raw) -> refused(session, raw);
            case TelegramError.LeftBefore(String raw) -> refused(session, raw);
            case TelegramError.PersonRefused(String raw) -> refused(session, raw);
            case TelegramError.Unreachable(String raw) -> refused(session, raw);
            case TelegramError.NotFound(String raw) -> refused(session, raw);
            case TelegramError.Later(String raw, var _) -> refused(session, raw);
            case TelegramError.AlreadyMember(String raw) -> refused(session, raw);
            case TelegramError.CampaignFault(String raw) -> refused(session, raw);
            case TelegramError.FormattingRefused(String raw) -> refused(session, raw);
            case TelegramError.LoginRefused(String raw) -> refused(session, raw);
            case TelegramError.Unknown(String raw) -> refused(session, raw);
        };
    }

    private static Ending loggedOut(LiveSession session) {
        session.loggedOut("Logged out, as spec.logOutOnDelete asks.");
        LOG.info("The session is ended at Telegram");
        return Ending.completed("LoggedOut", "The session is ended at Telegram.");
    }

    /** The session lives on, so it is kept: it can be ended at the next try, and nobody is told that it has ended. */
    private Ending refused(LiveSession session, String raw) {
        session.release();
        LOG.warn("Telegram refused to end the session: {}", raw);
        return Ending.later(
                ExitCode.TELEGRAM_UNAVAILABLE,
                workshop.clock().instant().plus(TELEGRAM_AWAY_FOR),
                "LogOutRefused",
                "Telegram refused to end the session: " + raw + ".");
    }

    private Ending away(LiveSession session, String raw) {
        session.release();
        return Ending.later(
                ExitCode.TELEGRAM_UNAVAILABLE,
                workshop.clock().instant().plus(TELEGRAM_AWAY_FOR),
                "TelegramUnavailable",
                "Telegram did not answer: " + raw + ".");
    }

    private static Optional<TelegramError> refusal(Answer<Done> answer) {
        return answer instanceof Answer.Refused<Done>(TelegramError error) ? Optional.of(error) : Optional.empty();
    }
}
