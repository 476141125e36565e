package dev.beckon.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/beckon/operator/schedule/robfig.csv");

    /** A few answers of every zone; all of them are asked for by {@code CronControllerTest}, which has Go. */
    @Test
    void agreesWithTheLibraryOfTheCronJobController() throws IOException {
        List<String> different = new ArrayList<>();
        try (Stream<String> lines = Files.lines(GOLDEN)) {
            lines.filter(line -> !line.startsWith("#")).forEach(line -> {
                String computed = computed(line);
                if (!computed.equals(line)) {
                    different.add(line + "\n  here: " + computed);
                }
            });
        }
        assertThat(different).isEmpty();
    }

    /** The same line with the times that we compute. */
    static String computed(String line) {
        String[] parts = line.split(";");
        CronSchedule schedule = CronSchedule.of(parts[0], parts[1]);
        StringBuilder text = new StringBuilder(parts[0] + ";" + parts[1] + ";" + parts[2]);
        Instant time = Instant.parse(parts[2]);
        for (int count = 0; count < 4; count++) {
            time = schedule.next(time).orElseThrow();
            text.append(';').append(minute(time));
        }
        return text.toString();
    }

    static String minute(Instant time) {
        return time.toString().replace(":00Z", "Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            61 3 * * *      | the minute '61' is above 59
            0 24 * * *      | the hour '24' is above 23
            0 0 0 * *       | the day of month '0' begins below 1
            0 0 * 13 *      | the month '13' is above 12
            0 0 * * 7       | the day of week '7' is above 6
            0 0 * * MON-SUN | the day of week 'MON-SUN' ends before it begins
            30-10 * * * *   | the minute '30-10' ends before it begins
            */0 * * * *     | the minute '*/0' has a step of 0
            1-2-3 * * * *   | the minute '1-2-3' has more than one -
            */2/3 * * * *   | the minute '*/2/3' has more than one /
            0 0 * JUNE *    | the month 'JUNE' is no number or name
            0 0 3 * * *     | '0 0 3 * * *' has 6 fields: minute, hour, day of month, month and day of week are needed
            """)
    void whatKubernetesRefusesIsRefusedWithASentence(String text, String sentence) {
        assertThatThrownBy(() -> CronSchedule.of(text, "Etc/UTC"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TZ=Europe/Berlin 0 3 * * *", "@every 5m", "@midday"})
    void aZoneWithinTheTextAndOtherShorthandsAreRefused(String text) {
        assertThatThrownBy(() -> CronSchedule.of(text, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aZoneThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> CronSchedule.of("0 3 * * *", "Europe/Mosow"))
                .hasMessage("'Europe/Mosow' is no time zone that this release knows");
    }

    @Test
    void aDayThatNoYearHasIsNeverDue() {
        assertThat(CronSchedule.of("0 0 30 2 *", null).next(Instant.parse("2026-11-25T00:00:00Z")))
                .isEmpty();
    }
}
