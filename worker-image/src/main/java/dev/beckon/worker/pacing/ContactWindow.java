package dev.beckon.worker.pacing;

import dev.beckon.worker.BadInput;
import dev.beckon.workorder.InviteOrder;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The hours in which people may be contacted, in the campaign's zone. An instant is inside when its local time there is
 * at or after {@code start}, before {@code end}, on one of the days; so a day of 23 or 25 hours needs no rule of its own.
 *
 * <p>No window reaches outside 08:00–22:00: such a value can't be made.
 */
public record ContactWindow(LocalTime start, LocalTime end, ZoneId zone, Set<DayOfWeek> days) {
    public static final LocalTime EARLIEST = LocalTime.of(8, 0);
    public static final LocalTime LATEST = LocalTime.of(22, 0);

    /** A zone may lose a whole day (Samoa, 30 December 2011), so two weeks are searched although one should do. */
    private static final int DAYS_SEARCHED = 15;

    private static final DateTimeFormatter HOURS_MINUTES =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final List<String> DAY_NAMES = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    public ContactWindow {
        if (start.isBefore(EARLIEST) || end.isAfter(LATEST)) {
            throw new BadInput("The contact window " + start + "–" + end + " reaches outside " + EARLIEST + "–" + LATEST
                    + ", which no setting allows: narrow spec.pacing.window");
        }
        if (!start.isBefore(end)) {
            throw new BadInput("The contact window's start " + start + " is not before its end " + end
                    + ": correct spec.pacing.window");
        }
        if (days.isEmpty()) {
            throw new BadInput("The contact window has no day: list some in spec.pacing.window.days");
        }
        days = Set.copyOf(days);
    }

    /** @throws BadInput when the order's text is no window */
    public static ContactWindow of(InviteOrder.Window window) {
        return new ContactWindow(
                time(window.start(), "start"), time(window.end(), "end"), zone(window.timeZone()), days(window.days()));
    }

    /** Whether it is inside by the window's own clock: from its start, included, to its end, excluded. */
    public boolean isOpen(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        return days.contains(local.getDayOfWeek()) && !time.isBefore(start) && time.isBefore(end);
    }

    /** The first instant at or after the given one that is inside. */
    public Instant nextOpening(Instant from) {
        if (isOpen(from)) {
            return from;
        }
        LocalDate day = from.atZone(zone).toLocalDate();
        for (int i = 0; i <= DAYS_SEARCHED; i++) {
            // A start inside a gap is moved behind it by java.time; inside an overlap the earlier of the two is meant.
            Instant opening = ZonedDateTime.of(day.plusDays(i), start, zone).toInstant();
            if (!opening.isBefore(from) && isOpen(opening)) {
                return opening;
            }
        }
        throw new IllegalStateException("No opening within " + DAYS_SEARCHED + " days of " + from + " for " + this);
    }

    private static LocalTime time(String text, String which) {
        try {
            return LocalTime.parse(text, HOURS_MINUTES);
        } catch (DateTimeParseException e) {
            throw new BadInput(
                    "The contact window's " + which + " '" + text + "' is no time of day: write HH:mm, as 09:00", e);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new BadInput(
                    "'" + name + "' is no IANA time zone: write one as Europe/Berlin in spec.pacing.window.timeZone",
                    e);
        }
    }

    private static Set<DayOfWeek> days(List<String> names) {
        if (names.isEmpty()) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : names) {
            int index = DAY_NAMES.indexOf(name);
            if (index < 0) {
                throw new BadInput("'" + name + "' is no day of the week: write " + String.join(", ", DAY_NAMES));
            }
            days.add(DayOfWeek.of(index + 1));
        }
        return days;
    }
}
