package dev.beckon.ledger.people;

import java.util.Optional;

/**
 * Why a person may be contacted (GDPR article 6, Telegram's API terms 1.4).
 *
 * @param evidence where and how it was given, in the team's words
 * @param at when, as the file gave it
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

    public static Consent of(Basis basis) {
        return new Consent(basis, Optional.empty(), Optional.empty());
    }

    /** Evidence may name a person. */
    @Override
    public String toString() {
        return "Consent[" + basis + "]";
    }
}
