package dev.beckon.simulator.inprocess;

import dev.beckon.simulator.world.Logins;
import dev.beckon.simulator.world.Logins.SecondFactor;
import dev.beckon.simulator.world.QrLogins.Token;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.world.WorldEvent;
import dev.beckon.simulator.world.WorldListener;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.LoginState;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The login of one session, from a fresh auth key to Ready. */
final class InProcessLogin implements WorldListener {
    /** How often a waiting login looks whether its QR code expired. */
    private static final long LOOK_MILLIS = 100;

    private final World world;
    private final long authKeyId;
    private final Object signal = new Object();
    private volatile LoginState state = new LoginState.Connecting();
    private volatile boolean qrAccepted;
    private volatile Instant qrExpires = Instant.MAX;
    private volatile String phone = "";

    InProcessLogin(World world, long authKeyId) {
        this.world = world;
        this.authKeyId = authKeyId;
    }

    /** Another device accepted our QR code; the world's lock is held, so the work is left to the waiting thread. */
    @Override
    public void happened(WorldEvent event) {
        if (event instanceof WorldEvent.LoginTokenAccepted accepted && accepted.authKeyId() == authKeyId) {
            qrAccepted = true;
            wake();
        }
    }

    private void wake() {
        synchronized (signal) {
            signal.notifyAll();
        }
    }

    void set(LoginState next) {
        state = next;
        wake();
    }

    LoginState state() {
        boolean renew = qrAccepted || !world.clock().instant().isBefore(qrExpires);
        if (state instanceof LoginState.QrScanNeeded && renew) {
            requestQrCode();
        }
        return state;
    }

    LoginState await(Predicate<LoginState> wanted, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            LoginState now = state();
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (wanted.test(now) || left <= 0) {
                return now;
            }
            synchronized (signal) {
                if (state.equals(now) && !qrAccepted) {
                    try {
                        signal.wait(Math.min(left, LOOK_MILLIS));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return now;
                    }
                }
            }
        }
    }

    Answer<Done> sendPhoneNumber(String number) {
        return step(() -> {
            int length = world.logins().sendCode(authKeyId, number);
            phone = number;
            set(new LoginState.CodeNeeded(length));
        });
    }

    Answer<Done> sendCode(String code) {
        if (!(state instanceof LoginState.CodeNeeded)) {
            return unexpected("checkAuthenticationCode");
        }
        return step(() -> {
            world.logins().signIn(authKeyId, phone, code);
            set(new LoginState.Ready());
        });
    }

    Answer<Done> sendPassword(String password) {
        if (!(state instanceof LoginState.PasswordNeeded)) {
            return unexpected("checkAuthenticationPassword");
        }
        return step(() -> {
            world.logins().checkPassword(authKeyId, password::equals);
            set(new LoginState.Ready());
        });
    }

    Answer<Done> sendBotToken(String token) {
        if (!(state instanceof LoginState.IdentityNeeded)) {
            return unexpected("checkAuthenticationBotToken");
        }
        return step(() -> {
            world.logins().importBot(authKeyId, token);
            set(new LoginState.Ready());
        });
    }

    Answer<Done> requestQrCode() {
        return step(() -> {
            qrAccepted = false;
            switch (world.qrLogins().exportLoginToken(authKeyId)) {
                case Token.Waiting(var token, Instant expires) -> {
                    qrExpires = expires;
                    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token.toArray());
                    set(new LoginState.QrScanNeeded("tg://login?token=" + text));
                }
                case Token.Accepted _ -> set(new LoginState.Ready());
            }
        });
    }

    private static Answer<Done> unexpected(String call) {
        return Answer.refused(TelegramErrors.map(400, "Call to " + call + " unexpected", Subject.LOGIN));
    }

    private Answer<Done> step(Runnable rpc) {
        return switch (state) {
            case LoginState.Ready _, LoginState.Closed _, LoginState.Connecting _ -> unexpected("authentication");
            default -> answered(rpc);
        };
    }

    private Answer<Done> answered(Runnable rpc) {
        try {
            new Retries(world.clock(), Duration.ofMinutes(1)).call(asSupplier(rpc));
            return Answer.ok(Done.DONE);
        } catch (RpcError refusal) {
            if (refusal.text().equals("SESSION_PASSWORD_NEEDED")) {
                String hint = world.logins()
                        .secondFactor(authKeyId)
                        .map(SecondFactor::hint)
                        .orElse("");
                set(new LoginState.PasswordNeeded(hint));
                return Answer.ok(Done.DONE);
            }
            if (refusal.text().equals(Logins.UNREGISTERED)) {
                // What TDLib makes of auth.authorizationSignUpRequired.
                set(new LoginState.NotRegistered());
                return Answer.ok(Done.DONE);
            }
            return Answer.refused(TelegramErrors.map(refusal.code(), refusal.text(), Subject.LOGIN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.refused(new TelegramError.Unanswered("interrupted"));
        }
    }

    private static Supplier<Optional<Void>> asSupplier(Runnable rpc) {
        return () -> {
            rpc.run();
            return Optional.empty();
        };
    }
}
