package dev.beckon.simulator.world;

import dev.beckon.telegram.Freeze;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Auth keys, how one becomes an account's session, and how that ends; by QR code see {@link QrLogins}. */
public final class Logins {
    /** What a sign-in with the right code is refused with when the phone has no account. */
    public static final String UNREGISTERED = "PHONE_NUMBER_UNOCCUPIED";

    private final World world;
    private final String code;

    Logins(World world, String code) {
        this.world = world;
        this.code = code;
    }

    // ---- auth keys

    /** Keeps a new auth key; asked again it changes nothing. */
    public void keyCreated(long authKeyId, byte[] key) {
        world.locked(() -> {
            if (!world.state().sessions.containsKey(authKeyId)) {
                world.emit(new WorldEvent.AuthKeyCreated(authKeyId, Bytes.of(key), world.now()));
            }
            return null;
        });
    }

    /** The bytes of an auth key that some handshake made, now or before a restart. */
    public Optional<byte[]> key(long authKeyId) {
        return world.locked(
                () -> Optional.ofNullable(world.state().sessions.get(authKeyId)).map(s -> s.key.toArray()));
    }

    /**
     * The account behind an auth key.
     *
     * @throws RpcError 401 AUTH_KEY_UNREGISTERED before the login; else what ended the session
     */
    public Caller caller(long authKeyId) {
        return world.locked(() -> {
            requireAlive(authKeyId);
            return new Caller(authKeyId, session(authKeyId).userId);
        });
    }

    /** Whose session an auth key is; empty before the login and after its end. */
    public Optional<Long> userOf(long authKeyId) {
        return world.locked(() -> Optional.ofNullable(world.state().sessions.get(authKeyId))
                .filter(s -> s.userId != 0 && s.ended.isEmpty())
                .map(s -> s.userId));
    }

    /** The live auth keys of an account: to whom updates are pushed. */
    public List<Long> keysOf(long userId) {
        return world.locked(() -> world.state().sessions.values().stream()
                .filter(s -> s.userId == userId && s.ended.isEmpty())
                .map(s -> s.authKeyId)
                .toList());
    }

    // ---- phone, code, password

    /** {@code auth.sendCode}: PHONE_NUMBER_INVALID, PHONE_NUMBER_BANNED. @return the length of the code */
    public int sendCode(long authKeyId, String phone) {
        return anonymously(Method.SEND_CODE, authKeyId, () -> {
            if (!phone.matches("\\+?[1-9]\\d{6,14}")) {
                throw new RpcError(400, "PHONE_NUMBER_INVALID");
            }
            Optional<PersonState> account = world.state().personByPhone(phone);
            if (account.map(a -> a.banned).orElse(false)) {
                throw new RpcError(400, "PHONE_NUMBER_BANNED");
            }
            world.emit(new WorldEvent.CodeSent(authKeyId, phone, world.now()));
            return code.length();
        });
    }

    /**
     * {@code auth.signIn}: PHONE_CODE_INVALID, PHONE_CODE_EXPIRED, 401 SESSION_PASSWORD_NEEDED, PHONE_NUMBER_UNOCCUPIED.
     */
    public Person signIn(long authKeyId, String phone, String typed) {
        return anonymously(Method.SIGN_IN, authKeyId, () -> {
            SessionState session = session(authKeyId);
            if (session.codeSentTo.isEmpty()) {
                throw new RpcError(400, "PHONE_CODE_EXPIRED");
            }
            if (!code.equals(typed)) {
                throw new RpcError(400, "PHONE_CODE_INVALID");
            }
            PersonState account = world.state()
                    .personByPhone(phone)
                    .filter(a -> !a.profile.deleted())
                    .orElseThrow(() -> new RpcError(400, UNREGISTERED));
            return firstFactorPassed(session, account);
        });
    }

    /** @throws RpcError 401 SESSION_PASSWORD_NEEDED of an account that has one */
    Person firstFactorPassed(SessionState session, PersonState account) {
        if (account.password.isPresent()) {
            world.emit(new WorldEvent.PasswordDue(session.authKeyId, account.profile.id()));
            throw new RpcError(401, "SESSION_PASSWORD_NEEDED");
        }
        return loggedIn(session.authKeyId, account);
    }

    private Person loggedIn(long authKeyId, PersonState account) {
        if (account.banned) {
            throw new RpcError(401, "USER_DEACTIVATED_BAN");
        }
        world.emit(new WorldEvent.LoggedIn(authKeyId, account.profile.id(), world.now()));
        return world.people().seenBy(account.profile.id(), account);
    }

    /**
     * What {@code account.getPassword} is about.
     *
     * @param password empty: the account has none
     */
    public record SecondFactor(Optional<String> password, String hint) {
        @Override
        public String toString() {
            return "SecondFactor[]";
        }
    }

    /** Of the account whose password is due, or that is logged in. */
    public Optional<SecondFactor> secondFactor(long authKeyId) {
        return world.locked(() -> {
            SessionState session = session(authKeyId);
            long owner = session.passwordDueOf != 0 ? session.passwordDueOf : session.userId;
            return Optional.ofNullable(world.state().people.get(owner))
                    .map(it -> new SecondFactor(it.password, it.profile.passwordHint()));
        });
    }

    /** The account changes its password, or sets its first one, on another device: it ends no session (core.telegram.org/api/srp). */
    public void changePassword(long userId, String password) {
        world.locked(() -> {
            if (!world.state().people.containsKey(userId)) {
                throw new IllegalArgumentException("nobody in this world has the id " + userId);
            }
            world.emit(new WorldEvent.PasswordChanged(userId, password));
            return userId;
        });
    }

    /**
     * {@code auth.checkPassword}: 400 PASSWORD_HASH_INVALID.
     *
     * @param proves tells, of the true password, whether the client proved to know it
     */
    public Person checkPassword(long authKeyId, Predicate<String> proves) {
        return anonymously(Method.CHECK_PASSWORD, authKeyId, () -> {
            PersonState account = world.state().people.get(session(authKeyId).passwordDueOf);
            if (account == null || !proves.test(account.password.orElse(""))) {
                throw new RpcError(400, "PASSWORD_HASH_INVALID");
            }
            return loggedIn(authKeyId, account);
        });
    }

    // ---- bot token

    /** The account of a phone number or of a bot's token, if there is one. */
    public Optional<Profile> owner(Predicate<Profile> of) {
        return world.locked(() -> world.state().people.values().stream()
                .map(person -> person.profile)
                .filter(of)
                .findFirst());
    }

    /** {@code auth.importBotAuthorization}: ACCESS_TOKEN_INVALID. */
    public Person importBot(long authKeyId, String token) {
        return anonymously(
                Method.IMPORT_BOT_AUTHORIZATION,
                authKeyId,
                () -> loggedIn(
                        authKeyId,
                        world.state().botByToken(token).orElseThrow(() -> new RpcError(400, "ACCESS_TOKEN_INVALID"))));
    }

    /** Logs an auth key in as the account of another: an authorization exported to another data centre. */
    public Person copyLogin(long fromAuthKeyId, long toAuthKeyId) {
        return world.locked(() ->
                loggedIn(toAuthKeyId, world.people().state(caller(fromAuthKeyId).userId())));
    }

    // ---- the end of a session

    /** {@code account.getAccountTTL}, by which a client asks whether its session lives. */
    public void ask(Caller caller) {
        world.call(Method.GET_ACCOUNT_TTL, caller, Target.NONE, () -> true);
    }

    /** What {@code help.getAppConfig} tells of a freeze of the account that asks; nothing to a key that nobody is logged in with. */
    public Optional<Freeze> freeze(long authKeyId) {
        return world.locked(
                () -> userOf(authKeyId).flatMap(user -> world.people().state(user).freeze));
    }

    /** {@code auth.logOut}. */
    public void logOut(Caller caller) {
        world.call(Method.LOG_OUT, caller, Target.NONE, () -> loggedOut(caller.authKeyId()));
    }

    /** The client threw its key away: the session ends as by a log-out that nothing can go wrong with. */
    public void keyDestroyed(long authKeyId) {
        world.locked(() -> {
            requireAlive(authKeyId);
            return loggedOut(authKeyId);
        });
    }

    private String loggedOut(long authKeyId) {
        return end(authKeyId, 401, "AUTH_KEY_UNREGISTERED").text();
    }

    /** Ends every session of an account, as its owner can in another client. */
    public void revokeAll(long userId) {
        world.locked(() -> {
            keysOf(userId).forEach(key -> end(key, 401, "SESSION_REVOKED"));
            return null;
        });
    }

    /** {@code auth.resetAuthorizations}: ends every other session of the account; the calling one goes on. */
    public void revokeOthers(Caller caller) {
        world.locked(() -> {
            requireAlive(caller.authKeyId());
            keysOf(caller.userId()).stream()
                    .filter(key -> key != caller.authKeyId())
                    .forEach(key -> end(key, 401, "SESSION_REVOKED"));
            return null;
        });
    }

    /** @return what Telegram answers from now on */
    RpcError end(long authKeyId, int errorCode, String answer) {
        world.emit(new WorldEvent.SessionEnded(authKeyId, session(authKeyId).userId, errorCode, answer, world.now()));
        return new RpcError(errorCode, answer);
    }

    RpcError ban(Caller caller) {
        world.emit(new WorldEvent.AccountBanned(caller.userId(), world.now()));
        keysOf(caller.userId()).forEach(key -> end(key, 401, "USER_DEACTIVATED_BAN"));
        return new RpcError(401, "USER_DEACTIVATED_BAN");
    }

    /** @throws RpcError what Telegram says to a session that ended */
    public void requireNotEnded(long authKeyId) {
        world.locked(() -> {
            session(authKeyId).ended.ifPresent(said -> {
                throw said;
            });
            return null;
        });
    }

    void requireAlive(long authKeyId) {
        SessionState session = session(authKeyId);
        session.ended.ifPresent(said -> {
            throw said;
        });
        if (session.userId == 0) {
            throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
        }
    }

    SessionState session(long authKeyId) {
        SessionState session = world.state().sessions.get(authKeyId);
        if (session == null) {
            throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
        }
        return session;
    }

    /** A call that needs no account: refused when the session ended, else run behind the {@link Gate}. */
    <T> T anonymously(Method method, long authKeyId, Supplier<T> body) {
        return world.locked(() -> {
            session(authKeyId).ended.ifPresent(said -> {
                throw said;
            });
            return world.gate().call(method, new Caller(authKeyId, 0), Target.NONE, body);
        });
    }
}
