package dev.beckon.ledger.people;

import java.util.Optional;

/**
 * What an audience says about a person; kept encrypted. Printed without it.
 *
 * @param locale BCP 47, as the file gave it
 */
public record Person(Identities identities, Optional<String> firstName, Optional<String> locale, Consent consent) {
    @Override
    public String toString() {
        return "Person[" + consent.basis() + "]";
    }
}
