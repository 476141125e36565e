package dev.beckon.simulator.world;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Logins by a QR code that another device of the account scans; also for accounts that another data centre keeps. */
public final class QrLogins {
    /** How long a login token lives. */
    public static final Duration TOKEN_LIFETIME = Duration.ofSeconds(30);

    private final World world;
    private final Logins logins;
    private final SecureRandom random = new SecureRandom();

    QrLogins(World world, Logins logins) {
        this.world = world;
        this.logins = logins;
    }

    /** A login token for a QR code, or the session that came of it. */
    public sealed interface Token {
        record Waiting(Bytes token, Instant expires) implements Token {}

        record Accepted(Person self) implements Token {}
    }

    /** {@code auth.exportLoginToken}: 401 SESSION_PASSWORD_NEEDED once accepted for an account with a password. */
    public Token exportLoginToken(long authKeyId) {
        return logins.anonymously(Method.EXPORT_LOGIN_TOKEN, authKeyId, () -> {
            SessionState session = logins.session(authKeyId);
            if (session.loginAcceptedBy != 0) {
                return new Token.Accepted(
                        logins.firstFactorPassed(session, world.people().state(session.loginAcceptedBy)));
            }
            if (world.now().isBefore(session.loginTokenExpires)) {
                return new Token.Waiting(session.loginToken, session.loginTokenExpires);
            }
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            Bytes token = Bytes.of(bytes);
            Instant expires = world.now().plus(TOKEN_LIFETIME);
            world.emit(new WorldEvent.LoginTokenExported(authKeyId, token, expires));
            return new Token.Waiting(token, expires);
        });
    }

    /**
     * {@code auth.acceptLoginToken}: another device of the account scanned the code.
     *
     * @return the auth key that waits for it
     * @throws RpcError 400 AUTH_TOKEN_INVALID or AUTH_TOKEN_EXPIRED
     */
    public long acceptLoginToken(long userId, Bytes token) {
        return world.locked(() -> {
            SessionState session = world.state().sessions.values().stream()
                    .filter(s -> s.loginToken.equals(token))
                    .findFirst()
                    .orElseThrow(() -> new RpcError(400, "AUTH_TOKEN_INVALID"));
            if (!world.now().isBefore(session.loginTokenExpires)) {
                throw new RpcError(400, "AUTH_TOKEN_EXPIRED");
            }
            world.emit(new WorldEvent.LoginTokenAccepted(session.authKeyId, userId));
            return session.authKeyId;
        });
    }

    /** Whoever scanned the code that this key shows, and the token in it: for an account that another data centre keeps. */
    public Optional<Profile> scannedBy(long authKeyId) {
        return world.locked(() -> Optional.of(logins.session(authKeyId).loginAcceptedBy)
                .filter(user -> user != 0)
                .map(user -> world.state().people.get(user).profile));
    }

    /** The token that this key shows. */
    public Bytes shownToken(long authKeyId) {
        return world.locked(() -> logins.session(authKeyId).loginToken);
    }

    /**
     * {@code auth.importLoginToken}: goes on with a login whose code another data centre showed.
     *
     * @throws RpcError 400 AUTH_TOKEN_INVALID, 401 SESSION_PASSWORD_NEEDED
     */
    public Person importLoginToken(long authKeyId, Bytes token) {
        return world.locked(() -> {
            SessionState shown = world.state().sessions.values().stream()
                    .filter(s -> s.loginAcceptedBy != 0 && s.loginToken.equals(token))
                    .findFirst()
                    .orElseThrow(() -> new RpcError(400, "AUTH_TOKEN_INVALID"));
            return logins.firstFactorPassed(
                    logins.session(authKeyId), world.people().state(shown.loginAcceptedBy));
        });
    }
}
