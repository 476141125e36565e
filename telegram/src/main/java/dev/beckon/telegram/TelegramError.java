package dev.beckon.telegram;

import java.time.Duration;

/**
 * A refusal in the terms a campaign acts on. Each keeps Telegram's own text in {@code raw}, for the log. A new kind of
 * refusal is a compile error in every switch until it is thought through.
 *
 * <p>{@link TelegramErrors} maps Telegram's texts to these.
 */
public sealed interface TelegramError {
    /** Telegram's own words, verbatim. */
    String raw();

    /**
     * FLOOD_WAIT or "Too Many Requests: retry after N" (the account), SLOWMODE_WAIT (one chat): wait, do not hand over.
     *
     * @param time from now on
     */
    record Wait(String raw, Duration time, Scope scope) implements TelegramError {
        /** Whom the wait binds. */
        public enum Scope {
            ACCOUNT,
            CHAT
        }

        /** The longest pause that TDLib makes between repetitions after server errors is 64 s; it tells one more. */
        private static final Duration LONGEST_PAUSE = Duration.ofSeconds(65);

        /** For a bot it gives up after 8 s of pauses. */
        private static final Duration LONGEST_PAUSE_OF_BOTS = Duration.ofSeconds(9);

        /**
         * Whether the call may have been done all the same. TDLib hides floods of up to a minute and repeats after server
         * errors by itself; when it gives up, both show as "Too Many Requests: retry after N" with a short N, and a server that
         * answers with an error may have acted first. A longer wait, and one in Telegram's own words, is a refusal.
         *
         * <p>Source: TDLib's {@code NetQueryDelayer}.
         */
        public boolean mayHideServerErrors() {
            return mayHideServerErrors(false);
        }

        /** The same of a bot's call, or of a user's. */
        public boolean mayHideServerErrors(boolean bot) {
            Duration longest = bot ? LONGEST_PAUSE_OF_BOTS : LONGEST_PAUSE;
            return raw.startsWith("Too Many Requests") && time.compareTo(longest) <= 0;
        }
    }

    /** PEER_FLOOD, FROZEN_METHOD_INVALID, a {@link Freeze}: the account is limited until a person looked at it. */
    record Limited(String raw) implements TelegramError {}

    /** The person's privacy settings forbid it. */
    record PrivacyRestricted(String raw) implements TelegramError {}

    /** USER_NOT_MUTUAL_CONTACT: the person left the chat, or was removed, before. */
    record LeftBefore(String raw) implements TelegramError {}

    /** The person, or the chat for this person, says no: kicked, blocked, banned. */
    record PersonRefused(String raw) implements TelegramError {}

    /** The person can't be reached for good: deactivated, in too many chats. */
    record Unreachable(String raw) implements TelegramError {}

    /** Nobody was found by what we know; never a proof that nobody is there. */
    record NotFound(String raw) implements TelegramError {}

    /** Ask again after the given time ({@code retry_contacts}). */
    record Later(String raw, Duration time) implements TelegramError {}

    /** The person is a member already. */
    record AlreadyMember(String raw) implements TelegramError {}

    /** The campaign can't work as declared: no rights, no such chat, chat full. People stay pending. */
    record CampaignFault(String raw) implements TelegramError {
        /** Ours, of a name behind which Telegram has somebody and no chat. */
        public static final CampaignFault NOT_A_CHAT = new CampaignFault("this is a person or a bot, not a chat");
    }

    /** The look of a post's text, not the text: without formatting it may be taken. */
    record FormattingRefused(String raw) implements TelegramError {}

    /** What was typed at a login was wrong: phone, code, password or token. */
    record LoginRefused(String raw) implements TelegramError {}

    /** The session is gone: revoked, expired, unregistered, duplicated. */
    record SessionLost(String raw) implements TelegramError {}

    /** Telegram banned the account. */
    record Banned(String raw) implements TelegramError {}

    /** No answer came, so nobody knows whether it was done: settle by asking, never by repeating. */
    record Unanswered(String raw) implements TelegramError {}

    /** A refusal without a row in the table: it did not happen, and its text is kept. */
    record Unknown(String raw) implements TelegramError {}
}
