package dev.beckon.worker.parse;

import dev.beckon.ledger.parser.ParsedPerson;
import dev.beckon.telegram.LastSeen;
import dev.beckon.telegram.PersonFacts;
import dev.beckon.telegram.TelegramUser;
import dev.beckon.workorder.ParseOrder.Filters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who of a page is kept, and why the others are not. A person is counted once: as a bot, else as deleted, else as left out by
 * another filter.
 *
 * @param activeUntil from when "active within" counts back: the run's beginning, so that a run that goes on after a kill
 *     keeps the same people
 */
record Sieve(Filters filters, Instant activeUntil) {

    /** A page without those who are left out. */
    record Sifted(List<ParsedPerson> kept, long bots, long deleted, long filtered) {}

    Sifted sift(List<PersonFacts> page) {
        List<ParsedPerson> kept = new ArrayList<>(page.size());
        long bots = 0;
        long deleted = 0;
        long filtered = 0;
        for (PersonFacts person : page) {
            if (filters.excludeBots() && person.user().bot()) {
                bots++;
            } else if (filters.excludeDeleted() && person.user().deleted()) {
                deleted++;
            } else if (isLeftOut(person)) {
                filtered++;
            } else {
                kept.add(parsed(person));
            }
        }
        return new Sifted(kept, bots, deleted, filtered);
    }

    private boolean isLeftOut(PersonFacts person) {
        boolean nameless = filters.requireUsername() && person.user().username().isEmpty();
        Duration within = filters.activeWithin().orElse(null);
        return nameless || (within != null && !person.lastSeen().within(within, activeUntil));
    }

    private static ParsedPerson parsed(PersonFacts person) {
        TelegramUser user = person.user();
        return new ParsedPerson(
                user.id(),
                user.username().orElse(null),
                user.phone().orElse(null),
                user.firstName(),
                person.lastName().isEmpty() ? null : person.lastName(),
                user.bot(),
                user.deleted(),
                person.premium(),
                word(person.lastSeen()));
    }

    private static String word(LastSeen seen) {
        return switch (seen) {
            case LastSeen.Online _ -> "Online";
            case LastSeen.At(Instant at) -> at.toString();
            case LastSeen.Recently _ -> "Recently";
            case LastSeen.LastWeek _ -> "LastWeek";
            case LastSeen.LastMonth _ -> "LastMonth";
            case LastSeen.Unknown _ -> "Unknown";
        };
    }
}
