package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.crypto.Bytes;
import dev.beckon.simulator.mtproto.crypto.DiffieHellman;
import dev.beckon.simulator.mtproto.crypto.SrpServer;
import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Logins.SecondFactor;
import dev.beckon.simulator.world.RpcError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The second factor (core.telegram.org/api/srp). */
final class PasswordHandlers {
    private final Map<Long, SrpServer> attempts = new ConcurrentHashMap<>();

    Map<String, Handler> methods() {
        return Map.of("account.getPassword", this::getPassword, "auth.checkPassword", this::checkPassword);
    }

    private TlObject getPassword(Call call) {
        SecondFactor owner = call.world()
                .logins()
                .secondFactor(call.authKeyId())
                .orElseThrow(() -> new RpcError(401, "AUTH_KEY_UNREGISTERED"));
        TlObject answer = TlObject.of("account.password")
                .set("new_algo", algorithm(Bytes.random(8), Bytes.random(16)))
                .set(
                        "new_secure_algo",
                        TlObject.of("securePasswordKdfAlgoSHA512").set("salt", Bytes.random(8)))
                .set("secure_random", Bytes.random(32));
        owner.password().ifPresent(password -> {
            SrpServer srp = new SrpServer(password, Bytes.random(8), Bytes.random(16));
            attempts.put(call.authKeyId(), srp);
            answer.set("has_password", true)
                    .set("current_algo", algorithm(srp.salt1(), srp.salt2()))
                    .set("srp_B", srp.visible())
                    .set("srp_id", call.authKeyId())
                    .set("hint", owner.hint());
        });
        return answer;
    }

    private static TlObject algorithm(byte[] salt1, byte[] salt2) {
        return TlObject.of("passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow")
                .set("salt1", salt1)
                .set("salt2", salt2)
                .set("g", DiffieHellman.GENERATOR)
                .set("p", DiffieHellman.prime());
    }

    private TlObject checkPassword(Call call) {
        TlObject proof = call.query().object("password");
        SrpServer srp = attempts.remove(call.authKeyId());
        if (!proof.is("inputCheckPasswordSRP")) {
            throw new RpcError(400, "PASSWORD_HASH_INVALID");
        }
        if (srp == null || proof.longInteger("srp_id") != call.authKeyId()) {
            throw new RpcError(400, "SRP_ID_INVALID");
        }
        // The attempt was made of the true password, so the proof stands or falls with it.
        return AuthHandlers.authorization(call.world()
                .logins()
                .checkPassword(call.authKeyId(), password -> srp.accepts(proof.bytes("A"), proof.bytes("M1"))));
    }
}
