package dev.beckon.worker.command;

import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.invite.PersonRecords;
import dev.beckon.ledger.invite.StrandedContacts;
import dev.beckon.ledger.parser.DatasetErasure;
import dev.beckon.ledger.people.Identities;
import java.util.ArrayList;
import java.util.List;

/**
 * One human, and what can be erased of them.
 *
 * @param asked by which they were asked for
 * @param stranded in whose address books they may stand
 * @param unreadable of how many contacts in address books nobody can tell whose they are
 */
record FoundPerson(
        Identities asked,
        List<PersonRecords.Kept> kept,
        List<DatasetErasure.Kept> parsed,
        List<StrandedContacts.Stranded> stranded,
        long unreadable) {

    static FoundPerson in(StewardLedger ledger, Identities asked) {
        List<PersonRecords.Kept> kept = ledger.people().find(asked);
        List<DatasetErasure.Kept> parsed = ledger.datasets().find(asked);
        FoundPerson listed = new FoundPerson(asked, kept, parsed, List.of(), 0);
        StrandedContacts.Found stranded = ledger.stranded().find(listed.names());
        return new FoundPerson(asked, kept, parsed, stranded.contacts(), stranded.unreadable());
    }

    /** All that they are known by, here and there. */
    List<Identities> names() {
        List<Identities> names = new ArrayList<>(List.of(asked));
        kept.forEach(row -> names.add(row.person().identities()));
        parsed.forEach(row -> names.add(row.person().identities()));
        stranded.forEach(contact -> names.add(contact.person()));
        return names;
    }

    @Override
    public String toString() {
        return "FoundPerson[]";
    }
}
