package dev.beckon.demo.proof;

import dev.beckon.ledger.invite.OutcomeLog;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.simulator.world.Chat;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where one person of a campaign stands after all rows of the log.
 *
 * @param person empty for what was left out at import: nobody is contacted of these
 * @param accounts that acted, by name
 * @param chats for which they acted, as Telegram's protocol numbers them
 */
record Standing(Optional<Person> person, OutcomeStatus status, String reason, Set<String> accounts, Set<Long> chats) {

    /** By line of the audience. */
    static Map<Long, Standing> of(List<OutcomeLog.Row> log) {
        Map<Long, Standing> standings = new TreeMap<>();
        log.forEach(row -> standings.merge(row.ordinal(), of(row), Standing::then));
        return standings;
    }

    private static Standing of(OutcomeLog.Row row) {
        return new Standing(
                row.person(),
                row.status(),
                row.reason(),
                row.account().map(Set::of).orElse(Set.of()),
                row.chatId().map(Chat::bareId).map(Set::of).orElse(Set.of()));
    }

    private Standing then(Standing next) {
        OutcomeStatus reached = next.status.after(status);
        return new Standing(
                next.person.or(() -> person),
                reached,
                reached == next.status ? next.reason : reason,
                union(accounts, next.accounts),
                union(chats, next.chats));
    }

    private static <T> Set<T> union(Set<T> some, Set<T> others) {
        Set<T> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /**
     * Whether this is who was contacted, by an account that the log names and, where the contact is about a chat, for that chat.
     *
     * @param names of accounts by their Telegram user id
     */
    boolean explains(TruthDoor.Contact contact, Map<Long, String> names) {
        return person.map(Person::identities)
                        .filter(identities -> isOf(identities, contact))
                        .isPresent()
                && Optional.ofNullable(names.get(contact.accountUserId()))
                        .filter(accounts::contains)
                        .isPresent()
                && (contact.chat() == 0 || chats.contains(contact.chat()));
    }

    private static boolean isOf(Identities identities, TruthDoor.Contact contact) {
        return identities.userId().filter(id -> id == contact.personId()).isPresent()
                || identities.phone().filter(p -> same(p, contact.phone())).isPresent()
                || identities
                        .username()
                        .filter(u -> same(u, contact.username()))
                        .isPresent();
    }

    private static boolean same(String known, Optional<String> seen) {
        return seen.filter(s -> plain(s).equalsIgnoreCase(plain(known))).isPresent();
    }

    private static String plain(String identity) {
        return identity.startsWith("+") || identity.startsWith("@") ? identity.substring(1) : identity;
    }
}
