package dev.beckon.operator.life;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult.Renewal;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult.Ending;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The part of {@link ScriptedWorker} that logs in. Telegram refuses phones that begin with +490, asks those that begin with
 * +492 for a code and then for the second password, and has an account named {@code by-qr} scanned; one named {@code slowly}
 * takes its time. Each leaves a session of its own, bytes that mean nothing. For scan, password and time it waits until the test says go on, by {@link Attendance#goOn}.
 */
final class ScriptedLogin {
    private static final int LOOK_MILLIS = 200;

    private final Ledger ledger;
    private final LoginOrder order;
    private final ScriptedHint hint;
    private final Socket attendance;

    ScriptedLogin(Ledger ledger, LoginOrder order, ScriptedHint hint, Socket attendance) {
        this.ledger = ledger;
        this.order = order;
        this.hint = hint;
        this.attendance = attendance;
    }

    ExitCode run(Lease lease) throws IOException, InterruptedException {
        String phone = mounted(Paths.LOGIN + "/phone").orElse("");
        if (phone.startsWith("+490")) {
            return ScriptedWorker.end(
                    ExitCode.LOGIN_REFUSED,
                    Ending.FAULT,
                    "LoginRefused",
                    "Telegram refused the login (PHONE_NUMBER_INVALID): correct the Secret of spec.login.secretRef.");
        }
        Lease held = lease;
        if (order.purpose() == LoginOrder.Purpose.LogIn) {
            if (phone.startsWith("+492")) {
                held = awaitCode(held);
                held = awaitWord(shown(held, AccountState.WaitingForPassword, Optional.empty()));
            } else if (order.account().name().equals("by-qr")) {
                Accounts.QrLogin qr = new Accounts.QrLogin(
                        "tg://login?token=scripted", Instant.now().plusSeconds(30));
                held = awaitWord(shown(held, AccountState.WaitingForQrScan, Optional.of(qr)));
            } else if (order.account().name().equals("slowly")) {
                held = awaitWord(held);
            }
        }
        if (order.purpose() == LoginOrder.Purpose.LogIn) {
            byte[] session = new byte[2048];
            new SecureRandom().nextBytes(session);
            ledger.sessions().save(held, session);
        }
        long user = Math.abs((long) order.account().uid().hashCode()) + 1;
        ledger.accounts().loggedIn(held, new Accounts.Profile(user, Optional.empty(), "Alice", Optional.empty()));
        return ScriptedWorker.end(ExitCode.OK, Ending.COMPLETED, "LoggedIn", "The account is logged in.");
    }

    private Lease shown(Lease lease, AccountState state, Optional<Accounts.QrLogin> qr) {
        ledger.accounts().loginWaits(lease, state, qr);
        hint.send("account", order.account().uid());
        return lease;
    }

    private Lease awaitCode(Lease lease) throws InterruptedException {
        Lease held = shown(lease, AccountState.WaitingForCode, Optional.empty());
        while (ledger.loginCodes().take(held).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            held = renewed(held);
        }
        return held;
    }

    private Lease awaitWord(Lease lease) throws IOException {
        attendance.setSoTimeout(LOOK_MILLIS);
        Lease held = lease;
        while (true) {
            try {
                if (attendance.getInputStream().read() < 0) {
                    throw new IOException("The test is over.");
                }
                return held;
            } catch (SocketTimeoutException e) {
                held = renewed(held);
            }
        }
    }

    private Lease renewed(Lease lease) {
        if (ledger.leases().renew(lease) instanceof Renewal.Renewed renewed) {
            return renewed.lease();
        }
        throw new IllegalStateException("The lease was lost.");
    }

    private static Optional<String> mounted(String path) throws IOException {
        return Files.exists(Path.of(path))
                ? Optional.of(Files.readString(Path.of(path)).strip())
                : Optional.empty();
    }
}
