package dev.beckon.ledger.audience;

import dev.beckon.ledger.people.Person;
import java.util.Optional;

/** What one line of an audience says. {@code number} counts from 1, as an editor does. */
sealed interface AudienceLine {
    long number();

    /** A person with a basis for a contact. */
    record Valid(long number, Person person) implements AudienceLine {}

    /** A person without one: neither the line nor the campaign names it, or it is Unknown. */
    record WithoutConsent(long number, Person person) implements AudienceLine {}

    /** A person whom a parser read from a chat that its account did not administer: nobody to contact, whatever their consent. */
    record Foreign(long number, Person person) implements AudienceLine {}

    /** Not to be understood; the sentence says why and holds nothing of the line. */
    record Invalid(long number, String sentence) implements AudienceLine {}

    /** The header, or nothing. */
    record Empty(long number) implements AudienceLine {}

    /** The person, if the line names one. */
    default Optional<Person> who() {
        return switch (this) {
            case Valid valid -> Optional.of(valid.person);
            case WithoutConsent without -> Optional.of(without.person);
            case Foreign foreign -> Optional.of(foreign.person);
            case Invalid invalid -> Optional.empty();
            case Empty empty -> Optional.empty();
        };
    }
}
