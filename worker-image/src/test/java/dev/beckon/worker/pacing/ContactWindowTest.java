package dev.beckon.worker.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.BadInput;
import dev.beckon.workorder.InviteOrder;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody is contacted outside the window, whatever the zone does to its clocks, and a window always opens again. */
class ContactWindowTest {
    private static final Set<DayOfWeek> ALL = Set.of(DayOfWeek.values());

    @Property(tries = 2000)
    void theNextOpeningIsInsideAndNotBefore(@ForAll("windows") ContactWindow window, @ForAll("instants") Instant from) {
        Instant opening = window.nextOpening(from);
        assertThat(opening).isAfterOrEqualTo(from);
        assertThat(window.isOpen(opening)).isTrue();
    }

    @Property(tries = 300)
    void nothingBetweenNowAndTheNextOpeningIsInside(
            @ForAll("windows") ContactWindow window, @ForAll("instants") Instant from) {
        Instant opening = window.nextOpening(from);
        for (Instant at = from; at.isBefore(opening); at = at.plus(Duration.ofMinutes(7))) {
            assertThat(window.isOpen(at)).as("at %s", at).isFalse();
        }
        if (opening.isAfter(from)) {
            assertThat(window.isOpen(opening.minusMillis(1))).isFalse();
        }
    }

    @Property(tries = 2000)
    void whatIsInsideIsNeverBeforeEightOrFromTenInTheEvening(
            @ForAll("windows") ContactWindow window, @ForAll("instants") Instant at) {
        if (window.isOpen(at)) {
            LocalTime local = at.atZone(window.zone()).toLocalTime();
            assertThat(local).isAfterOrEqualTo(LocalTime.of(8, 0)).isBefore(LocalTime.of(22, 0));
        }
    }

    @Provide
    Arbitrary<ContactWindow> windows() {
        Arbitrary<Integer> minutes = Arbitraries.integers().between(8 * 60, 22 * 60 - 1);
        Arbitrary<Set<DayOfWeek>> days =
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).ofMaxSize(7);
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        ZoneId.getAvailableZoneIds().stream().sorted().toList())
                .map(ZoneId::of);
        return Combinators.combine(minutes, minutes, zones, days).as((a, b, zone, d) -> {
            int start = Math.min(a, b);
            int end = Math.max(a, b) + 1;
            return new ContactWindow(
                    LocalTime.MIDNIGHT.plusMinutes(start), LocalTime.MIDNIGHT.plusMinutes(end), zone, d);
        });
    }

    @Provide
    Arbitrary<Instant> instants() {
        // From 1990 on: zones whose clocks change by day, gaps at midnight, and Samoa's lost Friday are all in it.
        return Arbitraries.longs().between(631_152_000L, 2_208_988_800L).map(Instant::ofEpochSecond);
    }

    @ParameterizedTest(name = "{0}: from {1} opens {2}")
    @CsvSource({
        "Europe/Berlin,    2026-03-28T21:00:00Z, 2026-03-29T07:00:00Z", // the night that loses an hour
        "Europe/Berlin,    2026-10-24T20:00:00Z, 2026-10-25T08:00:00Z", // the night that gains one
        "America/Sao_Paulo, 2018-11-03T23:30:00Z, 2018-11-04T11:00:00Z", // midnight itself is skipped
        "Pacific/Apia,     2011-12-30T08:00:00Z, 2011-12-30T19:00:00Z", // 30 December does not exist
        "Europe/Moscow,    2026-11-23T05:59:59Z, 2026-11-23T06:00:00Z",
        "Europe/Moscow,    2026-11-23T06:00:00Z, 2026-11-23T06:00:00Z",
        "Europe/Moscow,    2026-11-23T17:00:00Z, 2026-11-24T06:00:00Z" // the end is outside
    })
    void opensAtNineLocalTimeAfterEachKindOfNight(String zone, Instant from, Instant expected) {
        ContactWindow window = new ContactWindow(LocalTime.of(9, 0), LocalTime.of(20, 0), ZoneId.of(zone), ALL);
        assertThat(window.nextOpening(from)).isEqualTo(expected);
    }

    @Test
    void aWeekdayWindowSkipsTheWeekend() {
        ContactWindow window = ContactWindow.of(
                new InviteOrder.Window("09:00", "20:00", "UTC", List.of("Mon", "Tue", "Wed", "Thu", "Fri")));
        assertThat(window.nextOpening(Instant.parse("2026-11-20T21:00:00Z"))).isEqualTo("2026-11-23T09:00:00Z");
    }

    @Test
    void noDaysMeansEveryDay() {
        assertThat(ContactWindow.of(new InviteOrder.Window("09:00", "20:00", "UTC", List.of()))
                        .days())
                .hasSize(7);
    }

    @ParameterizedTest(name = "{0}–{1} in {2} on {3}: {4}")
    @CsvSource({
        "07:59, 20:00, UTC, Mon, reaches outside 08:00–22:00",
        "09:00, 22:01, UTC, Mon, reaches outside 08:00–22:00",
        "20:00, 09:00, UTC, Mon, is not before its end",
        "09:00, 09:00, UTC, Mon, is not before its end",
        "9:00,  20:00, UTC, Mon, write HH:mm",
        "09:00, 24:00, UTC, Mon, write HH:mm",
        "09:00, 20:00, Mars/Olympus, Mon, no IANA time zone",
        "09:00, 20:00, UTC, Monday, no day of the week"
    })
    void whatIsNoWindowIsRefusedWithASentence(String start, String end, String zone, String day, String sentence) {
        assertThatThrownBy(() -> ContactWindow.of(new InviteOrder.Window(start, end, zone, List.of(day))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(sentence);
    }
}
