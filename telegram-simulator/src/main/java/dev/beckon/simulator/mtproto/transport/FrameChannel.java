package dev.beckon.simulator.mtproto.transport;

import dev.beckon.simulator.mtproto.crypto.Aes;
import dev.beckon.simulator.mtproto.crypto.Bytes;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;

/** A connection as frames. Frames are read by one thread; any thread may write. */
public final class FrameChannel implements Closeable {
    private static final int OBFUSCATION_HEADER = 64;
    private static final int INTERMEDIATE = 0xeeeeeeee;
    private static final int PADDED = 0xdddddddd;
    private static final int ABRIDGED = 0xefefefef;

    private final Socket socket;
    private final OutputStream out;
    private InputStream in;
    private Framing framing;
    private Optional<Cipher> encryption = Optional.empty();

    private FrameChannel(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
    }

    /** Takes a connection, past the SOCKS5 door if the client comes through it, and finds out how it frames. */
    public static FrameChannel accept(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        FrameChannel channel = new FrameChannel(socket);
        if (SocksServer.isGreeting(channel.peek(2))) {
            SocksServer.accept(channel.in, channel.out);
        }
        channel.detect();
        return channel;
    }

    /** What has arrived, at least the given number of bytes; they stay to be read. */
    private byte[] peek(int least) throws IOException {
        in.mark(1 << 12);
        byte[] first = Framing.exactly(in, least);
        byte[] more = in.readNBytes(Math.min(in.available(), 256));
        in.reset();
        return Bytes.concat(first, more);
    }

    private void detect() throws IOException {
        byte first = peek(1)[0];
        if (first == (byte) ABRIDGED) {
            in.skipNBytes(1);
            framing = new Abridged();
            return;
        }
        byte[] head = peek(8);
        switch (Bytes.int32(head, 0)) {
            case INTERMEDIATE -> startAfterTag(new Intermediate(false));
            case PADDED -> startAfterTag(new Intermediate(true));
            default -> {
                if (Bytes.int32(head, 4) == 0) {
                    framing = new Full();
                } else {
                    deobfuscate();
                }
            }
        }
    }

    private void startAfterTag(Framing chosen) throws IOException {
        in.skipNBytes(4);
        framing = chosen;
    }

    /** The first 64 bytes carry both directions' keys, and enciphered the framing's tag. */
    private void deobfuscate() throws IOException {
        byte[] header = Framing.exactly(in, OBFUSCATION_HEADER);
        byte[] reversed = Bytes.reversed(header);
        Cipher decryption = Aes.ctr(Bytes.slice(header, 8, 32), Bytes.slice(header, 40, 16));
        encryption = Optional.of(Aes.ctr(Bytes.slice(reversed, 8, 32), Bytes.slice(reversed, 40, 16)));
        int tag = Bytes.int32(decryption.update(header), 56);
        framing = switch (tag) {
            case ABRIDGED -> new Abridged();
            case INTERMEDIATE -> new Intermediate(false);
            case PADDED -> new Intermediate(true);
            default ->
                throw new IOException("the first bytes " + Arrays.toString(Arrays.copyOf(header, 8))
                        + " are of no transport of MTProto");
        };
        in = new CipherInput(in, decryption);
    }

    /** Waits for the next frame. */
    public Frame read() throws IOException {
        return framing.read(in);
    }

    /** Sends one frame in the transport that the client chose. */
    public synchronized void write(byte[] payload) throws IOException {
        send(framing.frame(payload));
    }

    /**
     * Tells that a message arrived, before its answer.
     *
     * @param token the message's
     */
    public synchronized void quickAck(int token) throws IOException {
        send(framing.quickAck(token));
    }

    private void send(byte[] bytes) throws IOException {
        out.write(encryption.isPresent() ? encryption.get().update(bytes) : bytes);
        out.flush();
    }

    /** The client's address and port. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
