package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.contract.EngineContract;
import dev.beckon.simulator.contract.EngineUnderTest;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** Real TDLib keeps the contract, over the data centre. */
@Tag("integration")
class TdlibContractTest implements EngineContract {

    @Override
    public EngineUnderTest.Factory engine() {
        return Started::new;
    }

    private record Started(TelegramEngine engine, DataCentre dataCentre) implements EngineUnderTest {
        Started(World world) {
            this(PatchedTdlib.engine(world.clock()), started(world));
        }

        private static DataCentre started(World world) {
            try {
                return DataCentre.start(world, PatchedTdlib.SCHEMA, PatchedTdlib.KEY, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public SessionOptions options(Path directory, Duration callTimeout) {
            return PatchedTdlib.options(directory, dataCentre, callTimeout);
        }

        @Override
        public void close() {
            dataCentre.close();
        }
    }
}
