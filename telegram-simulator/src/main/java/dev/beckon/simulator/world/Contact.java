package dev.beckon.simulator.world;

import java.time.Instant;

/**
 * A line of the truth: an account reached out to a person.
 *
 * @param chatId bare; 0 when no chat is concerned
 * @param result {@code ok}, {@code missing-invitee}, Telegram's refusal, or {@code no-answer}
 * @param delivered whether it had its effect on the person: was added, could read the message, became a contact
 */
public record Contact(
        Instant at, long accountId, long personId, How how, long chatId, String result, boolean delivered) {
    /** By which means. */
    public enum How {
        INVITE,
        MESSAGE,
        IMPORT_CONTACT,
        DELETE_CONTACT
    }
}
