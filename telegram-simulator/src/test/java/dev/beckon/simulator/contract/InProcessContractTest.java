package dev.beckon.simulator.contract;

import dev.beckon.simulator.inprocess.InProcessEngine;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The in-process engine keeps the contract. */
class InProcessContractTest implements EngineContract {

    @Override
    public EngineUnderTest.Factory engine() {
        return Started::new;
    }

    private record Started(TelegramEngine engine) implements EngineUnderTest {
        Started(World world) {
            this(new InProcessEngine(world));
        }

        @Override
        public SessionOptions options(Path directory, Duration callTimeout) {
            return new SessionOptions(1, "hash", directory, Optional.empty(), true, () -> callTimeout);
        }

        @Override
        public void close() {
            // Nothing outlives the sessions.
        }
    }
}
