package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.contract.AdministratorContract;
import dev.beckon.simulator.contract.AuthorContract;
import dev.beckon.simulator.contract.ChatContract;
import dev.beckon.simulator.contract.CrowdContract;
import dev.beckon.simulator.contract.EngineUnderTest;
import dev.beckon.simulator.contract.LoginContract;
import dev.beckon.simulator.contract.MemberContract;
import dev.beckon.simulator.contract.MessageContract;
import dev.beckon.simulator.contract.PeopleContract;
import dev.beckon.simulator.contract.PostContract;
import dev.beckon.simulator.contract.SessionContract;
import dev.beckon.simulator.contract.SlowModeContract;
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
class TdlibContractTest
        implements LoginContract,
                SessionContract,
                PeopleContract,
                MemberContract,
                ChatContract,
                AdministratorContract,
                MessageContract,
                CrowdContract,
                AuthorContract,
                PostContract,
                SlowModeContract {

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
