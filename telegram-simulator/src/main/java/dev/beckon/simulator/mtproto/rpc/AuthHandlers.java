package dev.beckon.simulator.mtproto.rpc;

import static dev.beckon.simulator.mtproto.crypto.Bytes.random;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Bytes;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Logins.LoginToken;
import dev.beckon.simulator.world.Person;
import dev.beckon.simulator.world.RpcError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Logging in and out. */
final class AuthHandlers {
    /** Authorizations on their way to another data centre, by their bytes. */
    private final Map<Bytes, Long> exported = new ConcurrentHashMap<>();

    Map<String, Handler> methods() {
        return Map.of(
                "auth.sendCode", AuthHandlers::sendCode,
                "auth.signIn", AuthHandlers::signIn,
                "auth.importBotAuthorization", AuthHandlers::importBot,
                "auth.exportLoginToken", AuthHandlers::exportLoginToken,
                "auth.acceptLoginToken", AuthHandlers::acceptLoginToken,
                "auth.logOut", AuthHandlers::logOut,
                "auth.exportAuthorization", this::exportAuthorization,
                "auth.importAuthorization", this::importAuthorization);
    }

    private static TlObject sendCode(Call call) {
        int length =
                call.world().logins().sendCode(call.authKeyId(), call.query().string("phone_number"));
        return TlObject.of("auth.sentCode")
                .set("type", TlObject.of("auth.sentCodeTypeApp").set("length", length))
                .set("phone_code_hash", Long.toHexString(call.authKeyId()))
                .set("timeout", 60);
    }

    private static TlObject signIn(Call call) {
        TlObject query = call.query();
        String code = query.has("phone_code") ? query.string("phone_code") : "";
        return authorization(call.world().logins().signIn(call.authKeyId(), query.string("phone_number"), code));
    }

    private static TlObject importBot(Call call) {
        return authorization(
                call.world().logins().importBot(call.authKeyId(), call.query().string("bot_auth_token")));
    }

    static TlObject authorization(Person self) {
        return TlObject.of("auth.authorization").set("user", Shows.user(self, self.id()));
    }

    /** The token's expiry is told in the machine's time, for clients compare it with the server's messages. */
    private static TlObject exportLoginToken(Call call) {
        call.context().session().wantUpdates();
        return switch (call.world().logins().exportLoginToken(call.authKeyId())) {
            case LoginToken.Waiting(Bytes token, Instant expires) -> {
                Duration left = Duration.between(call.world().clock().instant(), expires);
                yield TlObject.of("auth.loginToken")
                        .set("expires", Shows.seconds(Instant.now().plus(left)))
                        .set("token", token.toArray());
            }
            case LoginToken.Accepted(Person self) ->
                TlObject.of("auth.loginTokenSuccess").set("authorization", authorization(self));
        };
    }

    private static TlObject acceptLoginToken(Call call) {
        Caller caller = call.caller();
        long key = call.world()
                .logins()
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
