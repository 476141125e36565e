package dev.beckon.simulator.mtproto.crypto;

import java.math.BigInteger;

/** The group of every exchange: Telegram's own safe prime, which clients know and so need not test, with g = 3. */
public final class DiffieHellman {
    public static final int LENGTH = 256;
    public static final int GENERATOR = 3;
    public static final BigInteger PRIME = new BigInteger(
            "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4db"
                    + "fa336f6e0ac925139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64"
                    + "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b41"
                    + "0dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4"
                    + "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee2e4e15d04b2454bf"
                    + "6f4fadf034b10403119cd8e3b92fcc5b",
            16);

    private DiffieHellman() {}

    public static byte[] prime() {
        return Bytes.fixed(PRIME, LENGTH);
    }

    /** A secret exponent of 2,048 bits. */
    public static BigInteger secret() {
        return Bytes.integer(Bytes.random(LENGTH));
    }

    /** What the other side may see of a secret. */
    public static BigInteger visible(BigInteger secret) {
        return BigInteger.valueOf(GENERATOR).modPow(secret, PRIME);
    }

    /** What both sides know in the end. */
    public static byte[] shared(BigInteger othersVisible, BigInteger secret) {
        return Bytes.fixed(othersVisible.modPow(secret, PRIME), LENGTH);
    }

    /** Whether a visible value is one that a client or server must refuse (core.telegram.org/mtproto/auth_key). */
    public static boolean isWeak(BigInteger visible) {
        BigInteger margin = BigInteger.ONE.shiftLeft(2048 - 64);
        return visible.compareTo(margin) < 0 || visible.compareTo(PRIME.subtract(margin)) > 0;
    }
}
