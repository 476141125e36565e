package dev.beckon.simulator.world;

/**
 * Hears every event, in order, when it is in the journal. Called with the world's lock held: do not block, hand over to a
 * queue of your own. Reading the world from the same thread is fine.
 */
@FunctionalInterface
public interface WorldListener {
    /** @param event already in effect: the world shows it */
    void happened(WorldEvent event);
}
