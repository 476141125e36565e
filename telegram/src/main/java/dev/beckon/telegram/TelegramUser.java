package dev.beckon.telegram;

import java.util.Optional;

/** A person, or a bot, as the account sees it. Printed without what identifies a person. */
public record TelegramUser(
        long id, String firstName, Optional<String> username, Optional<String> phone, boolean bot, boolean deleted) {
    @Override
    public String toString() {
        return "TelegramUser[bot=" + bot + ", deleted=" + deleted + "]";
    }
}
