package dev.beckon.simulator.mtproto.crypto;

import dev.beckon.simulator.mtproto.tl.ByteSink;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The data centre's RSA key of 2,048 bits, by which a client knows that it speaks with the right server. */
public final class RsaKey {
    private static final int LENGTH = 256;

    private final RSAPrivateCrtKey key;

    private RsaKey(RSAPrivateCrtKey key) {
        this.key = key;
    }

    public static RsaKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(LENGTH * 8);
            KeyPair pair = generator.generateKeyPair();
            return new RsaKey((RSAPrivateCrtKey) pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /** Restores a key from {@link #pkcs8}. */
    public static RsaKey fromPkcs8(byte[] encoded) {
        try {
            return new RsaKey(
                    (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("these bytes are no RSA key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    public byte[] pkcs8() {
        return key.getEncoded();
    }

    /** The 64 lower bits of the SHA-1 of {@code rsa_public_key n:string e:string}. */
    public long fingerprint() {
        byte[] bare = new ByteSink()
                .string(Bytes.fixed(key.getModulus(), LENGTH))
                .string(key.getPublicExponent().toByteArray())
                .toByteArray();
        return Bytes.int64(Bytes.sha1(bare), 12);
    }

    /** The public key as PKCS #1 PEM, without a line break at the end; 425 characters for every key of this size. */
    public String publicPem() {
        byte[] modulus = Bytes.fixed(key.getModulus(), LENGTH);
        byte[] exponent = key.getPublicExponent().toByteArray();
        byte[] der = Bytes.concat(
                new byte[] {0x30, (byte) 0x82, 1, 0x0a, 2, (byte) 0x82, 1, 1, 0},
                modulus,
                new byte[] {2, (byte) exponent.length},
                exponent);
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN RSA PUBLIC KEY-----\n" + body + "\n-----END RSA PUBLIC KEY-----";
    }

    /**
     * The data that a client encrypted with one of the two paddings in use: RSA_PAD (core.telegram.org/mtproto/auth_key,
     * TDLib) or the older SHA-1, data, random (Telethon). Bytes after the data are padding. Empty when neither fits.
     */
    public Optional<byte[]> decrypt(byte[] encrypted) {
        byte[] message = raw(encrypted);
        byte[] masked = Bytes.slice(message, 32, 224);
        byte[] temporaryKey = Bytes.xor(Arrays.copyOf(message, 32), Bytes.sha256(masked));
        byte[] withHash = Aes.igeDecrypt(masked, new Aes.KeyAndIv(temporaryKey, new byte[32]));
        byte[] data = Bytes.reversed(Arrays.copyOf(withHash, 192));
        if (Arrays.equals(Bytes.sha256(temporaryKey, data), Bytes.slice(withHash, 192, 32))) {
            return Optional.of(data);
        }
        return message[0] == 0 ? Optional.of(Bytes.slice(message, 21, LENGTH - 21)) : Optional.empty();
    }

    private byte[] raw(byte[] encrypted) {
        BigInteger message = Bytes.integer(encrypted).modPow(key.getPrivateExponent(), key.getModulus());
        return Bytes.fixed(message, LENGTH);
    }

    /** The client's side of {@link #decrypt} with RSA_PAD, for tests of this very class. */
    byte[] encryptPadded(byte[] data) {
        byte[] padded = Bytes.concat(data, Bytes.random(192 - data.length));
        while (true) {
            byte[] temporaryKey = Bytes.random(32);
            byte[] withHash = Bytes.concat(Bytes.reversed(padded), Bytes.sha256(temporaryKey, padded));
            byte[] masked = Aes.igeEncrypt(withHash, new Aes.KeyAndIv(temporaryKey, new byte[32]));
            byte[] message = Bytes.concat(Bytes.xor(temporaryKey, Bytes.sha256(masked)), masked);
            if (Bytes.integer(message).compareTo(key.getModulus()) < 0) {
                return publicOperation(message);
            }
        }
    }

    byte[] publicOperation(byte[] message) {
        return Bytes.fixed(Bytes.integer(message).modPow(key.getPublicExponent(), key.getModulus()), LENGTH);
    }

    @Override
    public String toString() {
        return "RsaKey[" + Long.toHexString(fingerprint()) + "]";
    }
}
