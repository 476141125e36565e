package dev.beckon.gateway.webhook;

import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.people.PhoneNumbers;
import dev.beckon.ledger.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes an event of the fields, with the same bounds as an audience's columns have. Pure. */
final class EventReader {
    private static final int LONGEST_PHONE = 64;
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_EVIDENCE = 256;
    private static final int LONGEST_ID = 128;
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z0-9_-]{1,35}");

    private EventReader() {}

    /**
     * Reads an event.
     *
     * @param campaign what holds for events that say nothing about consent
     * @throws Refused with 422 and a sentence about the field
     */
    static WebhookEvent read(Map<String, String> fields, Consent campaign, Optional<String> signature, Instant now) {
        Optional<String> locale = text(fields, "locale", 35);
        if (locale.isPresent() && !LOCALE.matcher(locale.get()).matches()) {
            throw unreadable("The locale is no language tag, such as de or pt-BR.");
        }
        Person person = new Person(
                Identities.ofPhone(phone(fields)),
                text(fields, "first_name", LONGEST_NAME),
                locale,
                consent(fields, campaign, now));
        return new WebhookEvent(person, text(fields, "event_id", LONGEST_ID), signature, now);
    }

    private static String phone(Map<String, String> fields) {
        Optional<String> phone = phone(fields, Fields.PHONE);
        Optional<String> old = phone(fields, Fields.CT_PHONE);
        if (phone.isPresent() && old.isPresent() && !phone.equals(old)) {
            throw unreadable(
                    "The fields phone and ct_phone name two numbers: an event is about one person, send one of them.");
        }
        return phone.or(() -> old)
                .orElseThrow(
                        () -> unreadable("There is no phone: send it as the field phone (or ct_phone), in the query, a"
                                + " form or JSON."));
    }

    private static Optional<String> phone(Map<String, String> fields, String name) {
        return text(fields, name, LONGEST_PHONE).map(text -> {
            PhoneNumbers.Parsed parsed = PhoneNumbers.parse(text);
            return parsed.e164().orElseThrow(() -> unreadable(parsed.problem().orElseThrow()));
        });
    }

    private static Consent consent(Map<String, String> fields, Consent campaign, Instant now) {
        Optional<String> at = text(fields, "consent_at", LONGEST_ID);
        if (at.isPresent() && !Consent.isMoment(at.get())) {
            throw unreadable(
                    "The consent_at is no date: write it as 2026-10-05, or with a time as 2026-10-05T14:30:00Z.");
        }
        Optional<String> evidence = text(fields, "consent_evidence", LONGEST_EVIDENCE)
                .or(() -> campaign.evidence().filter(it -> it.length() <= LONGEST_EVIDENCE));
        return new Consent(basis(fields, campaign), evidence, at.or(() -> Optional.of(now.toString())));
    }

    private static Consent.Basis basis(Map<String, String> fields, Consent campaign) {
        Optional<String> named = text(fields, "consent_basis", LONGEST_ID);
        if (named.isEmpty()) {
            return campaign.basis();
        }
        return Arrays.stream(Consent.Basis.values())
                .filter(basis -> basis.name().equalsIgnoreCase(named.get()))
                .findFirst()
                .orElseThrow(() -> unreadable("The consent_basis is none of "
                        + Arrays.stream(Consent.Basis.values()).map(Enum::name).collect(Collectors.joining(", "))
                        + "."));
    }

    /** Without what is around it; an empty field is none. */
    private static Optional<String> text(Map<String, String> fields, String name, int longest) {
        Optional<String> text =
                Optional.ofNullable(fields.get(name)).map(String::strip).filter(it -> !it.isEmpty());
        text.ifPresent(it -> {
            if (it.length() > longest) {
                throw unreadable("The field " + name + " is longer than " + longest + " characters.");
            }
            if (it.chars().anyMatch(Character::isISOControl)) {
                throw unreadable("The field " + name + " has a control character.");
            }
            // JSON can say \\ud800 alone: no bytes are that, so nothing could keep it, and two ids would be one.
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(it)) {
                throw unreadable("The field " + name + " has half a character.");
            }
        });
        return text;
    }

    private static Refused unreadable(String sentence) {
        return new Refused(422, sentence);
    }
}
