package dev.beckon.ledger.people;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything one human is known by: as a list names them, and as Telegram does. Neither hides the other, as a list may be wrong about
 * whom its name leads to: a name changes hands, and a column may hold other ids than Telegram's. Printed without them.
 *
 * @param listed as the list says
 * @param told as Telegram says, the main names first; empty before it was asked
 */
public record Names(Identities listed, List<Identities> told) {
    public Names {
        told = List.copyOf(told);
    }

    /** Of whom only a list has told. */
    public static Names of(Identities listed) {
        return new Names(listed, List.of());
    }

    /** By what they are found again: Telegram's own names, and where it told none of a kind, the list's. */
    public Identities toFind() {
        List<Identities> all = new ArrayList<>(told);
        all.add(listed);
        return all.stream().reduce(Identities::completedBy).orElseThrow();
    }

    /** The one by which a log names them: the list's, completed by what Telegram told. */
    public Identities reference() {
        return told.stream().reduce(listed, Identities::completedBy);
    }

    /** Each name as the text whose HMAC is its look-up key, none twice; the strongest of {@link #reference} is the first. */
    public List<String> canonical() {
        Set<String> all = new LinkedHashSet<>(reference().canonical());
        all.addAll(listed.canonical());
        told.forEach(names -> all.addAll(names.canonical()));
        return List.copyOf(all);
    }

    /** Telegram's id of them; where it told none, the one that the list gives. */
    public Optional<Long> userId() {
        return toFind().userId();
    }

    @Override
    public String toString() {
        return "Names[]";
    }
}
