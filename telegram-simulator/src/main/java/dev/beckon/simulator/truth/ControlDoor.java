package dev.beckon.simulator.truth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.beckon.simulator.truth.TruthDoor.BadQuestion;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Bytes;
import dev.beckon.simulator.world.ChatProfile;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a person or another device would do, for demos: scan a QR code, join, leave, approve, revoke sessions; and the
 * world's clock. Open only on request.
 */
final class ControlDoor {
    private static final String LINK = "tg://login?token=";
    private final World world;

    ControlDoor(World world) {
        this.world = world;
    }

    /** How {@link TruthDoor} answers a request. */
    interface Answerer {
        void answer(HttpExchange exchange, String method, Function<Map<String, String>, Stream<?>> answer)
                throws IOException;
    }

    void serveOn(HttpServer server, Answerer answerer) {
        serve(
                server,
                answerer,
                "accept-login",
                q -> world.qrLogins().acceptLoginToken(person(q, "account").id(), token(needed(q, "link"))));
        serve(server, answerer, "advance-clock", q -> world.advanceClock(seconds(needed(q, "seconds"))));
        serve(
                server,
                answerer,
                "join",
                q -> world.acts()
                        .perform(new Act.Join(chat(q).id(), person(q, "person").id())));
        serve(
                server,
                answerer,
                "leave",
                q -> world.acts()
                        .perform(new Act.Leave(chat(q).id(), person(q, "person").id())));
        serve(
                server,
                answerer,
                "approve",
                q -> world.acts()
                        .answerJoinRequest(chat(q).id(), person(q, "person").id(), true));
        serve(
                server,
                answerer,
                "dismiss",
                q -> world.acts()
                        .answerJoinRequest(chat(q).id(), person(q, "person").id(), false));
        serve(
                server,
                answerer,
                "revoke",
                q -> world.logins().revokeAll(person(q, "account").id()));
        serve(
                server,
                answerer,
                "lift-peer-flood",
                q -> world.acts().liftPeerFlood(person(q, "account").id()));
    }

    private static void serve(HttpServer server, Answerer answerer, String name, Consumer<Map<String, String>> action) {
        server.createContext(
                "/control/" + name,
                exchange -> answerer.answer(exchange, "POST", query -> {
                    action.accept(query);
                    return Stream.of(Map.of("done", name));
                }));
    }

    private static Bytes token(String link) {
        String text = link.startsWith(LINK) ? link.substring(LINK.length()) : link;
        try {
            return Bytes.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new BadQuestion("the link is none of a QR login: it begins with " + LINK);
        }
    }

    private static Duration seconds(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new BadQuestion("'" + text + "' is no number of seconds");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private ChatProfile chat(Map<String, String> query) {
        String name = needed(query, "chat");
        return new TruthLines(world)
                .chatNamed(name)
                .orElseThrow(() -> new BadQuestion("there is no chat '" + name + "'"));
    }

    private Profile person(Map<String, String> query, String field) {
        String name = needed(query, field);
        return new TruthLines(world)
                .personNamed(name)
                .orElseThrow(() -> new BadQuestion("there is no person '" + name + "'"));
    }

    private static String needed(Map<String, String> query, String field) {
        return Optional.ofNullable(query.get(field))
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new BadQuestion("'" + field + "' is missing"));
    }
}
