package dev.beckon.ledger.invite;

import dev.beckon.ledger.people.Names;
import java.time.Instant;
import java.util.Optional;

/**
 * A call to Telegram that is about to be made, or was made and not written down. Printed without the person and the text.
 *
 * @param names everything the person was known by when it was opened
 * @param messageText what was to be sent, to find it again in the chat
 * @param refused Telegram refused it, see {@link Intents#refused}
 */
public record Intent(
        long intentId,
        long campaignId,
        String campaignUid,
        long ordinal,
        long chatId,
        Action action,
        Instant openedAt,
        Names names,
        Optional<String> messageText,
        boolean refused) {
    /** The same after a refusal that leaves it open. */
    public Intent asRefused() {
        return new Intent(
                intentId, campaignId, campaignUid, ordinal, chatId, action, openedAt, names, messageText, true);
    }

    @Override
    public String toString() {
        return "Intent[intentId=" + intentId + ", action=" + action + "]";
    }
}
