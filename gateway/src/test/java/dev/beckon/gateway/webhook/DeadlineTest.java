package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.gateway.problem.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody is contacted after a campaign's deadline: whoever was told that they are in would wait in vain. No operator is here to close the door. */
@Tag("integration")
class DeadlineTest {
    private final ClockedDoor door = new ClockedDoor(Optional.empty());

    @AfterEach
    void close() {
        door.close();
    }

    private void assertOver() {
        assertThatThrownBy(door::comes)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(409))
                .hasMessage("The campaign's deadline has passed: it takes nobody in any more.");
    }

    private void endsWithin(Duration time) {
        door.opens(Optional.of(Instant.now().plus(time)));
        door.doors.look();
    }

    @Test
    void theDoorClosesByItself() {
        endsWithin(Duration.ofHours(1));
        assertThat(door.comes()).contains("accepted");
        door.off = Duration.ofHours(2);
        assertOver();

        door.off = Duration.ZERO;
        door.opens(Optional.of(Instant.now().minusSeconds(1)));
        door.doors.look();
        assertOver();
        endsWithin(Duration.ofHours(1));
        assertThat(door.comes()).as("the deadline was moved").contains("accepted");
    }

    /** By two clocks that are as far apart as a gateway's may be from the database's. */
    @Test
    void whoseEventIsOnItsWayThenIsToldSo() {
        door.off = Duration.ofSeconds(-9);
        door.meanwhile = () -> door.off = Duration.ofSeconds(9);
        endsWithin(Duration.ofSeconds(8));
        assertOver();
    }

    /** Which says nothing about the deadline. */
    @Test
    void aClockThatIsWrongIsToldFirst() {
        door.off = Duration.ofHours(10);
        endsWithin(Duration.ofHours(1));
        assertThatThrownBy(door::comes)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(503))
                .hasMessageContaining("The gateway's clock is ");
    }
}
