package dev.beckon.simulator.mtproto.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.crypto.Cipher;

/** A stream deciphered as it is read. Unlike the JDK's own it never reads ahead, so a frame is answered at once. */
final class CipherInput extends FilterInputStream {
    private final Cipher cipher;

    CipherInput(InputStream in, Cipher cipher) {
        super(in);
        this.cipher = cipher;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
            byte[] plain = cipher.update(bytes, offset, count);
            System.arraycopy(plain, 0, bytes, offset, count);
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
