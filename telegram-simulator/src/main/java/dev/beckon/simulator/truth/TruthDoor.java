package dev.beckon.simulator.truth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.beckon.simulator.world.ChatProfile;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.World;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * HTTP on loopback that tells what really happened, in NDJSON. It reads only; with {@code control} it also serves {@link
 * ControlDoor}.
 */
public final class TruthDoor implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final World world;

    private TruthDoor(World world, HttpServer server) {
        this.world = world;
        this.server = server;
    }

    /** A question that can't be answered as asked; the message is for the asker. */
    static final class BadQuestion extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadQuestion(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * @param port 0 for a free one
     * @param control whether to open the control door as well
     * @throws IllegalStateException with a sentence when the port is taken
     */
    public static TruthDoor open(World world, int port, boolean control) {
        TruthDoor door = new TruthDoor(world, bound(port));
        door.serve(
                "/truth/health",
                q -> Stream.of(new Lines.HealthLine(true, world.clock().instant())));
        door.serve("/truth/contacts", q -> door.lines().contacts());
        door.serve("/truth/calls", q -> door.lines().calls(since(q)));
        door.serve("/truth/auth-key-overlaps", q -> door.lines().overlaps());
        door.serve("/truth/members", q -> door.lines().members(door.chat(q)));
        door.serve("/truth/log", q -> door.lines().log(door.chat(q)));
        door.serve("/truth/posts", q -> door.lines().posts(since(q)));
        door.serve("/truth/messages", q -> door.lines().messages());
        door.serve("/truth/sessions", q -> door.lines().sessions());
        door.serve("/truth/auth-keys", q -> door.lines().authKeys());
        door.serve("/truth/faults", q -> door.lines().faults());
        if (control) {
            new ControlDoor(world).serveOn(door.server, door::answer);
        }
        door.server.createContext(
                "/",
                exchange -> door.answer(exchange, "GET", q -> {
                    throw new BadQuestion(
                            "there is nothing here; ask /truth/contacts, /truth/calls, /truth/auth-key-overlaps,"
                                    + " /truth/members?chat=, /truth/log?chat=, /truth/posts, /truth/messages, /truth/sessions,"
                                    + " /truth/auth-keys, /truth/faults or /truth/health");
                }));
        door.server.setExecutor(door.threads);
        door.server.start();
        return door;
    }

    private static HttpServer bound(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            throw new IllegalStateException("port " + port + " is taken: choose another with --truth-port, or 0", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the truth door can't be opened on port " + port, e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private TruthLines lines() {
        return new TruthLines(world);
    }

    private ChatProfile chat(Map<String, String> query) {
        String name = Optional.ofNullable(query.get("chat"))
                .orElseThrow(() -> new BadQuestion("say which chat: ?chat=@name, title or id"));
        return lines().chatNamed(name).orElseThrow(() -> new BadQuestion("there is no chat '" + name + "'"));
    }

    private static Instant since(Map<String, String> query) {
        try {
            return query.containsKey("since") ? Instant.parse(query.get("since")) : Instant.EPOCH;
        } catch (DateTimeParseException e) {
            throw new BadQuestion("'" + query.get("since") + "' is no time: write ?since=2026-10-05T09:00:00Z");
        }
    }

    private void serve(String path, Function<Map<String, String>, Stream<?>> answer) {
        server.createContext(path, exchange -> answer(exchange, "GET", answer));
    }

    /** Answers one request; a question that makes no sense is 400 with its sentence. */
    private void answer(HttpExchange exchange, String method, Function<Map<String, String>, Stream<?>> answer)
            throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals(method)) {
                refuse(exchange, 405, "only " + method + " is answered here");
                return;
            }
            Stream<?> lines;
            try {
                lines = answer.apply(query(exchange));
            } catch (BadQuestion bad) {
                refuse(exchange, 400, bad.getMessage());
                return;
            } catch (RpcError refusal) {
                refuse(exchange, 409, refusal.text());
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
            exchange.sendResponseHeaders(200, 0);
            try (Writer out =
                    new BufferedWriter(new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8))) {
                for (Iterator<?> each = lines.iterator(); each.hasNext(); ) {
                    out.write(Ndjson.line(each.next()));
                }
            }
        }
    }

    private static void refuse(HttpExchange exchange, int status, String sentence) throws IOException {
        byte[] body = Ndjson.line(Map.of("error", sentence)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.put(
                        URLDecoder.decode(key, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
