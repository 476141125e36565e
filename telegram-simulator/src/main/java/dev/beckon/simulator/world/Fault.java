package dev.beckon.simulator.world;

import java.time.Duration;
import java.util.Optional;

/**
 * A scripted fault: what goes wrong with matching calls.
 *
 * @param on the method
 * @param account only calls of this account; empty for any
 * @param person only calls about this person; empty for any
 * @param chat only calls about this chat (bare id); empty for any
 * @param formatted only posts whose text is formatted, as Telegram refuses a formatting that it can't read
 * @param kind what goes wrong
 * @param error the refusal of {@link Kind#ERROR}
 * @param delay world time until the effect of {@link Kind#LATE}, or until the person acts in the kinds where one does
 * @param times how often it fires
 * @param after how many matching calls it lets pass first
 */
public record Fault(
        Method on,
        Optional<Long> account,
        Optional<Long> person,
        Optional<Long> chat,
        boolean formatted,
        Kind kind,
        Optional<RpcError> error,
        Duration delay,
        int times,
        int after) {

    /** What goes wrong. */
    public enum Kind {
        /** Telegram refuses with the given code and text; nothing happens. */
        ERROR,
        /** {@code 500 INTERNAL_SERVER_ERROR}; nothing happens. */
        SERVER_ERROR,
        /** Done, and answered {@code 500 INTERNAL_SERVER_ERROR}; so is each repetition, which does nothing more. */
        DONE_THEN_SERVER_ERROR,
        /** Done, but the answer never arrives. */
        ANSWER_LOST,
        /** Taken and forgotten: no effect, no answer. */
        REQUEST_LOST,
        /** No answer, and the effect comes {@code delay} later. */
        LATE,
        /** The connection closes before anything happened. */
        CONNECTION_DROPPED,
        /** Done, then the connection closes and the server forgets the call: the client sends it once more by itself. */
        DONE_THEN_CONNECTION_DROPPED,
        /** The person joins the chat alone just before the call. */
        JOINED_ALONE,
        /** The person leaves the chat {@code delay} after the call added them. */
        ADDED_THEN_LEFT,
        /** The message is deleted for both sides {@code delay} after it was sent; in a chat, by who made the chat. */
        DELETED_FOR_BOTH_SIDES,
        /** The calling session is revoked: {@code 401 SESSION_REVOKED}, now and for ever. */
        SESSION_REVOKED,
        /**
         * Done; then the calling session is revoked, and {@code 401 SESSION_REVOKED} is all the client ever hears, as when a
         * broken connection made it send the call once more.
         */
        DONE_THEN_SESSION_REVOKED,
        /** The calling account is banned: {@code 401 USER_DEACTIVATED_BAN}, now and for ever. */
        ACCOUNT_BANNED;

        /** Whether the fault acts after the call had its effect. */
        boolean afterEffect() {
            return this == DONE_THEN_SERVER_ERROR
                    || this == DONE_THEN_SESSION_REVOKED
                    || this == DONE_THEN_CONNECTION_DROPPED
                    || this == ANSWER_LOST
                    || this == ADDED_THEN_LEFT
                    || this == DELETED_FOR_BOTH_SIDES;
        }
    }

    private static boolean isFormatted(Act act) {
        return act instanceof Act.Post post && !post.content().looks().isEmpty();
    }

    boolean matches(Method method, Caller caller, Target target) {
        return on == method
                && account.map(id -> id == caller.userId()).orElse(true)
                && person.map(id -> target.personIds().contains(id)).orElse(true)
                && chat.map(id -> id == target.chatId()).orElse(true)
                && (!formatted || target.act().filter(Fault::isFormatted).isPresent());
    }
}
