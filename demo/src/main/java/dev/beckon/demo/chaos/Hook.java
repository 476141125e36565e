package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.ledger.webhook.Receipt.Fate;
import java.util.List;

/**
 * A campaign of the fast level whose people come by webhook, one after the other while its workers are killed.
 *
 * @param campaign its audience are all who come, those who opted out before included
 * @param events in the order in which they are posted
 */
record Hook(Campaign campaign, List<Event> events) {
    /**
     * Somebody is posted.
     *
     * @param id the caller's own name for it, by which a repeat is known
     * @param fate what must become of it when its first answer arrives
     */
    record Event(Human human, String id, Fate fate) {}
}
