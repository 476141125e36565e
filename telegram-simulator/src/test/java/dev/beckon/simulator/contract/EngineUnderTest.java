package dev.beckon.simulator.contract;

import dev.beckon.simulator.world.World;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramEngine;
import java.nio.file.Path;
import java.time.Duration;

/** An engine that works on a given world. */
public interface EngineUnderTest extends AutoCloseable {
    TelegramEngine engine();

    SessionOptions options(Path directory, Duration callTimeout);

    @Override
    void close();

    /** Starts an engine on a world. */
    @FunctionalInterface
    interface Factory {
        EngineUnderTest start(World world);
    }
}
