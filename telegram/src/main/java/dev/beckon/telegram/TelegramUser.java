package dev.beckon.telegram;

import java.util.List;
import java.util.Optional;

/**
 * A person, or a bot, as the account sees it. Printed without what identifies a person.
 *
 * @param usernames all that lead to them, without the {@code @}, the main one first
 * @param phone with or without the plus; only where they show it to the account
 */
public record TelegramUser(
        long id, String firstName, List<String> usernames, Optional<String> phone, boolean bot, boolean deleted) {
    public TelegramUser {
        usernames = List.copyOf(usernames);
    }

    /** The main one. */
    public Optional<String> username() {
        return usernames.stream().findFirst();
    }

    @Override
    public String toString() {
        return "TelegramUser[bot=" + bot + ", deleted=" + deleted + "]";
    }
}
