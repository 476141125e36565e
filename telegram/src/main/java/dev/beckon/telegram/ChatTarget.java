package dev.beckon.telegram;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a user names a chat: {@code @name}, a t.me link, an invite link or a numeric id. */
public sealed interface ChatTarget {
    /** A public chat, without the {@code @}. */
    record Username(String name) implements ChatTarget {}

    /** An invite link, in its canonical form {@code https://t.me/+hash}. */
    record Invite(String link) implements ChatTarget {
        @Override
        public String toString() {
            return "Invite[https://t.me/+…]";
        }
    }

    /** A chat the account knows already. */
    record Id(long chatId) implements ChatTarget {}

    Pattern INVITE =
            Pattern.compile("(?:https?://)?(?:t\\.me|telegram\\.me|telegram\\.dog)/(?:\\+|joinchat/)([\\w-]{8,64})/?");
    Pattern PUBLIC =
            Pattern.compile("(?:@|(?:https?://)?(?:t\\.me|telegram\\.me|telegram\\.dog)/)([A-Za-z]\\w{3,31})/?");
    Pattern ID = Pattern.compile("-?\\d{1,18}");

    /** @throws IllegalArgumentException with a sentence for the user when it is none of the forms */
    static ChatTarget parse(String text) {
        Matcher invite = INVITE.matcher(text);
        if (invite.matches()) {
            return new Invite("https://t.me/+" + invite.group(1));
        }
        Matcher name = PUBLIC.matcher(text);
        if (name.matches()) {
            return new Username(name.group(1));
        }
        if (ID.matcher(text).matches()) {
            return new Id(Long.parseLong(text));
        }
        // Not told: a mistyped invite link still lets in whoever reads it.
        throw new IllegalArgumentException(
                "this names no chat: write @name, https://t.me/name, an invite link https://t.me/+… or a numeric id");
    }
}
