package dev.beckon.demo.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What Telegram saw, from the simulator's read-only truth door. */
public final class TruthDoor {
    private static final JsonMapper JSON = new JsonMapper();

    private final String url;

    /** @param url of the door, with a slash at its end */
    public TruthDoor(String url) {
        this.url = url;
    }

    /** A person was invited or written to. Printed without the person. */
    public record Contact(
            Instant at,
            String how,
            boolean delivered,
            String result,
            long accountUserId,
            long chat,
            long personId,
            Optional<String> phone,
            Optional<String> username) {
        @Override
        public String toString() {
            return "Contact[" + how + ", delivered=" + delivered + ", result=" + result + "]";
        }
    }

    /** Every contact that reached a person, or tried to; oldest first. */
    public List<Contact> contacts() {
        return lines("contacts").stream()
                .map(line -> new Contact(
                        Instant.parse(line.path("at").asText()),
                        line.path("how").asText(),
                        line.path("delivered").asBoolean(),
                        line.path("result").asText(),
                        line.path("accountUserId").asLong(),
                        line.path("chat").asLong(),
                        line.at("/person/id").asLong(),
                        text(line.at("/person/phone")),
                        text(line.at("/person/username"))))
                .toList();
    }

    /** An account called a method of Telegram's. */
    public record Call(Instant at, String method, long accountUserId) {}

    /** The calls of all accounts since then, whatever the answer, oldest first; the latest 10,000 at most. */
    public List<Call> calls(Instant since) {
        return lines("calls?since=" + since).stream()
                .map(line -> new Call(
                        Instant.parse(line.path("at").asText()),
                        line.path("method").asText(),
                        line.path("accountUserId").asLong()))
                .toList();
    }

    /** A message in a chat. Printed without its text. */
    public record Post(Instant at, long accountUserId, String chat, String text) {
        @Override
        public String toString() {
            return "Post[" + chat + "]";
        }
    }

    /** Every message in a chat, oldest first. */
    public List<Post> posts() {
        return lines("posts").stream()
                .map(line -> new Post(
                        Instant.parse(line.path("at").asText()),
                        line.path("fromId").asLong(),
                        line.path("chat").asText(),
                        line.path("text").asText()))
                .toList();
    }

    /**
     * Who is a member of a chat now, by Telegram id.
     *
     * @param chat as the world file names it
     */
    public List<Long> members(String chat) {
        return lines("members?chat=" + URLEncoder.encode(chat, StandardCharsets.UTF_8)).stream()
                .map(line -> line.at("/person/id").asLong())
                .toList();
    }

    /**
     * A session of an account: an auth key that was logged in with.
     *
     * @param ended whether Telegram takes it no more
     */
    public record Session(String authKeyId, boolean ended) {}

    /** Every session that an account ever had, the ended ones included. */
    public List<Session> sessions(long accountUserId) {
        return lines("sessions").stream()
                .filter(line -> line.path("accountUserId").asLong() == accountUserId)
                .map(line -> new Session(
                        line.path("authKeyId").asText(),
                        text(line.path("ended")).isPresent()))
                .toList();
    }

    /** How often one auth key was in use by two processes at once. */
    public int overlaps() {
        return lines("auth-key-overlaps").size();
    }

    /** The auth key of every session that ever was, to look for it where it must not be. */
    public List<byte[]> authKeys() {
        return lines("auth-keys").stream()
                .map(line -> HexFormat.of().parseHex(line.path("key").asText()))
                .toList();
    }

    /** How often the scripted faults of the world file happened, by their kind. */
    public Map<String, Integer> faults() {
        return lines("faults").stream()
                .collect(Collectors.groupingBy(
                        line -> line.path("kind").asText(),
                        TreeMap::new,
                        Collectors.summingInt(line -> line.path("fired").asInt())));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node.asText());
    }

    private List<JsonNode> lines(String path) {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Http.get(url + path).lines().toList()) {
            try {
                lines.add(JSON.readTree(line));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines;
    }
}
