package dev.beckon.ledger.people;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one spelling of a Telegram username: lower-case, without the @. Telegram does not tell cases apart. */
public final class Usernames {
    /**
     * Who chooses a name gets five characters or more; those of four are sold, and 32 is the most. The resources' own rules,
     * which the API server checks, are the same.
     */
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{3,31}");

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
