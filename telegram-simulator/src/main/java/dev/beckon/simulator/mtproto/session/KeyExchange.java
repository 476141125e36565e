package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.crypto.Aes;
import dev.beckon.simulator.mtproto.crypto.Bytes;
import dev.beckon.simulator.mtproto.crypto.DiffieHellman;
import dev.beckon.simulator.mtproto.crypto.MessageKeys;
import dev.beckon.simulator.mtproto.crypto.RsaKey;
import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.mtproto.tl.TlReader;
import dev.beckon.simulator.mtproto.tl.TlWriter;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The making of an auth key over one connection, in three questions and answers
 * (core.telegram.org/mtproto/auth_key).
 */
final class KeyExchange {
    /** Two primes that every client factors in a moment; the puzzle is there to cost senders of garbage something. */
    private static final byte[] PQ = Bytes.fixed(new BigInteger("17ED48941A08F981", 16), 8);

    private static final int DEFAULT_DATA_CENTRE = 2;

    private final TlReader reader;
    private final TlWriter writer;
    private final RsaKey rsa;
    private final InstantSource clock;
    private final Consumer<AuthKey> made;

    private byte[] nonce = new byte[0];
    private byte[] serverNonce = new byte[0];
    private byte[] newNonce = new byte[0];
    private BigInteger secret = BigInteger.ZERO;
    private boolean temporary;
    private int dataCentre = DEFAULT_DATA_CENTRE;

    KeyExchange(TlReader reader, TlWriter writer, RsaKey rsa, InstantSource clock, Consumer<AuthKey> made) {
        this.reader = reader;
        this.writer = writer;
        this.rsa = rsa;
        this.clock = clock;
        this.made = made;
    }

    /** @throws ProtocolException when the client's part doesn't fit the exchange so far */
    TlObject answer(TlObject question) {
        if (!question.constructor().startsWith("req_pq") && !sameNonces(question)) {
            throw new ProtocolException(question + " with another exchange's nonces");
        }
        return switch (question.constructor()) {
            case "req_pq", "req_pq_multi" -> begin(question);
            case "req_DH_params" -> offer(question);
            case "set_client_DH_params" -> complete(question);
            default -> throw new ProtocolException(question + " outside of a session");
        };
    }

    private boolean sameNonces(TlObject object) {
        return Arrays.equals(nonce, object.bytes("nonce")) && Arrays.equals(serverNonce, object.bytes("server_nonce"));
    }

    private TlObject begin(TlObject question) {
        nonce = question.bytes("nonce");
        serverNonce = Bytes.random(16);
        return TlObject.of("resPQ")
                .set("nonce", nonce)
                .set("server_nonce", serverNonce)
                .set("pq", PQ)
                .set("server_public_key_fingerprints", List.of(rsa.fingerprint()));
    }

    private TlObject offer(TlObject question) {
        TlObject inner = rsa.decrypt(question.bytes("encrypted_data"))
                .map(reader::read)
                .filter(this::sameNonces)
                .orElseThrow(() -> new ProtocolException("p_q_inner_data that was not meant for this key"));
        newNonce = inner.bytes("new_nonce");
        temporary = inner.has("expires_in");
        dataCentre = inner.integer("dc", DEFAULT_DATA_CENTRE);
        secret = DiffieHellman.secret();
        byte[] answer = writer.write(TlObject.of("server_DH_inner_data")
                .set("nonce", nonce)
                .set("server_nonce", serverNonce)
                .set("g", DiffieHellman.GENERATOR)
                .set("dh_prime", DiffieHellman.prime())
                .set("g_a", Bytes.fixed(DiffieHellman.visible(secret), DiffieHellman.LENGTH))
                .set("server_time", (int) clock.instant().getEpochSecond()));
        byte[] hashed = Bytes.concat(Bytes.sha1(answer), answer);
        byte[] padded = Bytes.concat(hashed, Bytes.random(Math.floorMod(-hashed.length, 16)));
        return TlObject.of("server_DH_params_ok")
                .set("nonce", nonce)
                .set("server_nonce", serverNonce)
                .set("encrypted_answer", Aes.igeEncrypt(padded, MessageKeys.forExchange(serverNonce, newNonce)));
    }

    private TlObject complete(TlObject question) {
        byte[] hashed =
                Aes.igeDecrypt(question.bytes("encrypted_data"), MessageKeys.forExchange(serverNonce, newNonce));
        TlObject inner = reader.read(Bytes.slice(hashed, 20, hashed.length - 20));
        BigInteger clientVisible = Bytes.integer(inner.bytes("g_b"));
        if (!sameNonces(inner) || DiffieHellman.isWeak(clientVisible)) {
            throw new ProtocolException("client_DH_inner_data that must be refused");
        }
        AuthKey key = new AuthKey(DiffieHellman.shared(clientVisible, secret), temporary, dataCentre);
        // Kept before the client learns of it: a data centre killed in between has then one key too much, not too few.
        made.accept(key);
        byte[] hash = Bytes.sha1(newNonce, new byte[] {1}, key.auxiliaryHash());
        return TlObject.of("dh_gen_ok")
                .set("nonce", nonce)
                .set("server_nonce", serverNonce)
                .set("new_nonce_hash1", Bytes.slice(hash, 4, 16));
    }
}
