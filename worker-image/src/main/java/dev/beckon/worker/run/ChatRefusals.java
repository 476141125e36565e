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

    /** TDLib's own words for the same, which it says without asking Telegram. */
    private static final Set<String> TDLIB_KNOWS_NONE = Set.of(
            "Chat not found",
            "Chat info not found",
            "Channel chat not found",
            "Supergroup not found",
            "Basic group not found",
            "Invalid chat identifier");

    private ChatRefusals() {}

    /** Of a refused look-up of a chat. */
    public static boolean isMissing(TelegramError error) {
        return error instanceof TelegramError.NotFound
                || error.equals(TelegramError.CampaignFault.NOT_A_CHAT)
                || NO_SUCH_CHAT.contains(error.raw())
                || TDLIB_KNOWS_NONE.stream().anyMatch(error.raw()::startsWith);
    }
}
