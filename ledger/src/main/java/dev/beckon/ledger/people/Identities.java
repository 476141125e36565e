package dev.beckon.ledger.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * By what one human is known; at least one of the three. Printed without them.
 *
 * @param phone E.164, with the plus
 * @param username lower-case, without the @
 * @param userId Telegram's id
 */
public record Identities(Optional<String> phone, Optional<String> username, Optional<Long> userId) {
    public Identities {
        phone = phone.filter(p -> !p.isBlank());
        username = username.filter(u -> !u.isBlank())
                .map(u -> u.startsWith("@") ? u.substring(1) : u)
                .map(u -> u.toLowerCase(Locale.ROOT));
        if (phone.isEmpty() && username.isEmpty() && userId.isEmpty()) {
            throw new IllegalArgumentException("a person needs a phone, a username or a user id");
        }
    }

    /** @param e164 such as +491701234567 */
    public static Identities ofPhone(String e164) {
        return new Identities(Optional.of(e164), Optional.empty(), Optional.empty());
    }

    /** @param username without @ */
    public static Identities ofUsername(String username) {
        return new Identities(Optional.empty(), Optional.of(username), Optional.empty());
    }

    /** @param userId Telegram's */
    public static Identities ofUserId(long userId) {
        return new Identities(Optional.empty(), Optional.empty(), Optional.of(userId));
    }

    /** These, completed by what else became known, such as the user id after a look-up. These win. */
    public Identities completedBy(Identities learned) {
        return new Identities(phone.or(learned::phone), username.or(learned::username), userId.or(learned::userId));
    }

    /** Whether Telegram can be asked for them: a user id alone finds nobody in a session that never met them. */
    public boolean canBeLookedUp() {
        return phone.isPresent() || username.isPresent();
    }

    /** Each identity as the text whose HMAC is its look-up key. The kind stands before it, so that kinds never meet. */
    public List<String> canonical() {
        List<String> all = new ArrayList<>(3);
        phone.ifPresent(p -> all.add("phone:" + p));
        username.ifPresent(u -> all.add("username:" + u));
        userId.ifPresent(id -> all.add("user_id:" + id));
        return all;
    }

    @Override
    public String toString() {
        return "Identities[]";
    }
}
