package dev.beckon.telegram.tdlight;

import dev.beckon.simulator.contract.EngineContract;
import dev.beckon.simulator.contract.EngineUnderTest;
import dev.beckon.simulator.mtproto.DataCentre;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramEngine;
import dev.beckon.telegram.tdlib.TdlibEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The engine over tdlight-java keeps the contract, over the data centre. */
class TdlightContractTest implements EngineContract {
    @Override
    public EngineUnderTest.Factory engine() {
        return Started::new;
    }

    private record Started(TelegramEngine engine, DataCentre dataCentre) implements EngineUnderTest {
        Started(World world) {
            this(TdlibEngine.over(PatchedTdjni.TRANSPORT, world.clock()), started(world));
        }

        private static DataCentre started(World world) {
            try {
                return DataCentre.start(world, PatchedTdjni.SCHEMA, PatchedTdjni.KEY, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public SessionOptions options(Path directory, Duration callTimeout) {
            SessionOptions.Proxy proxy =
                    new SessionOptions.Proxy("127.0.0.1", dataCentre.port(), Optional.empty(), Optional.empty());
            return new SessionOptions(
                    12345, "0123456789abcdef0123456789abcdef", directory, Optional.of(proxy), false, () -> callTimeout);
        }

        @Override
        public void close() {
            dataCentre.close();
        }
    }
}
