package dev.beckon.simulator.world;

import dev.beckon.telegram.LastSeen;
import java.util.Optional;

/**
 * A person as one account sees it.
 *
 * @param phone only when the viewer may see it: itself, or a contact
 * @param contact whether the viewer has the person among the contacts
 * @param mutualContact whether both have each other
 */
public record Person(
        long id,
        String firstName,
        String lastName,
        Optional<String> username,
        Optional<String> phone,
        boolean bot,
        boolean deleted,
        boolean self,
        boolean contact,
        boolean mutualContact,
        boolean premium,
        LastSeen lastSeen) {
    @Override
    public String toString() {
        return "Person[" + id + "]";
    }
}
