package dev.beckon.telegram;

import java.util.Optional;

/**
 * A group or channel as the account sees it.
 *
 * @param memberCount as Telegram tells it; 0 when it doesn't
 * @param member whether the account is a member
 * @param mayInvite whether the account may add people and make links
 * @param mayReadEventLog whether the account is an administrator, who can read the event log
 */
public record TelegramChat(
        long id,
        Kind kind,
        String title,
        Optional<String> username,
        int memberCount,
        boolean member,
        boolean mayInvite,
        boolean mayReadEventLog) {

    /** What Telegram calls the chat. */
    public enum Kind {
        BASIC_GROUP,
        SUPERGROUP,
        CHANNEL
    }
}
