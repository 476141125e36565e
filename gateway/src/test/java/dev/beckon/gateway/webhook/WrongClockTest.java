package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.gateway.problem.Refused;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that a wrong clock dates may be answered at night: the person is told to have asked just then. */
@Tag("integration")
class WrongClockTest {
    private final ClockedDoor door = new ClockedDoor(Optional.empty());

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10H", "-PT10H", "PT30S"})
    void takesNobodyInUntilItIsRight(Duration wrong) {
        door.off = wrong;
        door.doors.look();
        assertThatThrownBy(door::comes)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(503))
                .hasMessageContaining("The gateway's clock is ")
                .hasMessageContaining(wrong.isNegative() ? "behind" : "ahead of")
                .hasMessageContaining("NTP");

        door.off = Duration.ZERO;
        door.doors.look();
        assertThat(door.comes()).contains("accepted");
    }

    @Test
    void someSecondsAreNoFault() {
        door.off = Duration.ofSeconds(3);
        door.doors.look();
        assertThat(door.comes()).contains("accepted");
    }
}
