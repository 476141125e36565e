package dev.beckon.operator.schedule;

import dev.beckon.operator.schedule.CronText.Field;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * When a schedule is due next, told as {@code robfig/cron} v3 computes it (spec.go), the library of Kubernetes' CronJob
 * controller: step for step, so that both agree at every change of a zone's clock, where cron libraries differ. Pure.
 */
public final class CronSchedule {
    /** A schedule that names no day of any year, such as 30 February, is given up after so many years. */
    private static final int YEARS = 5;

    private final Field minutes;
    private final Field hours;
    private final Field days;
    private final Field months;
    private final Field weekdays;
    private final ZoneId zone;

    private CronSchedule(List<Field> fields, ZoneId zone) {
        this.minutes = fields.get(0);
        this.hours = fields.get(1);
        this.days = fields.get(2);
        this.months = fields.get(3);
        this.weekdays = fields.get(4);
        this.zone = zone;
    }

    /**
     * A schedule as a CronJob has it.
     *
     * @param zone null for Etc/UTC
     * @throws IllegalArgumentException with a sentence when Kubernetes would refuse it
     */
    public static CronSchedule of(String text, String zone) {
        return new CronSchedule(CronText.parse(text), zone(zone));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name == null ? "Etc/UTC" : name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + name + "' is no time zone that this release knows", e);
        }
    }

    /** The first time after that; empty when there is none within five years. */
    public Optional<Instant> next(Instant after) {
        ZonedDateTime time =
                after.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS).atZone(zone);
        int lastYear = time.getYear() + YEARS;
        // Whether the fields below the one that was moved are at their beginning already.
        boolean moved = false;
        while (time.getYear() <= lastYear) {
            Step step = month(time, moved);
            step = step.wrapped ? step : day(step.time, step.moved);
            step = step.wrapped ? step : hour(step.time, step.moved);
            step = step.wrapped ? step : minute(step.time, step.moved);
            step = step.wrapped ? step : second(step.time, step.moved);
            if (!step.wrapped) {
                return Optional.of(step.time.toInstant());
            }
            time = step.time;
            moved = step.moved;
        }
        return Optional.empty();
    }

    /** @param wrapped whether a larger field changed, so that it must be looked at again */
    private record Step(ZonedDateTime time, boolean moved, boolean wrapped) {}

    private Step month(ZonedDateTime from, boolean movedBefore) {
        ZonedDateTime time = from;
        boolean moved = movedBefore;
        while (!months.has(time.getMonthValue())) {
            if (!moved) {
                moved = true;
                time = at(time.toLocalDate().withDayOfMonth(1), LocalTime.MIDNIGHT);
            }
            // Go's AddDate: a day that the next month lacks is a day of the month after it.
            LocalDate date = time.toLocalDate();
            LocalDate next = date.withDayOfMonth(1).plusMonths(1).plusDays(date.getDayOfMonth() - 1L);
            time = at(next, time.toLocalTime());
            if (time.getMonthValue() == 1) {
                return new Step(time, true, true);
            }
        }
        return new Step(time, moved, false);
    }

    private Step day(ZonedDateTime from, boolean movedBefore) {
        ZonedDateTime time = from;
        boolean moved = movedBefore;
        while (!dayMatches(time.toLocalDate())) {
            if (!moved) {
                moved = true;
                time = at(time.toLocalDate(), LocalTime.MIDNIGHT);
            }
            time = at(time.toLocalDate().plusDays(1), time.toLocalTime());
            // A day whose midnight is left out by a change of the clock begins later, and the walk goes on from
            // midnight.
            int hour = time.getHour();
            if (hour != 0) {
                time = add(time, Duration.ofHours(hour > 12 ? 24L - hour : -hour));
            }
            if (time.getDayOfMonth() == 1) {
                return new Step(time, true, true);
            }
        }
        return new Step(time, moved, false);
    }

    private Step hour(ZonedDateTime from, boolean movedBefore) {
        ZonedDateTime time = from;
        boolean moved = movedBefore;
        while (!hours.has(time.getHour())) {
            if (!moved) {
                moved = true;
                time = at(time.toLocalDate(), LocalTime.of(time.getHour(), 0));
            }
            time = add(time, Duration.ofHours(1));
            if (time.getHour() == 0) {
                return new Step(time, true, true);
            }
        }
        return new Step(time, moved, false);
    }

    private Step minute(ZonedDateTime from, boolean movedBefore) {
        ZonedDateTime time = from;
        boolean moved = movedBefore;
        while (!minutes.has(time.getMinute())) {
            if (!moved) {
                moved = true;
                time = truncatedToMinute(time);
            }
            time = add(time, Duration.ofMinutes(1));
            if (time.getMinute() == 0) {
                return new Step(time, true, true);
            }
        }
        return new Step(time, moved, false);
    }

    private Step second(ZonedDateTime from, boolean movedBefore) {
        ZonedDateTime time = from;
        while (time.getSecond() != 0) {
            time = add(time, Duration.ofSeconds(1));
            if (time.getSecond() == 0) {
                return new Step(time, true, true);
            }
        }
        return new Step(time, movedBefore, false);
    }

    /** Of the two fields of days both must fit when one of them is open, else one is enough. */
    private boolean dayMatches(LocalDate date) {
        boolean ofMonth = days.has(date.getDayOfMonth());
        boolean ofWeek = weekdays.has(date.getDayOfWeek().getValue() % 7);
        return (days.any() || weekdays.any()) ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    private ZonedDateTime add(ZonedDateTime time, Duration duration) {
        return time.toInstant().plus(duration).atZone(zone);
    }

    /** Go truncates since the zero time, whatever the zone. */
    private ZonedDateTime truncatedToMinute(ZonedDateTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.MINUTES).atZone(zone);
    }

    /** Go's {@code time.Date}: of a local time that a change of the clock leaves out or repeats, it takes what this takes. */
    private ZonedDateTime at(LocalDate date, LocalTime time) {
        ZoneRules rules = zone.getRules();
        Instant unix = LocalDateTime.of(date, time).toInstant(ZoneOffset.UTC);
        ZoneOffset offset = rules.getOffset(unix);
        if (offset.getTotalSeconds() == 0) {
            return unix.atZone(zone);
        }
        Instant utc = unix.minusSeconds(offset.getTotalSeconds());
        ZoneOffsetTransition began = rules.previousTransition(unix.plusNanos(1));
        ZoneOffsetTransition ends = rules.nextTransition(unix);
        boolean before = began != null && utc.isBefore(began.getInstant());
        boolean after = ends != null && !utc.isBefore(ends.getInstant());
        ZoneOffset right = before || after ? rules.getOffset(utc) : offset;
        return unix.minusSeconds(right.getTotalSeconds()).atZone(zone);
    }
}
