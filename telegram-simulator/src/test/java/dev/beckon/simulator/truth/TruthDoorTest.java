package dev.beckon.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Bytes;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.QrLogins;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.worldfile.WorldFile;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TruthDoorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world = World.inMemory(WorldFile.parse("world.yaml", """
            clock: {start: 2026-10-05T09:00:00Z, speed: 0}
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby, phone: "+491700000002"}
              - {username: carla, privacy: {invites: Nobody}}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            faults:
              - {on: contacts.resolveUsername, person: bobby, kind: ServerError}
            """));

    private final HttpClient http = HttpClient.newHttpClient();
    private TruthDoor door;
    private Caller alice;
    private long bob;
    private long meetup;

    @BeforeEach
    void aliceIsLoggedIn() {
        door = TruthDoor.open(world, 0, true);
        world.logins().keyCreated(7, new byte[0]);
        world.logins().sendCode(7, "+491700000001");
        alice = new Caller(7, world.logins().signIn(7, "+491700000001", "12345").id());
        bob = alice.userId() + 1;
        meetup = world.truth().chats().getFirst().id();
    }

    @AfterEach
    void close() {
        door.close();
        world.close();
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private List<JsonNode> get(String path) throws Exception {
        HttpResponse<String> response = send("GET", path);
        assertThat(response.statusCode()).isEqualTo(200);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : response.body().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void eachContactIsALineWithWhoHowAndWhetherItHadEffect() throws Exception {
        world.invitations().invite(alice, meetup, List.of(bob));
        world.invitations().invite(alice, meetup, List.of(bob + 1));
        world.messages().sendToPerson(alice, bob, "Hello", 1);
        List<JsonNode> lines = get("/truth/contacts");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(JSON.readTree("""
                {"at": "2026-10-05T09:00:00Z", "account": "alice", "accountUserId": 1000001,
                 "person": {"id": 1000002, "phone": "+491700000002", "username": "bobby"},
                 "how": "invite", "chatId": -1001500000001, "chat": "@meetup", "result": "ok", "delivered": true}
                """));
        assertThat(lines.get(1).path("result").asText()).isEqualTo("missing-invitee");
        assertThat(lines.get(1).path("delivered").asBoolean()).isFalse();
        assertThat(lines.get(2).path("how").asText()).isEqualTo("message");
        assertThat(lines.get(2).has("chat")).isFalse();
    }

    @Test
    void callsAreToldWhateverTheAnswer() throws Exception {
        world.invitations().invite(alice, meetup, List.of(bob));
        world.advanceClock(java.time.Duration.ofSeconds(1));
        world.people().resolveUsername(alice, "carla");
        assertThat(get("/truth/calls")).hasSize(2);
        assertThat(get("/truth/calls?since=2026-10-05T09:00:01Z")).containsExactly(JSON.readTree("""
                {"at": "2026-10-05T09:00:01Z", "method": "contacts.resolveUsername", "account": "alice", "accountUserId": 1000001}
                """));
    }

    @Test
    void theCallsByWhichASessionIsCheckedAndEndedAreToldToo() throws Exception {
        world.logins().ask(alice);
        world.logins().logOut(alice);
        assertThat(get("/truth/calls"))
                .extracting(call -> call.path("method").asText())
                .containsExactly("account.getAccountTTL", "auth.logOut");
    }

    @Test
    void membersLogPostsMessagesAndSessionsAreTold() throws Exception {
        world.invitations().invite(alice, meetup, List.of(bob));
        world.messages().post(alice, meetup, "Welcome", 1);
        world.messages().sendToPerson(alice, bob, "Hello", 2);
        assertThat(get("/truth/members?chat=@meetup")).hasSize(2);
        assertThat(get("/truth/members?chat=-1001500000001")
                        .get(1)
                        .path("inviterId")
                        .asLong())
                .isEqualTo(alice.userId());
        assertThat(get("/truth/log?chat=Meetup").getFirst().path("what").asText())
                .isEqualTo("INVITED");
        assertThat(get("/truth/posts").getFirst().path("text").asText()).isEqualTo("Welcome");
        assertThat(get("/truth/posts?since=2026-10-05T09:00:01Z")).isEmpty();
        assertThat(get("/truth/messages").getFirst().path("delivered").asBoolean())
                .isTrue();
        assertThat(get("/truth/sessions").getFirst().path("accountUserId").asLong())
                .isEqualTo(alice.userId());
        assertThat(get("/truth/auth-keys").getFirst().path("authKeyId").asText())
                .isEqualTo("7");
        assertThat(get("/truth/health").getFirst().path("ok").asBoolean()).isTrue();
    }

    @Test
    void aScriptedFaultIsToldWithHowOftenItHappened() throws Exception {
        JsonNode before = get("/truth/faults").getFirst();
        assertThat(before.path("on").asText()).isEqualTo("contacts.resolveUsername");
        assertThat(before.path("kind").asText()).isEqualTo("SERVER_ERROR");
        assertThat(before.at("/person/username").asText()).isEqualTo("bobby");
        assertThat(before.path("fired").asInt()).isZero();
        assertThatThrownBy(() -> world.people().resolveUsername(alice, "bobby"))
                .hasMessageContaining("INTERNAL_SERVER_ERROR");
        assertThat(get("/truth/faults").getFirst().path("fired").asInt()).isEqualTo(1);
    }

    @Test
    void overlapsNameTheKeyAndBothProcesses() throws Exception {
        assertThat(get("/truth/auth-key-overlaps")).isEmpty();
        world.connections().opened(7, "c1", "worker-1");
        try {
            world.connections().opened(7, "c2", "worker-2");
        } catch (dev.beckon.simulator.world.RpcError duplicated) {
            assertThat(duplicated.text()).isEqualTo("AUTH_KEY_DUPLICATED");
        }
        JsonNode line = get("/truth/auth-key-overlaps").getFirst();
        assertThat(line.path("authKeyId").asText()).isEqualTo("7");
        assertThat(line.path("account").asText()).isEqualTo("alice");
        assertThat(line.path("process").asText()).isEqualTo("worker-2");
        assertThat(line.path("otherProcess").asText()).isEqualTo("worker-1");
    }

    @Test
    void aWrongQuestionIsAnsweredWithASentence() throws Exception {
        for (String path : List.of("/truth/members", "/truth/members?chat=nowhere", "/truth/posts?since=noon", "/")) {
            HttpResponse<String> response = send("GET", path);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(response.body()).path("error").asText()).isNotBlank();
        }
        assertThat(send("POST", "/truth/contacts").statusCode()).isEqualTo(405);
    }

    @Test
    void theControlDoorActsAsPeopleAndDevicesDo() throws Exception {
        world.logins().keyCreated(9, new byte[0]);
        Bytes token = ((QrLogins.Token.Waiting) world.qrLogins().exportLoginToken(9)).token();
        String link =
                "tg://login?token=" + Base64.getUrlEncoder().withoutPadding().encodeToString(token.toArray());
        String encoded = URLEncoder.encode(link, StandardCharsets.UTF_8);
        assertThat(send("POST", "/control/accept-login?account=@bobby&link=" + encoded)
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.qrLogins().exportLoginToken(9)).isInstanceOf(QrLogins.Token.Accepted.class);

        send("POST", "/control/join?chat=@meetup&person=@bobby");
        assertThat(world.truth().standing(meetup, bob)).isEqualTo(Chat.Standing.MEMBER);
        send("POST", "/control/leave?chat=@meetup&person=%2B491700000002");
        assertThat(world.truth().standing(meetup, bob)).isEqualTo(Chat.Standing.LEFT);
        send("POST", "/control/advance-clock?seconds=3600");
        assertThat(world.clock().instant()).isEqualTo("2026-10-05T10:00:00Z");
        send("POST", "/control/revoke?account=@alice");
        assertThat(world.logins().userOf(7)).isEmpty();
    }

    @Test
    void theControlDoorRefusesWhatMakesNoSense() throws Exception {
        assertThat(send("POST", "/control/accept-login?account=@bobby&link=tg://login?token=AAAA")
                        .statusCode())
                .isEqualTo(409);
        assertThat(send("POST", "/control/join?chat=@meetup&person=@nobody_here")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/control/join?chat=@meetup").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/control/advance-clock?seconds=soon").statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/control/advance-clock?seconds=1").statusCode()).isEqualTo(405);
    }

    @Test
    void theControlDoorIsShutUnlessAskedFor() throws Exception {
        try (TruthDoor readOnly = TruthDoor.open(world, 0, false)) {
            world.acts().perform(new Act.Join(meetup, bob));
            HttpRequest request = HttpRequest.newBuilder(URI.create(
                            "http://127.0.0.1:" + readOnly.port() + "/control/leave?chat=@meetup&person=@bobby"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(405);
            assertThat(world.truth().standing(meetup, bob)).isEqualTo(Chat.Standing.MEMBER);
        }
    }
}
