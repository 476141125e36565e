package dev.beckon.simulator.mtproto.rpc;

import static dev.beckon.simulator.mtproto.crypto.Bytes.random;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Bytes;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Logins;
import dev.beckon.simulator.world.Person;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.QrLogins.Token;
import dev.beckon.simulator.world.RpcError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Logging in and out. */
final class AuthHandlers {
    /** Telegram's test data centres are numbered from here on. */
    private static final int TEST_DATA_CENTRES = 10_000;

    /** Authorizations on their way to another data centre, by their bytes. */
    private final Map<Bytes, Long> exported = new ConcurrentHashMap<>();

    Map<String, Handler> methods() {
        return Map.of(
                "auth.importLoginToken", AuthHandlers::importLoginToken,
                "auth.sendCode", AuthHandlers::sendCode,
                "auth.signIn", AuthHandlers::signIn,
                "auth.importBotAuthorization", AuthHandlers::importBot,
                "auth.exportLoginToken", AuthHandlers::exportLoginToken,
                "auth.acceptLoginToken", AuthHandlers::acceptLoginToken,
                "auth.logOut", AuthHandlers::logOut,
                "auth.resetAuthorizations", AuthHandlers::resetAuthorizations,
                "auth.exportAuthorization", this::exportAuthorization,
                "auth.importAuthorization", this::importAuthorization);
    }

    private static TlObject sendCode(Call call) {
        String phone = call.query().string("phone_number");
        String digits = phone.replace("+", "");
        requireHome(
                call,
                "PHONE_MIGRATE_",
                profile -> profile.phone()
                        .map(own -> own.replace("+", ""))
                        .filter(digits::equals)
                        .isPresent());
        int length = call.world().logins().sendCode(call.authKeyId(), phone);
        return TlObject.of("auth.sentCode")
                .set("type", TlObject.of("auth.sentCodeTypeApp").set("length", length))
                .set("phone_code_hash", Long.toHexString(call.authKeyId()))
                .set("timeout", 60);
    }

    private static TlObject signIn(Call call) {
        TlObject query = call.query();
        String code = query.has("phone_code") ? query.string("phone_code") : "";
        try {
            return authorization(call.world().logins().signIn(call.authKeyId(), query.string("phone_number"), code));
        } catch (RpcError e) {
            if (e.text().equals(Logins.UNREGISTERED)) {
                // No error on the wire: the client is offered to sign up (core.telegram.org/method/auth.signIn).
                return TlObject.of("auth.authorizationSignUpRequired");
            }
            throw e;
        }
    }

    private static TlObject importBot(Call call) {
        String token = call.query().string("bot_auth_token");
        requireHome(
                call,
                "USER_MIGRATE_",
                profile -> profile.botToken().filter(token::equals).isPresent());
        return authorization(call.world().logins().importBot(call.authKeyId(), token));
    }

    /** An account is kept in one data centre; the others say in which (core.telegram.org/api/datacenter). */
    private static void requireHome(Call call, String answer, Predicate<Profile> who) {
        call.world()
                .logins()
                .owner(who)
                .flatMap(profile -> elsewhere(call, profile))
                .ifPresent(home -> {
                    throw new RpcError(303, answer + home);
                });
    }

    private static Optional<Integer> elsewhere(Call call, Profile profile) {
        return profile.dataCentre().filter(home -> home != call.context().dataCentre() % TEST_DATA_CENTRES);
    }

    static TlObject authorization(Person self) {
        return TlObject.of("auth.authorization").set("user", Shows.user(self, self.id()));
    }

    /** The token's expiry is told in the machine's time, for clients compare it with the server's messages. */
    private static TlObject exportLoginToken(Call call) {
        call.context().session().wantUpdates();
        Optional<Integer> home =
                call.world().qrLogins().scannedBy(call.authKeyId()).flatMap(scanned -> elsewhere(call, scanned));
        if (home.isPresent()) {
            return TlObject.of("auth.loginTokenMigrateTo")
                    .set("dc_id", home.get())
                    .set(
                            "token",
                            call.world().qrLogins().shownToken(call.authKeyId()).toArray());
        }
        return switch (call.world().qrLogins().exportLoginToken(call.authKeyId())) {
            case Token.Waiting(Bytes token, Instant expires) -> {
                Duration left = Duration.between(call.world().clock().instant(), expires);
                yield TlObject.of("auth.loginToken")
                        .set("expires", Shows.seconds(Instant.now().plus(left)))
                        .set("token", token.toArray());
            }
            case Token.Accepted(Person self) ->
                TlObject.of("auth.loginTokenSuccess").set("authorization", authorization(self));
        };
    }

    private static TlObject importLoginToken(Call call) {
        Person self = call.world()
                .qrLogins()
                .importLoginToken(call.authKeyId(), Bytes.of(call.query().bytes("token")));
        return TlObject.of("auth.loginTokenSuccess").set("authorization", authorization(self));
    }

    private static TlObject acceptLoginToken(Call call) {
        Caller caller = call.caller();
        long key = call.world()
                .qrLogins()
                .acceptLoginToken(caller.userId(), Bytes.of(call.query().bytes("token")));
        int now = Shows.seconds(call.world().clock().instant());
        return TlObject.of("authorization")
                .set("hash", key)
                .set("device_model", "")
                .set("platform", "")
                .set("system_version", "")
                .set("api_id", 0)
                .set("app_name", "")
                .set("app_version", "")
                .set("date_created", now)
                .set("date_active", now)
                .set("ip", "127.0.0.1")
                .set("country", "")
                .set("region", "");
    }

    private static TlObject logOut(Call call) {
        call.world().logins().logOut(call.caller());
        return TlObject.of("auth.loggedOut");
    }

    private static boolean resetAuthorizations(Call call) {
        call.world().logins().revokeOthers(call.caller());
        return true;
    }

    private TlObject exportAuthorization(Call call) {
        Caller caller = call.caller();
        byte[] token = random(16);
        exported.put(Bytes.of(token), caller.authKeyId());
        return TlObject.of("auth.exportedAuthorization")
                .set("id", caller.userId())
                .set("bytes", token);
    }

    private TlObject importAuthorization(Call call) {
        Long from = exported.remove(Bytes.of(call.query().bytes("bytes")));
        if (from == null) {
            throw new RpcError(400, "AUTH_BYTES_INVALID");
        }
        return authorization(call.world().logins().copyLogin(from, call.authKeyId()));
    }
}
