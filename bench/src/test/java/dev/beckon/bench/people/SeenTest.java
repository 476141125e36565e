package dev.beckon.bench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.demo.proof.TruthDoor.Call;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenTest {
    private static final Instant START = Instant.parse("2026-11-25T09:00:00Z");
    private static final Seen SEEN = new Seen(
            List.of(START.plusMillis(1_500), START.plusMillis(2_000), START.plusMillis(2_500)),
            List.of(new Call(START.plusMillis(900), "contacts.resolveUsername", 1)),
            START);

    @Test
    void theRateIsThatBetweenTheFirstAndTheLastPerson() {
        assertThat(SEEN.peoplePerSecond()).isEqualTo(2);
    }

    @Test
    void startUpIsTheTimeToTheFirstCallAndToTheFirstPerson() {
        assertThat(SEEN.secondsToFirstCall()).isEqualTo(0.9);
        assertThat(SEEN.secondsToFirstPerson()).isEqualTo(1.5);
    }

    @Test
    void aRunThatContactedTooFewIsNoMeasurement() {
        assertThat(SEEN.requirePeople(3)).isSameAs(SEEN);
        assertThatThrownBy(() -> SEEN.requirePeople(4)).hasMessageContaining("3 people invited instead of 4");
    }
}
