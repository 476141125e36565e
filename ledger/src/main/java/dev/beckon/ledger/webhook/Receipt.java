package dev.beckon.ledger.webhook;

/**
 * What became of an event.
 *
 * @param event its number within the campaign, as the log shows it; of a duplicate, the number of the first
 */
public record Receipt(long event, Fate fate) {
    /** As the log has it. */
    public enum Fate {
        /** A new person of the campaign, pending. */
        Accepted,
        /** The event came before, or the person is in the campaign already. */
        Duplicate,
        /** The person opted out: logged, and never contacted. */
        Suppressed,
        /** Neither the event nor the campaign names a basis of consent: logged, and never contacted. */
        NoConsent
    }
}
