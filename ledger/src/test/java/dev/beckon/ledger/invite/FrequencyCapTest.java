package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrequencyCapTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void secondContactWaitsSevenDaysAndFourthNinety() {
        Instant now = START.plus(Duration.ofDays(30));
        assertThat(FrequencyCap.nextAllowed(List.of(), now)).isEmpty();
        assertThat(FrequencyCap.nextAllowed(List.of(now.minus(Duration.ofDays(7))), now))
                .isEmpty();
        assertThat(FrequencyCap.nextAllowed(List.of(now.minus(Duration.ofDays(6))), now))
                .contains(now.plus(Duration.ofDays(1)));
        assertThat(FrequencyCap.nextAllowed(
                        List.of(START, START.plus(Duration.ofDays(8)), START.plus(Duration.ofDays(20))), now))
                .contains(START.plus(Duration.ofDays(90)));
    }

    /** However often somebody tries, those who are let through keep both rules. */
    @Property
    void whoeverAsksNoSequenceOfAnswersBreaksTheCap(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 20 * 24) Integer> hoursBetween) {
        List<Instant> contacts = new ArrayList<>();
        Instant now = START;
        for (int hours : hoursBetween) {
            now = now.plus(Duration.ofHours(hours));
            if (FrequencyCap.nextAllowed(contacts, now).isEmpty()) {
                contacts.add(now);
            }
        }
        for (int i = 1; i < contacts.size(); i++) {
            assertThat(Duration.between(contacts.get(i - 1), contacts.get(i)))
                    .isGreaterThanOrEqualTo(FrequencyCap.SHORT);
        }
        for (int i = FrequencyCap.MOST; i < contacts.size(); i++) {
            assertThat(Duration.between(contacts.get(i - FrequencyCap.MOST), contacts.get(i)))
                    .isGreaterThanOrEqualTo(FrequencyCap.LONG);
        }
    }
}
