package dev.beckon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DaytimeZoneTest {

    @Property
    void itIsElevenInTheMorningInTheChosenZone(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        Instant now = Instant.ofEpochSecond(second);

        ZoneId zone = ZoneId.of(DaytimeZone.at(now));

        assertThat(now.atZone(zone).getHour()).isEqualTo(11);
    }

    @Example
    void theExamplesAsTheyAreBeginByDayOnly() {
        assertThat(DaytimeZone.isDayInTheExamples(Instant.parse("2026-11-25T07:59:00Z")))
                .isFalse();
        assertThat(DaytimeZone.isDayInTheExamples(Instant.parse("2026-11-25T08:00:00Z")))
                .isTrue();
        assertThat(DaytimeZone.isDayInTheExamples(Instant.parse("2026-11-25T21:00:00Z")))
                .isFalse();
    }
}
