package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSeal;
import dev.beckon.ledger.webhook.DoorSecret;
import dev.beckon.ledger.webhook.FoundDoor;
import io.github.bucket4j.TimeMeter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallersTest {
    private static final Instant NOW = Instant.parse("2026-11-25T22:00:00Z");
    private static final String TOKEN = "a-token-of-callers";
    private static final String KEY = "a-key-that-callers-sign-with";
    private static final byte[] BODY = "{\"phone\":\"+4917612345678\"}".getBytes(StandardCharsets.UTF_8);

    private final DoorSeal seal = new DoorSeal(LedgerKeys.generate());
    private final Callers callers = new Callers(seal);

    private OpenDoor door(Optional<String> token, Optional<String> key) {
        DoorSecret secret = seal.seal("uid", token, key);
        FoundDoor found = new FoundDoor(
                "team",
                "spring",
                1,
                "uid",
                1,
                Optional.empty(),
                secret.tokenDigest(),
                secret.signingKey(),
                List.of(1L),
                Consent.of(Consent.Basis.OptIn),
                Door.DEFAULT_DEDUP_WINDOW,
                3,
                Optional.empty());
        return new OpenDoor(found, seal.signingKey(found), OpenDoor.flow(found, TimeMeter.SYSTEM_MILLISECONDS));
    }

    private OpenDoor both() {
        return door(Optional.of(TOKEN), Optional.of(KEY));
    }

    private static Call call(String query, byte[] body, Map<String, String> headers) {
        return new Call(
                "POST",
                "/webhook/team/spring",
                query,
                name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of(),
                body);
    }

    private static Map<String, String> signed(String key, Instant at, String query, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        byte[] hmac = Callers.hmac(key.getBytes(StandardCharsets.UTF_8), call(query, body, Map.of()), timestamp);
        return new HashMap<>(Map.of(
                Callers.TIMESTAMP,
                timestamp,
                Callers.SIGNATURE,
                "sha256=" + HexFormat.of().formatHex(hmac)));
    }

    private Optional<String> admit(OpenDoor door, Call call) {
        return callers.admit(call, door, NOW);
    }

    private String refused(int status, OpenDoor door, Call call) {
        List<String> said = new ArrayList<>();
        assertThatThrownBy(() -> admit(door, call)).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            said.add(e.getMessage());
        });
        return said.getFirst();
    }

    @Test
    void theTokenMayComeInEitherHeader() {
        assertThat(admit(both(), call("", BODY, Map.of("X-Beckon-Token", TOKEN))))
                .isEmpty();
        assertThat(admit(both(), call("", BODY, Map.of("Authorization", "Bearer " + TOKEN))))
                .isEmpty();
        assertThat(admit(both(), call("", BODY, Map.of("Authorization", "bearer  " + TOKEN + " "))))
                .isEmpty();
    }

    @Test
    void aWrongTokenAndACampaignThatDoesNotExistAreRefusedAlike() {
        Call wrong = call("", BODY, Map.of("X-Beckon-Token", "another-token-of-callers"));
        Call right = call("", BODY, Map.of("X-Beckon-Token", TOKEN));
        String sentence = refused(401, both(), wrong);
        assertThat(refused(401, OpenDoor.NONE, right)).isEqualTo(sentence);
        assertThat(refused(401, door(Optional.empty(), Optional.of(KEY)), right))
                .isEqualTo(sentence);
        assertThat(refused(401, OpenDoor.NONE, call("", BODY, signed(KEY, NOW, "", BODY))))
                .isEqualTo(sentence);
        assertThat(refused(401, door(Optional.of(TOKEN), Optional.empty()), call("", BODY, signed(KEY, NOW, "", BODY))))
                .isEqualTo(sentence);
    }

    @Test
    void aSignatureIsForOneRequestOnly() {
        Map<String, String> headers = signed(KEY, NOW, "a=1", BODY);
        Optional<String> signature = admit(both(), call("a=1", BODY, headers));
        assertThat("sha256=" + signature.orElseThrow()).isEqualTo(headers.get(Callers.SIGNATURE));
        refused(401, both(), call("a=2", BODY, headers));
        refused(401, both(), call("a=1", new byte[0], headers));
        refused(401, both(), call("a=1", BODY, signed("another-key-to-sign-with", NOW, "a=1", BODY)));
        headers.put(Callers.TIMESTAMP, Long.toString(NOW.getEpochSecond() + 1));
        refused(401, both(), call("a=1", BODY, headers));
    }

    @Test
    void aWrongSignatureIsNotHelpedByTheRightToken() {
        Map<String, String> headers = signed("another-key-to-sign-with", NOW, "", BODY);
        headers.put("X-Beckon-Token", TOKEN);
        refused(401, both(), call("", BODY, headers));
    }

    @Test
    void clocksMayBeFiveMinutesApart() {
        for (Duration apart : List.of(Callers.SKEW, Callers.SKEW.negated(), Duration.ZERO)) {
            assertThat(admit(both(), call("", BODY, signed(KEY, NOW.plus(apart), "", BODY))))
                    .isPresent();
        }
        for (Duration apart :
                List.of(Callers.SKEW.plusSeconds(1), Callers.SKEW.plusSeconds(1).negated())) {
            assertThat(refused(401, both(), call("", BODY, signed(KEY, NOW.plus(apart), "", BODY))))
                    .contains("301 seconds off", "300 are allowed");
        }
    }

    @Test
    void whatIsNoSignatureIsToldSo() {
        Map<String, String> headers = signed(KEY, NOW, "", BODY);
        headers.put(Callers.SIGNATURE, "sha256=abc");
        assertThat(refused(401, both(), call("", BODY, headers))).contains("64 hexadecimal digits");
        headers.put(Callers.TIMESTAMP, "yesterday");
        assertThat(refused(401, both(), call("", BODY, headers))).contains("no number of seconds");
        headers.remove(Callers.TIMESTAMP);
        assertThat(refused(401, both(), call("", BODY, headers))).contains("needs X-Beckon-Timestamp");
    }

    @Test
    void whoShowsNothingIsToldHow() {
        assertThat(refused(401, both(), call("", BODY, Map.of()))).contains("Authorization: Bearer TOKEN");
        assertThat(refused(401, both(), call("phone=1&token=" + TOKEN, BODY, Map.of())))
                .contains("in every log")
                .doesNotContain(TOKEN);
        assertThat(refused(401, both(), call("", BODY, Map.of("Authorization", "Basic eA=="))))
                .contains("Bearer");
    }

    @Test
    void headersThatContradictEachOtherAreRefused() {
        assertThat(refused(400, both(), call("", BODY, Map.of("X-Beckon-Token", TOKEN, "Authorization", "Bearer x"))))
                .contains("two tokens");
        Call twice = new Call("POST", "/", "", name -> List.of("a", "b"), BODY);
        assertThat(refused(400, both(), twice)).contains("2 times");
    }

    @Test
    void aFloodIsToldWhenToComeAgain() {
        AtomicLong nanos = new AtomicLong();
        OpenDoor door = both();
        OpenDoor counted = new OpenDoor(door.found(), door.signingKey(), OpenDoor.flow(door.found(), new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos.get();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        }));
        for (int i = 0; i < 3; i++) {
            assertThat(counted.tooMany()).isEmpty();
        }
        assertThat(counted.tooMany()).contains(Duration.ofSeconds(20));
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(counted.tooMany()).isEmpty();
        assertThat(counted.tooMany()).isPresent();
    }
}
