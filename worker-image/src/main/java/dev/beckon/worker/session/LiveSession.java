package dev.beckon.worker.session;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Sessions.LoadResult;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.Paths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A held account's session, unpacked into the pod's memory and opened with the engine. */
public final class LiveSession {
    private static final String SESSION_DAMAGED = "SessionDamaged";
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

    /** TDLib hides flood waits of up to 60 s in one call, so a shorter time-out would take them for lost answers. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(90);

    /** The same while somebody who goes first waits for the account: as long as SIGTERM waits for a call. */
    private static final Duration WANTED_CALL_TIMEOUT = Duration.ofSeconds(30);

    /** How long a known session may take to be Ready. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /** When to try again when Telegram can't be reached. */
    private static final Duration UNREACHABLE_FOR = Duration.ofMinutes(1);

    private final Workshop workshop;
    private final HeldAccount account;
    private final Path directory;
    private final TelegramSession telegram;
    private final Found found;

    /** What the ledger kept. */
    private enum Found {
        SESSION,
        NONE,
        DAMAGED
    }

    private LiveSession(Workshop workshop, HeldAccount account, Path directory, TelegramSession telegram, Found found) {
        this.workshop = workshop;
        this.account = account;
        this.directory = directory;
        this.telegram = telegram;
        this.found = found;
    }

    /** Opens the session the ledger keeps, or a new one when it keeps none. */
    public static LiveSession open(Workshop workshop, HeldAccount account, AccountRef ref) {
        Path directory = workshop.files().at(Paths.SESSION).resolve("td");
        Found found = switch (workshop.ledger().sessions().load(account.lease())) {
            case LoadResult.Loaded(var bundle) -> unpacked(bundle.bytes(), directory);
            case LoadResult.Damaged() -> damaged(directory);
            case LoadResult.None() -> {
                SessionBundle.clear(directory);
                yield Found.NONE;
            }
            case LoadResult.LeaseLost() -> throw leaseLost(workshop);
        };
        MountedFiles.TelegramApp app = workshop.files().telegramApp();
        TelegramSession telegram = workshop.engine()
                .open(new SessionOptions(
                        app.id(),
                        app.hash(),
                        directory,
                        proxy(workshop, ref),
                        workshop.environment().testDataCentre(),
                        () -> patience(account)));
        return new LiveSession(workshop, account, directory, telegram, found);
    }

    private static Duration patience(HeldAccount account) {
        // A test build's own time-out is shorter than both.
        return account.isWantedNow() && WANTED_CALL_TIMEOUT.compareTo(CALL_TIMEOUT) < 0
                ? WANTED_CALL_TIMEOUT
                : CALL_TIMEOUT;
    }

    private static Found unpacked(byte[] bundle, Path directory) {
        try {
            SessionBundle.unpack(bundle, directory);
            return Found.SESSION;
        } catch (SessionBundle.CorruptBundle e) {
            return damaged(directory);
        }
    }

    /** It is kept: only a login that works writes another beside it. */
    private static Found damaged(Path directory) {
        LOG.error("The account's saved session is damaged: it must log in again");
        SessionBundle.clear(directory);
        return Found.DAMAGED;
    }

    /** The account's own egress wins over the installation's. */
    private static Optional<SessionOptions.Proxy> proxy(Workshop workshop, AccountRef ref) {
        return ref.proxy()
                .map(own -> new SessionOptions.Proxy(
                        own.host(),
                        own.port(),
                        workshop.files().value(Paths.PROXY, "username"),
                        workshop.files().value(Paths.PROXY, "password")))
                .or(workshop.environment()::telegramProxy);
    }

    public TelegramSession telegram() {
        return telegram;
    }

    /** Whether the ledger had a session to open. */
    public boolean known() {
        return found == Found.SESSION;
    }

    /**
     * Waits until the session works.
     *
     * @throws Ending.Now when it needs a login, is gone, or Telegram can't be reached
     */
    public void awaitReady() {
        LoginState state = telegram.awaitLogin(now -> !(now instanceof LoginState.Connecting), READY_WITHIN);
        switch (state) {
            case LoginState.Ready() -> {
                LOG.info("The session is ready");
                // Each time: a user may change the phone, and earlier releases did not write it.
                belongsTo(telegram.self().phone());
            }
            case LoginState.Connecting() ->
                throw unreachable("Telegram did not answer within " + READY_WITHIN.toSeconds() + " s.");
            case LoginState.Closed(Optional<TelegramError> why) -> throw ended(why);
            case LoginState.IdentityNeeded(),
                    LoginState.QrScanNeeded _,
                    LoginState.CodeNeeded _,
                    LoginState.PasswordNeeded _,
                    LoginState.NotRegistered() -> throw known() ? notRecognised() : ended(Optional.empty());
        }
        KillPoint.AFTER_READY.here();
    }

    /**
     * Keeps in the ledger whose the account's session is.
     *
     * @param phone empty for a bot, and while it changes hands
     */
    public void belongsTo(Optional<String> phone) {
        account.check(workshop.ledger().keptSessions().belongsTo(account.lease(), phone));
    }

    /**
     * Telegram ended nothing: of an ended session TDLib says that it is ready, hears 401 and closes. One that asks who it is finds no key in
     * what was saved, as when the test data centres were switched on for a try. What is saved stays, and works again in its place.
     */
    private Ending.Now notRecognised() {
        String what =
                "no session of this Telegram is in what was saved, which is kept; was BECKON_TELEGRAM_TEST_DC changed?"
                        + " Change it back, or log the account in anew";
        close();
        account.check(workshop.ledger()
                .accounts()
                .becomes(account.lease(), AccountState.LoginRequired, SESSION_DAMAGED, what));
        SessionBundle.clear(directory);
        account.release();
        return Ending.fault(ExitCode.LOGIN_REQUIRED, SESSION_DAMAGED, what + ".")
                .now();
    }

    /** Closes the client, saves the session and leaves the account to others. */
    public void saveAndRelease() {
        save();
        account.release();
    }

    /** Closes the client and saves the session; the account stays held. */
    public void save() {
        close();
        KillPoint.BEFORE_SAVE.here();
        if (!workshop.ledger().sessions().save(account.lease(), SessionBundle.pack(directory))) {
            throw leaseLost(workshop);
        }
        KillPoint.AFTER_SAVE.here();
        SessionBundle.clear(directory);
    }

    /** Closes the client and leaves the account to others; the session the ledger has stays the newest. */
    public void release() {
        close();
        SessionBundle.clear(directory);
        account.release();
    }

    /** We ended the session: forgets it and leaves the account. */
    public void loggedOut(String message) {
        close();
        account.check(workshop.ledger().sessions().end(account.lease(), AccountState.LoggedOut, "LoggedOut", message));
        SessionBundle.clear(directory);
        account.release();
    }

    /** Telegram ended the session: tells the ledger, so that nobody opens it again. */
    public Ending.Now ended(Optional<TelegramError> why) {
        boolean known = known();
        String raw = why.map(TelegramError::raw).orElse(untold());
        boolean banned = why.filter(TelegramError.Banned.class::isInstance).isPresent();
        AccountState state = banned ? AccountState.Banned : known ? AccountState.LoggedOut : AccountState.LoginRequired;
        String reason = banned ? "Banned" : word();
        close();
        boolean worthless = known && why.map(LiveSession::isForGood).orElse(true);
        account.check(
                worthless
                        ? workshop.ledger().sessions().end(account.lease(), state, reason, raw)
                        : workshop.ledger().accounts().becomes(account.lease(), state, reason, raw));
        SessionBundle.clear(directory);
        account.release();
        ExitCode exit = banned ? ExitCode.ACCOUNT_LIMITED : ExitCode.LOGIN_REQUIRED;
        return Ending.fault(exit, reason, (why.isPresent() ? "Telegram says: " + raw : raw) + ".")
                .now();
    }

    /**
     * Ends the client. While one that does not end has the session, nobody else may have it, and what it writes may be half-written: the
     * process ends with it, its lease runs out, and the ledger keeps what it has.
     */
    private void close() {
        telegram.close();
        if (!telegram.isClosed()) {
            LOG.error("The session's client did not end: this process ends without saving it");
            throw leaseLost(workshop);
        }
    }

    private String word() {
        return switch (found) {
            case SESSION -> "SessionLost";
            case NONE -> "LoginRequired";
            case DAMAGED -> SESSION_DAMAGED;
        };
    }

    /** What there is to say when Telegram gave no reason. */
    private String untold() {
        return switch (found) {
            case SESSION -> "the session was ended by Telegram or on another device";
            case NONE -> "The account is not logged in";
            case DAMAGED ->
                "The account's saved session is damaged: it is refused and kept, and the account logs in anew";
        };
    }

    /** Whether the session is worthless: a wrong api-id or a full disk is mended, and then it works again. */
    private static boolean isForGood(TelegramError why) {
        return why instanceof TelegramError.SessionLost || why instanceof TelegramError.Banned;
    }

    private Ending.Now unreachable(String message) {
        release();
        return Ending.later(
                        ExitCode.TELEGRAM_UNAVAILABLE,
                        workshop.clock().instant().plus(UNREACHABLE_FOR),
                        "TelegramUnavailable",
                        message)
                .now();
    }

    /** Somebody else has the account: nothing may be written or said to Telegram any more. */
    public static Ending.Now leaseLost(Workshop workshop) {
        workshop.lost().run();
        return Ending.later(
                        ExitCode.LEASE_HELD,
                        workshop.clock().instant(),
                        WaitingFor.Account.name(),
                        "The account's lease was lost.")
                .now();
    }
}
