package dev.beckon.simulator.world;

import java.util.List;
import java.util.Optional;

/**
 * What a call is about.
 *
 * @param chatId bare; 0 for none
 * @param how set when the call reaches out to the people
 * @param act what a late arrival of the call would do
 */
record Target(long chatId, List<Long> personIds, Optional<Contact.How> how, Optional<Act> act) {
    static final Target NONE = new Target(0, List.of(), Optional.empty(), Optional.empty());

    static Target chat(long chatId) {
        return new Target(chatId, List.of(), Optional.empty(), Optional.empty());
    }

    static Target person(long personId) {
        return new Target(0, List.of(personId), Optional.empty(), Optional.empty());
    }

    static Target member(long chatId, long personId) {
        return new Target(chatId, List.of(personId), Optional.empty(), Optional.empty());
    }

    Target reaching(Contact.How by) {
        return new Target(chatId, personIds, Optional.of(by), act);
    }

    Target lateAs(Act late) {
        return new Target(chatId, personIds, how, Optional.of(late));
    }
}
