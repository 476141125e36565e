package dev.beckon.demo;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Chooses a time zone in which it is day. Nothing contacts a person outside a campaign's window, the demo included: so that
 * it works at any hour, its campaigns live where it is about eleven in the morning.
 */
public final class DaytimeZone {
    private static final int WANTED_HOUR = 11;

    private DaytimeZone() {}

    /** Whether the contact windows of the examples as they are (08:00 to 22:00 in Etc/GMT) are open for an hour at least. */
    static boolean isDayInTheExamples(Instant now) {
        int hour = now.atOffset(ZoneOffset.UTC).getHour();
        return hour >= 8 && hour < 21;
    }

    /** Whether the window of a campaign that names none (09:00 to 20:00 in Etc/UTC) is open. */
    static boolean isDay(Instant now) {
        int hour = now.atOffset(ZoneOffset.UTC).getHour();
        return hour >= 9 && hour < 20;
    }

    /** An IANA zone of a whole hour; the sign of {@code Etc/GMT+n} means west, as POSIX has it. */
    public static String at(Instant now) {
        int hour = now.atOffset(ZoneOffset.UTC).getHour();
        int east = WANTED_HOUR - hour;
        return east == 0 ? "Etc/GMT" : "Etc/GMT" + (east > 0 ? "-" + east : "+" + -east);
    }
}
