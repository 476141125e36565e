package dev.beckon.worker.run;

import dev.beckon.telegram.TelegramError;
import java.util.Set;

/** Which refusals say that there is no such chat, as far as the account can see. */
public final class ChatRefusals {
    /** Telegram's words for a name, link or id behind which no chat is. */
    private static final Set<String> NO_SUCH_CHAT = Set.of(
            "USERNAME_NOT_OCCUPIED",
            "USERNAME_INVALID",
            "PEER_ID_INVALID",
            "CHANNEL_INVALID",
            "CHAT_INVALID",
            "CHAT_ID_INVALID",
            "INVITE_HASH_EMPTY",
            "INVITE_HASH_INVALID",
            "INVITE_HASH_EXPIRED");

    private ChatRefusals() {}

    public static boolean isMissing(TelegramError error) {
        return error instanceof TelegramError.NotFound || NO_SUCH_CHAT.contains(error.raw());
    }
}
