package dev.beckon.simulator.mtproto.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The server's side of SOCKS5 (RFC 1928, RFC 1929). Whatever address a client asks for, it gets the data centre: real
 * clients carry the addresses of Telegram's in themselves.
 */
final class SocksServer {
    static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int PASSWORD = 2;
    private static final int NO_ACCEPTABLE_METHOD = 0xff;

    private SocksServer() {}

    /**
     * Whether the bytes that have arrived can be a greeting: a SOCKS5 client waits for the answer to it, while an
     * obfuscated one, whose random first byte may be 5 as well, has sent at least 64 bytes at once.
     */
    static boolean isGreeting(byte[] arrived) {
        return arrived.length >= 2 && arrived[0] == VERSION && arrived.length <= 2 + (arrived[1] & 0xff);
    }

    static void accept(InputStream in, OutputStream out) throws IOException {
        byte[] head = Framing.exactly(in, 2);
        byte[] methods = Framing.exactly(in, head[1] & 0xff);
        chooseMethod(in, out, methods);
        byte[] request = Framing.exactly(in, 4);
        int addressLength = switch (request[3]) {
            case 1 -> 4;
            case 3 -> Framing.exactly(in, 1)[0] & 0xff;
            case 4 -> 16;
            default -> throw new IOException("SOCKS5 address type " + request[3]);
        };
        Framing.exactly(in, addressLength + 2);
        boolean connect = request[1] == 1;
        out.write(new byte[] {VERSION, (byte) (connect ? 0 : 7), 0, 1, 0, 0, 0, 0, 0, 0});
        out.flush();
        if (!connect) {
            throw new IOException("SOCKS5 command " + request[1]);
        }
    }

    private static void chooseMethod(InputStream in, OutputStream out, byte[] methods) throws IOException {
        if (contains(methods, NO_AUTHENTICATION)) {
            answer(out, VERSION, NO_AUTHENTICATION);
        } else if (contains(methods, PASSWORD)) {
            answer(out, VERSION, PASSWORD);
            Framing.exactly(in, 1);
            skipText(in);
            skipText(in);
            answer(out, 1, 0);
        } else {
            answer(out, VERSION, NO_ACCEPTABLE_METHOD);
            throw new IOException("SOCKS5 methods " + Arrays.toString(methods));
        }
    }

    private static void skipText(InputStream in) throws IOException {
        int length = Framing.exactly(in, 1)[0] & 0xff;
        in.skipNBytes(length);
    }

    private static boolean contains(byte[] methods, int method) {
        for (byte candidate : methods) {
            if (candidate == method) {
                return true;
            }
        }
        return false;
    }

    private static void answer(OutputStream out, int first, int second) throws IOException {
        out.write(new byte[] {(byte) first, (byte) second});
        out.flush();
    }
}
