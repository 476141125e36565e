package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.gateway.GatewayMetrics;
import dev.beckon.gateway.House;
import dev.beckon.gateway.Settings;
import dev.beckon.gateway.hint.Hints;
import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.testing.TestDatabase;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSeal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that a wrong clock dates may be answered at night: the person is told to have asked just then. */
@Tag("integration")
class WrongClockTest {
    private static final InstantSource SYSTEM = InstantSource.system();

    private record Bounds(Duration look, int batch, int waiting, Duration patience) implements Settings.Webhook {}

    private final LedgerKeys keys = LedgerKeys.generate();
    private final String campaign = "clock-" + UUID.randomUUID();
    private Duration off = Duration.ZERO;
    private final InstantSource clock = () -> SYSTEM.instant().plus(off);
    private final GatewayMetrics metrics = new GatewayMetrics(new SimpleMeterRegistry());
    private GatewayLedger ledger;
    private Doors doors;
    private Webhook webhook;

    @BeforeEach
    void open() {
        String uid = UUID.randomUUID().toString();
        try (OperatorLedger operator = TestDatabase.shared().operatorLedger(SYSTEM)) {
            operator.webhooks()
                    .open(new Door(
                            "team",
                            campaign,
                            uid,
                            List.of("account-of-" + campaign),
                            new DoorSeal(keys).seal(uid, Optional.of(House.TOKEN), Optional.empty()),
                            Consent.of(Consent.Basis.OptIn),
                            Door.DEFAULT_DEDUP_WINDOW,
                            Door.DEFAULT_EVENTS_PER_MINUTE));
        }
        ledger = TestDatabase.shared().gatewayLedger(keys, clock);
        doors = new Doors(ledger, metrics);
        Bounds bounds = new Bounds(Duration.ofSeconds(2), 16, 16, Duration.ofSeconds(20));
        EventQueue queue = new EventQueue(ledger.queue()::accept, Hints.NONE, metrics, bounds);
        webhook = new Webhook(doors, new Callers(ledger.seal()), queue, clock, metrics);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private String comes() {
        Map<String, String> headers = Map.of(Callers.TOKEN, House.TOKEN, "Content-Type", "application/json");
        byte[] body = ("{\"phone\":\"" + House.phone() + "\"}").getBytes(StandardCharsets.UTF_8);
        return webhook.take(
                "team",
                campaign,
                new Call(
                        "POST",
                        "/webhook/team/" + campaign,
                        "",
                        name -> headers.entrySet().stream()
                                .filter(header -> header.getKey().equalsIgnoreCase(name))
                                .map(Map.Entry::getValue)
                                .toList(),
                        body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10H", "-PT10H", "PT30S"})
    void takesNobodyInUntilItIsRight(Duration wrong) {
        off = wrong;
        doors.look();
        assertThatThrownBy(this::comes)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(503))
                .hasMessageContaining("The gateway's clock is ")
                .hasMessageContaining(wrong.isNegative() ? "behind" : "ahead of")
                .hasMessageContaining("NTP");

        off = Duration.ZERO;
        doors.look();
        assertThat(comes()).contains("accepted");
    }

    @Test
    void someSecondsAreNoFault() {
        off = Duration.ofSeconds(3);
        doors.look();
        assertThat(comes()).contains("accepted");
    }
}
