package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.WholeFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What is killed in a whole run, in this order: drawn from the seed, by count of calls and never by the clock.
 *
 * @param faults in the order in which they happen
 */
record WholePlan(List<WholeFault> faults) {
    private static final int LONGEST_DELAY_MILLIS = 2_500;

    /**
     * Draws a plan: every kind once, in a drawn order, then every kind again, until there are enough.
     *
     * @param calls how many calls to Telegram the run makes at least; the first kill comes before any of them
     */
    static WholePlan draw(RandomGenerator random, int kills, int calls) {
        List<WholeFault> faults = new ArrayList<>();
        List<Kind> deck = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            if (deck.isEmpty()) {
                deck.addAll(Arrays.asList(Kind.values()));
                Collections.shuffle(deck, Random.from(random));
            }
            faults.add(new WholeFault(
                    calls * i / kills,
                    deck.removeLast(),
                    random.nextInt(1_000_000),
                    Duration.ofMillis(random.nextInt(LONGEST_DELAY_MILLIS))));
        }
        return new WholePlan(List.copyOf(faults));
    }
}
