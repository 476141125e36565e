package dev.beckon.ledger.invite;

import dev.beckon.ledger.people.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * A person whom the holder of a lease works on. It is worth as much as the lease: no other claim of the same account lives
 * beside a newer fence. Printed without the person.
 *
 * @param ordinal the person's number within the campaign
 * @param attempts how often it was tried and put off
 * @param due the action to go on with, when an earlier one is done or a person requeued it; absent: begin with the mode's first
 * @param reached what the earlier action achieved
 * @param reason why it achieved no more; empty without an earlier action
 * @param askedAt when the person opted in through a webhook; empty for people of a list, and of any other basis
 */
public record Claim(
        long campaignId,
        String campaignUid,
        long ordinal,
        long fence,
        Person person,
        int attempts,
        Optional<Action> due,
        Optional<OutcomeStatus> reached,
        String reason,
        Optional<Instant> askedAt) {
    @Override
    public String toString() {
        return "Claim[campaignId=" + campaignId + ", ordinal=" + ordinal + "]";
    }
}
