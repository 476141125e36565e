package dev.beckon.ledger.people;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Why a person may be contacted (GDPR article 6, Telegram's API terms 1.4).
 *
 * @param evidence where and how it was given, in the team's words
 * @param at when: an ISO 8601 date, alone or with a time
 */
public record Consent(Basis basis, Optional<String> evidence, Optional<String> at) {
    /** The bases of a contact. */
    public enum Basis {
        OptIn,
        ExistingMember,
        Contract,
        /** Brought over from an old system: not invitable until a person confirmed it. */
        Unknown;

        /** Whether it allows a contact. */
        public boolean allowsContact() {
            return this != Unknown;
        }
    }

    /** Without evidence and time. */
    public static Consent of(Basis basis) {
        return new Consent(basis, Optional.empty(), Optional.empty());
    }

    /**
     * Whether the text is an ISO 8601 date, alone or with a time and perhaps an offset: 2026-10-05, 2026-10-05T14:30:00Z,
     * 2026-10-05 14:30. Others, such as 05.10.2026 and 05/10/2026, mean one day here and another there.
     */
    public static boolean isMoment(String text) {
        String iso = iso(text);
        try {
            if (iso.indexOf('T') < 0) {
                LocalDate.parse(iso);
            } else {
                DateTimeFormatter.ISO_DATE_TIME.parse(iso);
            }
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static String iso(String text) {
        return text.replaceFirst(" +", "T");
    }

    /** The very moment; empty when none is told, as by a date alone, or by a time without its offset, which is another moment in each zone. */
    public Optional<Instant> moment() {
        return at.filter(Consent::isMoment)
                .map(Consent::iso)
                .filter(iso -> iso.indexOf('T') >= 0)
                .map(iso -> DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, ZonedDateTime::from, LocalDateTime::from))
                .flatMap(time ->
                        time instanceof ZonedDateTime zoned ? Optional.of(zoned.toInstant()) : Optional.empty());
    }

    /** Evidence may name a person. */
    @Override
    public String toString() {
        return "Consent[" + basis + "]";
    }
}
