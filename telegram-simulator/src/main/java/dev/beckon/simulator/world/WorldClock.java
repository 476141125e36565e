package dev.beckon.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The world's own time: it starts where the world file says and runs at its speed against real time. At speed 0 it stands
 * still and moves only by {@link #advance}.
 */
public final class WorldClock implements InstantSource {
    private final InstantSource real;
    private final double speed;
    private Instant realStart;
    private Instant worldStart;

    /**
     * @param start the world's time at this moment
     * @param speed world seconds a real second; 0 for a clock that stands still
     */
    public WorldClock(Instant start, double speed, InstantSource real) {
        this.real = real;
        this.speed = speed;
        this.realStart = real.instant();
        this.worldStart = start;
    }

    /** Real time as it is. */
    public static WorldClock realTime() {
        InstantSource system = InstantSource.system();
        return new WorldClock(system.instant(), 1, system);
    }

    @Override
    public synchronized Instant instant() {
        long nanos = Duration.between(realStart, real.instant()).toNanos();
        return worldStart.plusNanos((long) (nanos * speed));
    }

    /** Moves the clock forward. */
    public synchronized void advance(Duration by) {
        worldStart = worldStart.plus(by);
    }

    /** After a restart: never behind what already happened. */
    synchronized void notBefore(Instant instant) {
        if (instant().isBefore(instant)) {
            realStart = real.instant();
            worldStart = instant;
        }
    }

    /**
     * Lets the given world time pass: sleeps for its real length, or moves a clock that stands still.
     *
     * @throws InterruptedException when the thread was interrupted meanwhile
     */
    public void pass(Duration time) throws InterruptedException {
        if (speed == 0) {
            advance(time);
        } else {
            Thread.sleep(Duration.ofNanos((long) (time.toNanos() / speed)));
        }
    }
}
