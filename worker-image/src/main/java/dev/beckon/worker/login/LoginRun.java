package dev.beckon.worker.login;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Accounts.Profile;
import dev.beckon.ledger.accounts.Accounts.QrLogin;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.telegram.TelegramUser;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.session.HeldAccount;
import dev.beckon.worker.session.LiveSession;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.LoginOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs an account in: answers Telegram's questions from the login Secret, shows what only a person can do, and keeps the
 * session in the ledger once it works. A process that dies before leaves nothing behind but a login to start again.
 */
public final class LoginRun {
    private static final Logger LOG = LoggerFactory.getLogger(LoginRun.class);

    /** How long one look at the login state, or at the Secret's files, takes. */
    private static final Duration STEP = Duration.ofSeconds(1);

    /** How long the state may stay behind an answer. */
    private static final Duration MOVES_ON_WITHIN = Duration.ofSeconds(20);

    /** How long a person may take before the pod is given back and the login has to be started again. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Telegram renews a QR login token every 30 seconds (core.telegram.org/api/qr-login). */
    private static final Duration QR_LIFETIME = Duration.ofSeconds(30);

    private final Workshop workshop;
    private final LoginOrder order;
    private final Hints hints;
    private final Credentials credentials;

    private HeldAccount account;
    private LiveSession session;
    private LoginProgress progress;
    private TelegramSession telegram;
    private LoginState shown = new LoginState.Connecting();
    private Instant giveUp = Instant.MAX;
    /** What Telegram refused last, and what to mend. */
    private Optional<String> refusal = Optional.empty();

    public LoginRun(Workshop workshop, LoginOrder order, Hints hints) {
        this.workshop = workshop;
        this.order = order;
        this.hints = hints;
        this.credentials = new Credentials(workshop.files());
    }

    /** Logs in, however long Telegram and people take within bounds. */
    public Ending run() {
        workshop.files().telegramApp();
        account = HeldAccount.take(workshop, order.account(), Priority.Login);
        new Readoption(workshop, order, credentials).tryWith(account);
        Instant silentUntil = workshop.ledger().accounts().coolDownUntil(account.lease());
        if (silentUntil.isAfter(workshop.clock().instant())) {
            account.release();
            return Ending.waiting(silentUntil, WaitingFor.FloodWait);
        }
        session = LiveSession.open(workshop, account, order.account());
        progress = new LoginProgress(
                workshop, account.lease(), hints, order.account().uid());
        telegram = session.telegram();
        try {
            progress.awaitsNothing();
            return work();
        } finally {
            // Also when the Secret lacks a key or the ledger is away: the client must be closed before the process
            // ends,
            // or the native code aborts it and its exit code is lost.
            telegram.close();
        }
    }

    private Ending work() {
        giveUp = workshop.clock().instant().plus(PATIENCE);
        while (true) {
            if (workshop.stop().isRaised()) {
                leave();
                return Ending.yielded("Stopped", "Asked to stop during the login.");
            }
            if (workshop.clock().instant().isAfter(giveUp)) {
                leave();
                return Ending.fault(
                        ExitCode.LOGIN_REQUIRED,
                        "LoginTimedOut",
                        "Nobody completed the login within " + PATIENCE.toMinutes() + " minutes: start it again."
                                + refusal.map(said -> " " + said).orElse(""));
            }
            Optional<Ending> ending = step(telegram.loginState());
            if (ending.isPresent()) {
                return ending.get();
            }
        }
    }

    /** Before the account is another login's. */
    private void leave() {
        progress.awaitsNothing();
        session.release();
        progress.told();
    }

    private Optional<Ending> step(LoginState state) {
        return switch (state) {
            case LoginState.Connecting() -> waitFor(state);
            case LoginState.IdentityNeeded() -> identify(state);
            case LoginState.CodeNeeded _ ->
                answer(state, AccountState.WaitingForCode, Credentials.Key.CODE, telegram::sendCode);
            case LoginState.PasswordNeeded _ ->
                answer(state, AccountState.WaitingForPassword, Credentials.Key.PASSWORD, telegram::sendPassword);
            case LoginState.QrScanNeeded(String link) -> showQr(state, link);
            case LoginState.NotRegistered() -> Optional.of(refusedForGood(LoginRefusal.NOT_REGISTERED));
            case LoginState.Ready() -> Optional.of(keep());
            case LoginState.Closed(Optional<TelegramError> why) -> throw session.ended(why);
        };
    }

    private Optional<Ending> identify(LoginState state) {
        Answer<Done> answer = switch (order.method()) {
            case PhoneCode -> telegram.sendPhoneNumber(credentials.phone());
            case BotToken -> telegram.sendBotToken(credentials.required(Credentials.Key.BOT_TOKEN));
            case QrCode -> telegram.requestQrCode();
        };
        return switch (answer) {
            case Answer.Ok<Done> _ -> taken(state, KillPoint.AFTER_IDENTITY);
            case Answer.Refused<Done>(TelegramError error) -> Optional.of(refused(error));
        };
    }

    /** What was taken shows in the state a moment later: asked before that, Telegram's client refuses the same once more. */
    private Optional<Ending> taken(LoginState state, KillPoint step) {
        step.here();
        telegram.awaitLogin(now -> !now.equals(state), MOVES_ON_WITHIN);
        return Optional.empty();
    }

    /** Offers what the Secret holds once; a wrong answer is asked for again, by changing the Secret. */
    private Optional<Ending> answer(
            LoginState state, AccountState waiting, Credentials.Key key, Function<String, Answer<Done>> send) {
        Optional<String> value = credentials
                .fresh(key)
                .or(() -> key == Credentials.Key.CODE ? progress.annotatedCode() : Optional.empty());
        if (value.isEmpty()) {
            if (!state.equals(shown)) {
                LOG.warn(
                        "Telegram asks for the {}: write it to the key '{}' of the Secret of spec.login.secretRef{}",
                        key.file(),
                        key.file(),
                        key == Credentials.Key.CODE ? ", or annotate the account with beckon.dev/login-code" : "");
                progress.waits(waiting, Optional.empty());
            }
            return waitFor(state);
        }
        credentials.offered(key, value.get());
        return switch (send.apply(value.get())) {
            case Answer.Ok<Done> _ -> taken(state, KillPoint.AFTER_CODE);
            case Answer.Refused<Done>(TelegramError.LoginRefused(String raw)) ->
                LoginRefusal.isOfThePhone(raw)
                        ? Optional.of(refusedForGood(raw))
                        : raw.contains("PHONE_CODE_EXPIRED")
                                ? newCode(state, waiting, key, raw)
                                : askAgain(state, waiting, key, raw, "");
            case Answer.Refused<Done>(TelegramError error) -> Optional.of(refused(error));
        };
    }

    private Optional<Ending> askAgain(
            LoginState state, AccountState waiting, Credentials.Key key, String raw, String news) {
        String sentence = "Telegram refused the " + key.file() + " (" + raw + "): " + news
                + "correct the key '" + key.file() + "' of the login Secret"
                + (key == Credentials.Key.CODE ? ", or annotate the account with beckon.dev/login-code." : ".");
        LOG.warn(sentence);
        refusal = Optional.of(sentence);
        // Asking for it once more would take the refusal off the account's status again.
        shown = state;
        progress.asksAgain(waiting, sentence);
        return Optional.empty();
    }

    /** A code that is too old is worth nothing however it is written: Telegram is asked for another. */
    private Optional<Ending> newCode(LoginState state, AccountState waiting, Credentials.Key key, String raw) {
        return switch (telegram.sendPhoneNumber(credentials.phone())) {
            case Answer.Ok<Done> _ -> askAgain(state, waiting, key, raw, "it has sent a new one: ");
            case Answer.Refused<Done>(TelegramError.LoginRefused(String again)) ->
                askAgain(state, waiting, key, raw, "it sends no other one (" + again + "): ");
            // A flood wait binds the account, and the account may be gone: not a matter of the code.
            case Answer.Refused<Done>(TelegramError error) -> Optional.of(refused(error));
        };
    }

    private Optional<Ending> showQr(LoginState state, String link) {
        if (!state.equals(shown)) {
            LOG.warn(
                    "Scan the code below in Telegram (Settings, Devices, Link Desktop Device) or open the link under it");
            // No log line: a drawing inside JSON is none, and JSON may write a link with other letters.
            System.out.print(QrDrawing.of(link));
            System.out.println(link);
            System.out.flush();
            progress.waits(
                    AccountState.WaitingForQrScan,
                    Optional.of(new QrLogin(link, workshop.clock().instant().plus(QR_LIFETIME))));
        }
        return waitFor(state);
    }

    private Optional<Ending> waitFor(LoginState state) {
        shown = state;
        telegram.awaitLogin(now -> !now.equals(state), STEP);
        return Optional.empty();
    }

    private Ending keep() {
        TelegramUser self = telegram.self();
        Profile profile = new Profile(
                self.id(), self.username(), self.firstName(), self.phone().map(PhoneMask::mask));
        // The session first: an account that is shown as ready has one. Whoever dies between these lines leaves a
        // session of which nobody knows whose it is, never one that is told as another's.
        session.belongsTo(Optional.empty());
        session.save();
        session.belongsTo(self.phone());
        progress.loggedIn(profile);
        KillPoint.AFTER_LOGGED_IN.here();
        account.release();
        progress.told();
        LOG.info("The account is logged in, its session is kept");
        return Ending.completed("LoggedIn", "The account is logged in.");
    }

    private Ending refused(TelegramError error) {
        return switch (error) {
            case TelegramError.Wait(var _, Duration time, var _) ->
                waits(workshop.clock().instant().plus(time));
            case TelegramError.Banned _, TelegramError.SessionLost _ -> throw session.ended(Optional.of(error));
            case TelegramError.Unanswered(String raw) -> {
                leave();
                yield Ending.later(
                        ExitCode.TELEGRAM_UNAVAILABLE,
                        workshop.clock().instant().plus(Duration.ofMinutes(1)),
                        "TelegramUnavailable",
                        "Telegram did not answer: " + raw + ".");
            }
            case TelegramError.LoginRefused _,
                    TelegramError.Limited _,
                    TelegramError.PrivacyRestricted _,
                    TelegramError.LeftBefore _,
                    TelegramError.PersonRefused _,
                    TelegramError.Unreachable _,
                    TelegramError.NotFound _,
                    TelegramError.Later _,
                    TelegramError.AlreadyMember _,
                    TelegramError.CampaignFault _,
                    TelegramError.FormattingRefused _,
                    TelegramError.Unknown _ -> refusedForGood(error.raw());
        };
    }

    private Ending waits(Instant until) {
        progress.coolsDown(until);
        leave();
        return Ending.waiting(until, WaitingFor.FloodWait);
    }

    private Ending refusedForGood(String raw) {
        LoginRefusal refused = LoginRefusal.of(raw, order.method());
        progress.refused(refused);
        leave();
        return Ending.fault(ExitCode.LOGIN_REFUSED, refused.reason(), refused.sentence());
    }
}
