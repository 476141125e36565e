package dev.beckon.ledger.invite;

import dev.beckon.ledger.people.Identities;
import java.time.Instant;
import java.util.Optional;

/**
 * What is about to be done to a claimed person. Printed without the person and the text.
 *
 * @param chatId Telegram's id of the chat: two campaigns may spell its name differently
 * @param identities the person's, completed by what the look-up told
 * @param accountLimit the most of this action by this account in any 24 hours
 * @param chatLimit the most people contacted for this chat in any 24 hours, by all accounts and campaigns
 * @param opening when the contact window opens; empty while it is open. Until then only {@link PromptAnswer} allows a contact
 */
public record OpenRequest(
        long chatId,
        Action action,
        Identities identities,
        Optional<String> messageText,
        int accountLimit,
        int chatLimit,
        Optional<Instant> opening) {

    /** Within the contact window. */
    public OpenRequest(
            long chatId,
            Action action,
            Identities identities,
            Optional<String> messageText,
            int accountLimit,
            int chatLimit) {
        this(chatId, action, identities, messageText, accountLimit, chatLimit, Optional.empty());
    }

    @Override
    public String toString() {
        return "OpenRequest[chatId=" + chatId + ", action=" + action + "]";
    }
}
