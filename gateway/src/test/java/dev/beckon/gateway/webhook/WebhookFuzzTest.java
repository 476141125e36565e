package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.people.PhoneNumbers;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSeal;
import dev.beckon.ledger.webhook.DoorSecret;
import dev.beckon.ledger.webhook.FoundDoor;
import dev.beckon.ledger.webhook.WebhookEvent;
import io.github.bucket4j.TimeMeter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one parser that strangers reach. Requests stand in the inputs as lines: query, headers, and the rest is the body. */
class WebhookFuzzTest {
    /** Stands in the inputs where people and secrets do; no answer repeats it. */
    private static final String CANARY = "Zanzibar77";

    private static final Instant NOW = Instant.parse("2026-11-25T22:00:00Z");
    private static final String TOKEN = "Zanzibar77-token-of-callers";
    private static final String KEY = "Zanzibar77-key-that-callers-sign-with";
    private static final LedgerKeys KEYS = LedgerKeys.generate();
    private static final PersonVault VAULT = new PersonVault(KEYS.fieldCipher(), KEYS.lookupKeys());
    private static final DoorSeal SEAL = new DoorSeal(KEYS);
    private static final Callers CALLERS = new Callers(SEAL);
    private static final OpenDoor DOOR = door();

    private static OpenDoor door() {
        DoorSecret secret = SEAL.seal("uid", Optional.of(TOKEN), Optional.of(KEY));
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
        return new OpenDoor(found, SEAL.signingKey(found), OpenDoor.flow(found, TimeMeter.SYSTEM_MILLISECONDS));
    }

    /** As many lines as asked for, and the bytes behind them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Input(List<String> lines, byte[] body) {
        static Input of(byte[] bytes, int count) {
            String[] lines = new String[count];
            int at = 0;
            for (int i = 0; i < count; i++) {
                int end = at;
                while (end < bytes.length && bytes[end] != '\n') {
                    end++;
                }
                // As a request's head comes: a character a byte.
                lines[i] = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
                at = Math.min(bytes.length, end + 1);
            }
            return new Input(List.of(lines), Arrays.copyOfRange(bytes, at, bytes.length));
        }

        String line(int number) {
            return lines.get(number);
        }

        Call call(Map<String, String> headers) {
            return new Call(
                    "POST",
                    "/webhook/team/spring",
                    lines.getFirst(),
                    name -> Optional.ofNullable(headers.get(name)).filter(it -> !it.isEmpty()).stream()
                            .toList(),
                    body);
        }
    }

    private static void assertTellsNothing(Refused refused) {
        assertThat(refused.status()).isBetween(400, 499);
        assertThat(refused.getMessage()).endsWith(".").doesNotContain(CANARY);
    }

    /** Lines: query, Content-Type, Content-Encoding. */
    @FuzzTest
    void events(byte[] bytes) {
        Input input = Input.of(bytes, 3);
        Call call = input.call(Map.of("Content-Type", input.line(1), "Content-Encoding", input.line(2)));
        try {
            WebhookEvent event = EventReader.read(Fields.of(call), DOOR.found().consent(), Optional.empty(), NOW);
            String phone = event.person().identities().phone().orElseThrow();
            assertThat(PhoneNumbers.parse(phone).e164()).contains(phone);
            event.eventId()
                    .ifPresent(id -> assertThat(new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                            .as("two ids are never one")
                            .isEqualTo(id));
            byte[] sealed = VAULT.seal(event.person(), "uid", 1);
            assertThat(VAULT.open(sealed, event.person().consent().basis(), "uid", 1))
                    .isEqualTo(event.person());
            assertThat(event + " " + call).doesNotContain(CANARY);
        } catch (Refused e) {
            assertTellsNothing(e);
        }
    }

    /** Lines: query, token, Authorization, signature, timestamp. */
    @FuzzTest
    void callers(byte[] bytes) {
        Input input = Input.of(bytes, 5);
        Call call = input.call(Map.of(
                Callers.TOKEN,
                input.line(1),
                "Authorization",
                input.line(2),
                Callers.SIGNATURE,
                input.line(3),
                Callers.TIMESTAMP,
                input.line(4)));
        try {
            Optional<String> signature = CALLERS.admit(call, DOOR, NOW);
            signature.ifPresentOrElse(
                    shown -> assertThat(HexFormat.of().parseHex(shown))
                            .isEqualTo(Callers.hmac(
                                    KEY.getBytes(StandardCharsets.UTF_8),
                                    call,
                                    input.line(4).strip())),
                    () -> assertThat(input.line(1) + input.line(2)).contains(TOKEN));
        } catch (Refused e) {
            assertTellsNothing(e);
        }
    }
}
