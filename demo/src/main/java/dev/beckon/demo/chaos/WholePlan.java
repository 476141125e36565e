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
 * @param calls how many calls to Telegram the run makes at least
 * @param faults in the order in which they happen
 */
record WholePlan(int calls, List<WholeFault> faults) {
    private static final int MOST_ARE_SHORTER_THAN = 2_500;

    /** Long enough that workers lose their lease, the leader its office, and clients their patience. */
    private static final int LONG_AT_LEAST = 9_000;

    private static final int LONG_AT_MOST = 18_000;
    private static final int ONE_IS_LONG_OF = 5;

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
            faults.add(new WholeFault(calls * i / kills, deck.removeLast(), random.nextInt(1_000_000), delay(random)));
        }
        return new WholePlan(calls, List.copyOf(faults));
    }

    private static Duration delay(RandomGenerator random) {
        boolean isLong = random.nextInt(ONE_IS_LONG_OF) == 0;
        return Duration.ofMillis(
                isLong ? random.nextInt(LONG_AT_LEAST, LONG_AT_MOST) : random.nextInt(MOST_ARE_SHORTER_THAN));
    }
}
