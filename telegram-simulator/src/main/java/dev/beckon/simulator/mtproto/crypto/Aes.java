package dev.beckon.simulator.mtproto.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256 in the two modes of MTProto. The JDK has no IGE; it is two XORs around each block of ECB. */
public final class Aes {
    private static final int BLOCK = 16;

    private Aes() {}

    /** A key and an initialisation vector of 32 bytes each. */
    @SuppressWarnings("ArrayRecordComponent") // Bytes of the protocol: made once, read, never compared.
    public record KeyAndIv(byte[] key, byte[] iv) {}

    /** @param plain a whole number of 16-byte blocks */
    public static byte[] igeEncrypt(byte[] plain, KeyAndIv secret) {
        byte[] previousCipher = Arrays.copyOf(secret.iv(), BLOCK);
        byte[] previousPlain = Arrays.copyOfRange(secret.iv(), BLOCK, 2 * BLOCK);
        return ige(Cipher.ENCRYPT_MODE, plain, secret.key(), previousCipher, previousPlain);
    }

    /** @param encrypted a whole number of 16-byte blocks */
    public static byte[] igeDecrypt(byte[] encrypted, KeyAndIv secret) {
        byte[] previousCipher = Arrays.copyOf(secret.iv(), BLOCK);
        byte[] previousPlain = Arrays.copyOfRange(secret.iv(), BLOCK, 2 * BLOCK);
        return ige(Cipher.DECRYPT_MODE, encrypted, secret.key(), previousPlain, previousCipher);
    }

    private static byte[] ige(int mode, byte[] in, byte[] key, byte[] before, byte[] after) {
        if (in.length % BLOCK != 0) {
            throw new IllegalArgumentException(in.length + " bytes are not whole AES blocks");
        }
        try {
            Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
            ecb.init(mode, new SecretKeySpec(key, "AES"));
            byte[] out = new byte[in.length];
            byte[] mixed = new byte[BLOCK];
            for (int at = 0; at < in.length; at += BLOCK) {
                for (int i = 0; i < BLOCK; i++) {
                    mixed[i] = (byte) (in[at + i] ^ before[i]);
                }
                ecb.update(mixed, 0, BLOCK, out, at);
                for (int i = 0; i < BLOCK; i++) {
                    out[at + i] ^= after[i];
                }
                System.arraycopy(out, at, before, 0, BLOCK);
                System.arraycopy(in, at, after, 0, BLOCK);
            }
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    /** A stream cipher; in CTR mode both directions are the same operation. */
    public static Cipher ctr(byte[] key, byte[] iv) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }
}
