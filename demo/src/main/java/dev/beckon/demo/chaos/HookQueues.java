package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Campaign;

/** Tells whoever plays the operator whether a campaign whose people come by webhook needs a worker. */
interface HookQueues {
    /** What is in a campaign's queue. */
    enum Queue {
        /** Somebody is left to contact, or an act on them to settle. */
        SOMEBODY,
        /** Nobody is left, and somebody may come; or the ledger is away. */
        EMPTY,
        /** Nobody is left and nobody comes any more. */
        OVER
    }

    Queue of(Campaign campaign);
}
