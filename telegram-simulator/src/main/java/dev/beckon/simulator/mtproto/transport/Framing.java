package dev.beckon.simulator.mtproto.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** How payloads are told apart in a stream of bytes. One instance per connection; writes come one at a time. */
interface Framing {
    /** Larger than any frame of a real client. */
    int LARGEST = 16 << 20;

    /** @throws EOFException when the client closed the connection */
    Frame read(InputStream in) throws IOException;

    /** The bytes by which a payload goes out. */
    byte[] frame(byte[] payload);

    /** The bytes of a quick acknowledgement; empty in a framing that knows none. */
    byte[] quickAck(int token);

    static byte[] exactly(InputStream in, int length) throws IOException {
        if (length < 0 || length > LARGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the client closed the connection");
        }
        return bytes;
    }
}
