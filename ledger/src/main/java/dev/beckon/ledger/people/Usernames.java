package dev.beckon.ledger.people;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one spelling of a Telegram username: lower-case, without the @. Telegram does not tell cases apart. */
public final class Usernames {
    /** Telegram sells names of four letters and keeps some shorter ones; 32 is its most. */
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{2,31}");

    private Usernames() {}

    /** @return empty when no Telegram username looks like this */
    public static Optional<String> normalise(String text) {
        String name = text.strip();
        if (name.startsWith("@")) {
            name = name.substring(1);
        }
        return USERNAME.matcher(name).matches() ? Optional.of(name.toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
