package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.simulator.world.Contact;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is contacted at night, whatever window an order asks for and however its worker is started. */
class HoursTest extends Misuse {
    private void refusedWindow(String start, String end, String zone, String... days) {
        Orders orders = links("bobby").window(start, end, zone, days);
        assertThatThrownBy(() -> run(orders)).isInstanceOf(BadInput.class).hasMessageContainingAll("window");
        assertThat(calls("bobby")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "00:00, 23:59",
        "07:59, 20:00",
        "09:00, 22:01",
        "22:00, 08:00",
        "09:00, 09:00",
        "08:00, 24:00",
        "9:00, 20:00",
        "09:00:00, 20:00",
        "'', 20:00",
        "-1:00, 20:00"
    })
    void aWindowThatReachesIntoTheNight(String start, String end) {
        refusedWindow(start, end, "UTC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Base", "+25:00", "", "Europe/Berlin;UTC"})
    void aZoneThatIsNone(String zone) {
        Orders orders = links("bobby").window("08:00", "22:00", zone);
        assertThatThrownBy(() -> run(orders)).isInstanceOf(BadInput.class).hasMessageContaining("time zone");
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void daysThatAreNone() {
        Orders orders = links("bobby").window("08:00", "22:00", "UTC", "Mon", "Someday");
        assertThatThrownBy(() -> run(orders)).isInstanceOf(BadInput.class).hasMessageContaining("Someday");
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void aWorkerThatIsStartedAtNight() {
        pass(Duration.ofHours(13));
        Orders orders = links("bobby");
        waits(run(orders), orders, "bobby", 0, "QuietHours");
    }

    @Test
    void aWorkerThatIsStartedAgainAndAgainAtNight() {
        pass(Duration.ofHours(13));
        Orders orders = links("bobby");
        for (int pod = 0; pod < 5; pod++) {
            waits(run(orders), orders, "bobby", 0, "QuietHours");
            pass(Duration.ofMinutes(90));
        }
    }

    @Test
    void aWindowThatIsEditedAtNightDoesNotOpen() {
        pass(Duration.ofHours(13));
        Orders orders = links("bobby");
        waits(run(orders), orders, "bobby", 0, "QuietHours");
        waits(run(orders.window("21:00", "22:00", "UTC")), orders, "bobby", 0, "QuietHours");
    }

    @Test
    void aDayThatIsNotListed() {
        Orders orders = links("bobby").window("08:00", "22:00", "UTC", "Sun");
        waits(run(orders), orders, "bobby", 0, "QuietHours");
    }

    @Test
    void aRunThatLastsIntoTheEvening() {
        Duration hour = Duration.ofHours(1);
        Orders orders = links("bobby", "carol", "dora", "owner")
                .delay(hour, hour)
                .hibernateAfter(Duration.ofDays(2))
                .window("08:00", "12:00", "UTC");
        stage.pod().run(Stage.inviting(orders.build()));
        assertThat(stage.world().truth().contacts()).hasSize(4);
        for (Contact contact : stage.world().truth().contacts()) {
            LocalTime at = contact.at().atZone(ZoneOffset.UTC).toLocalTime();
            assertThat(at).isBetween(LocalTime.of(8, 0), LocalTime.of(12, 0));
        }
    }
}
