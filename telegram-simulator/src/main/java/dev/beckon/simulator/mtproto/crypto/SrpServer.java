package dev.beckon.simulator.mtproto.crypto;

import static dev.beckon.simulator.mtproto.crypto.Bytes.concat;
import static dev.beckon.simulator.mtproto.crypto.Bytes.fixed;
import static dev.beckon.simulator.mtproto.crypto.Bytes.integer;
import static dev.beckon.simulator.mtproto.crypto.Bytes.sha256;
import static dev.beckon.simulator.mtproto.crypto.DiffieHellman.LENGTH;
import static dev.beckon.simulator.mtproto.crypto.DiffieHellman.PRIME;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's side of the second factor (core.telegram.org/api/srp), one instance per attempt: the client proves that
 * it knows the password without sending it.
 */
public final class SrpServer {
    private static final BigInteger G = BigInteger.valueOf(DiffieHellman.GENERATOR);

    private final byte[] salt1;
    private final byte[] salt2;
    private final BigInteger verifier;
    private final BigInteger secret = DiffieHellman.secret();
    private final byte[] visible;

    public SrpServer(String password, byte[] salt1, byte[] salt2) {
        this.salt1 = salt1.clone();
        this.salt2 = salt2.clone();
        this.verifier = G.modPow(passwordHash(password, salt1, salt2), PRIME);
        BigInteger k = integer(sha256(DiffieHellman.prime(), generator()));
        this.visible = fixed(k.multiply(verifier).add(G.modPow(secret, PRIME)).mod(PRIME), LENGTH);
    }

    public byte[] salt1() {
        return salt1.clone();
    }

    public byte[] salt2() {
        return salt2.clone();
    }

    /** {@code srp_B}. */
    public byte[] visible() {
        return visible.clone();
    }

    /** Whether the client's {@code A} and {@code M1} prove the password. */
    public boolean accepts(byte[] clientVisible, byte[] proof) {
        byte[] a = fixed(integer(clientVisible), LENGTH);
        BigInteger u = integer(sha256(a, visible));
        BigInteger shared = integer(a).multiply(verifier.modPow(u, PRIME)).modPow(secret, PRIME);
        return Arrays.equals(proof, proof(salt1, salt2, a, visible, sha256(fixed(shared, LENGTH))));
    }

    static byte[] proof(byte[] salt1, byte[] salt2, byte[] a, byte[] b, byte[] key) {
        byte[] group = Bytes.xor(sha256(DiffieHellman.prime()), sha256(generator()));
        return sha256(group, sha256(salt1), sha256(salt2), a, b, key);
    }

    static byte[] generator() {
        return fixed(G, LENGTH);
    }

    /** {@code PH2}: 100,000 rounds of PBKDF2-HMAC-SHA-512 within two salted hashes. */
    static BigInteger passwordHash(String password, byte[] salt1, byte[] salt2) {
        byte[] first = salted(salted(password.getBytes(StandardCharsets.UTF_8), salt1), salt2);
        return integer(salted(pbkdf2(first, salt1), salt2));
    }

    private static byte[] salted(byte[] data, byte[] salt) {
        return sha256(salt, data, salt);
    }

    /** By hand, since the JDK's PBKDF2 takes characters, and these are bytes that no characters encode to. */
    private static byte[] pbkdf2(byte[] password, byte[] salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(password, "HmacSHA512"));
            byte[] round = mac.doFinal(concat(salt, new byte[] {0, 0, 0, 1}));
            byte[] result = round.clone();
            for (int i = 1; i < 100_000; i++) {
                round = mac.doFinal(round);
                for (int j = 0; j < result.length; j++) {
                    result[j] ^= round[j];
                }
            }
            return result;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-512", e);
        }
    }
}
