package dev.beckon.simulator.mtproto.crypto;

import static dev.beckon.simulator.mtproto.crypto.Bytes.fixed;
import static dev.beckon.simulator.mtproto.crypto.Bytes.integer;
import static dev.beckon.simulator.mtproto.crypto.Bytes.sha256;
import static dev.beckon.simulator.mtproto.crypto.DiffieHellman.LENGTH;
import static dev.beckon.simulator.mtproto.crypto.DiffieHellman.PRIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class SrpServerTest {
    private final SrpServer server = new SrpServer("correct horse", Bytes.random(8), Bytes.random(16));
    private final BigInteger secret = DiffieHellman.secret();
    private final byte[] visible = fixed(DiffieHellman.visible(secret), LENGTH);

    /** The client's side, as core.telegram.org/api/srp writes it. */
    private byte[] proofOf(String password) {
        byte[] b = server.visible();
        BigInteger u = integer(sha256(visible, b));
        BigInteger k = integer(sha256(DiffieHellman.prime(), SrpServer.generator()));
        BigInteger x = SrpServer.passwordHash(password, server.salt1(), server.salt2());
        BigInteger g = BigInteger.valueOf(DiffieHellman.GENERATOR);
        BigInteger base = integer(b).subtract(k.multiply(g.modPow(x, PRIME))).mod(PRIME);
        byte[] shared = fixed(base.modPow(secret.add(u.multiply(x)), PRIME), LENGTH);
        return SrpServer.proof(server.salt1(), server.salt2(), visible, b, sha256(shared));
    }

    @Test
    void theRightPasswordIsProven() {
        assertThat(server.accepts(visible, proofOf("correct horse"))).isTrue();
    }

    @Test
    void aWrongPasswordIsNot() {
        assertThat(server.accepts(visible, proofOf("wrong horse"))).isFalse();
        assertThat(server.accepts(Bytes.random(LENGTH), proofOf("correct horse")))
                .isFalse();
    }
}
