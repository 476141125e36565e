package dev.beckon.bench.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Tells the operator by Redis that something changed, as workers do. Thread-safe. */
final class HintLine implements AutoCloseable {
    private static final String CHANNEL = "beckon:hints";

    private final Socket redis;

    HintLine(String url) {
        try {
            this.redis =
                    new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void tell(String kind, String uid) {
        String hint = "{\"" + kind + "\":\"" + uid + "\"}";
        String command = "*3\r\n" + word("PUBLISH") + word(CHANNEL) + word(hint);
        try {
            redis.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
            redis.getOutputStream().flush();
            int read = redis.getInputStream().read();
            // How many heard it, a line.
            while (read != '\n' && read >= 0) {
                read = redis.getInputStream().read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Redis takes no hint", e);
        }
    }

    private static String word(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    @Override
    public void close() {
        try {
            redis.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
