package dev.beckon.ledger.webhook;

import dev.beckon.ledger.keys.LookupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of each event of a batch, by the facts and by the events before it. Pure. */
final class WebhookJudge {
    private WebhookJudge() {}

    /**
     * An event with the keys it is found by.
     *
     * @param repeats by which a repeat of it is known: its id, its signature, or its phone when it has no id
     * @param names the person's look-up keys, first the one that the log names them by
     */
    record Keyed(WebhookEvent event, List<LookupKey> repeats, List<LookupKey> names) {}

    /**
     * What became of one.
     *
     * @param number its own
     * @param first the event that came before it; of its own person's, when that one is in the campaign
     */
    record Judged(Keyed keyed, long number, Receipt.Fate fate, Optional<Long> first, boolean repeated) {
        Receipt receipt() {
            return new Receipt(first.orElse(number), fate);
        }
    }

    static List<Judged> judge(List<Keyed> events, WebhookFacts facts) {
        Map<LookupKey, Long> seen = new HashMap<>(facts.seen());
        Map<LookupKey, Long> people = new HashMap<>(facts.people());
        List<Judged> all = new ArrayList<>(events.size());
        long number = facts.nextOrdinal() - events.size();
        for (Keyed keyed : events) {
            Judged judged = judge(keyed, number++, seen, people, facts);
            // Who comes again with a basis of consent is judged anew.
            if (judged.fate != Receipt.Fate.NoConsent) {
                long first = judged.receipt().event();
                keyed.repeats.forEach(key -> seen.putIfAbsent(key, first));
            }
            if (judged.fate == Receipt.Fate.Accepted) {
                keyed.names.forEach(key -> people.put(key, judged.number));
            }
            all.add(judged);
        }
        return all;
    }

    private static Judged judge(
            Keyed keyed, long number, Map<LookupKey, Long> seen, Map<LookupKey, Long> people, WebhookFacts facts) {
        Optional<Long> repeated = first(keyed.repeats, seen);
        Optional<Long> known = first(keyed.names, people);
        if (repeated.isPresent() || known.isPresent()) {
            return new Judged(keyed, number, Receipt.Fate.Duplicate, repeated.or(() -> known), repeated.isPresent());
        }
        Receipt.Fate fate = Receipt.Fate.Accepted;
        if (!keyed.event.person().consent().basis().allowsContact()) {
            fate = Receipt.Fate.NoConsent;
        } else if (keyed.names.stream().anyMatch(facts.suppressed()::contains)) {
            fate = Receipt.Fate.Suppressed;
        }
        return new Judged(keyed, number, fate, Optional.empty(), false);
    }

    private static Optional<Long> first(Collection<LookupKey> keys, Map<LookupKey, Long> known) {
        return keys.stream().map(known::get).flatMap(Stream::ofNullable).min(Long::compare);
    }
}
