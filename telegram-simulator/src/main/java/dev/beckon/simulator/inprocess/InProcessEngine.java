package dev.beckon.simulator.inprocess;

import dev.beckon.simulator.world.World;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramEngine;
import dev.beckon.telegram.TelegramSession;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sessions on a {@link World} in this process, for fast tests. Each opened session counts as a process of its own, so that
 * two on one session bundle are as fatal as they are at Telegram.
 *
 * <p>The session options' proxy and time-out play no part: a call that would never be answered is {@code Unanswered} at
 * once.
 */
public final class InProcessEngine implements TelegramEngine {
    private static final AtomicLong OPENED = new AtomicLong();

    private final World world;

    public InProcessEngine(World world) {
        this.world = world;
    }

    @Override
    public TelegramSession open(SessionOptions options) {
        long process = OPENED.incrementAndGet();
        return new InProcessSession(world, SessionFile.in(options.directory()), "in-process-" + process);
    }
}
