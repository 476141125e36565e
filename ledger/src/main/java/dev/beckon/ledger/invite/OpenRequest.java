package dev.beckon.ledger.invite;

import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Names;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is about to be done to a claimed person. Printed without the person and the text.
 *
 * @param chatId Telegram's id of the chat: two campaigns may spell its name differently
 * @param told how Telegram names the person, the main names first; empty before it was asked. What the list says the claim knows
 * @param accountLimit the most of this action by this account in any 24 hours
 * @param chatLimit the most people contacted for this chat in any 24 hours, by all accounts and campaigns
 * @param opening when the contact window opens; empty while it is open. Until then only {@link PromptAnswer} allows a contact
 */
public record OpenRequest(
        long chatId,
        Action action,
        List<Identities> told,
        Optional<String> messageText,
        int accountLimit,
        int chatLimit,
        Optional<Instant> opening) {
    public OpenRequest {
        told = List.copyOf(told);
    }

    /** Within the contact window. */
    public OpenRequest(
            long chatId,
            Action action,
            Identities told,
            Optional<String> messageText,
            int accountLimit,
            int chatLimit) {
        this(chatId, action, List.of(told), messageText, accountLimit, chatLimit, Optional.empty());
    }

    /** All by which the claimed person is known; the rules are asked about each. */
    public Names names(Claim claim) {
        return new Names(claim.person().identities(), told);
    }

    @Override
    public String toString() {
        return "OpenRequest[chatId=" + chatId + ", action=" + action + "]";
    }
}
