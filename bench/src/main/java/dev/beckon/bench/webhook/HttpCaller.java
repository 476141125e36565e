package dev.beckon.bench.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that is kept, and as little of HTTP as a caller needs: the two cores are for what is measured. */
final class HttpCaller implements Callers.Caller {
    private static final String LENGTH = "content-length: ";

    private final Socket socket;
    private final InputStream in;
    private final String head;
    private final long firstPhone;

    /** @param firstPhone of the callers; each event has a phone of its own */
    HttpCaller(int port, String path, String token, long firstPhone) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.firstPhone = firstPhone;
        this.head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    @Override
    public void call(int number) throws IOException {
        String body = "{\"phone\":\"+" + (firstPhone + number) + "\",\"first_name\":\"Guest\",\"event_id\":\""
                + (firstPhone + number) + "\"}";
        socket.getOutputStream()
                .write((head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.contains(" 202 ") || !answer.contains("accepted")) {
            throw new IllegalStateException("the gateway answered " + status + " " + answer);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the gateway closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
