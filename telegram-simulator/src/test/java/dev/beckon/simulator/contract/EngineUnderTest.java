package dev.beckon.simulator.contract;

import dev.beckon.simulator.world.World;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramEngine;
import java.nio.file.Path;

/** An engine that works on a given world. */
public interface EngineUnderTest extends AutoCloseable {
    TelegramEngine engine();

    /** Options for a session in the directory; the call time-out is a few seconds, so that lost answers don't take long. */
    SessionOptions options(Path directory);

    @Override
    void close();

    /** Starts an engine on a world. */
    @FunctionalInterface
    interface Factory {
        EngineUnderTest start(World world);
    }
}
