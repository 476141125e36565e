package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TDLib as a distribution installs it: the loader finds it by its name. */
class InstalledTdlibProcessTest extends AtSite {
    private Orders orders;

    @BeforeEach
    void somebodyToWriteTo() {
        open("""
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """);
        orders = Site.noon(alice).mode(Mode.LinkOnly).people("bobby");
    }

    @Test
    void aWorkerWorksWithTheLibraryThatTheLoaderFinds() {
        Map<String, String> installed = Map.of(
                "LD_LIBRARY_PATH",
                site.library().getParent().toString(),
                "BECKON_TDLIB_LIBRARY",
                site.library().getFileName().toString());
        site.invite(orders.build(), Map.of(), installed).endsWith(0);
        assertThat(site.reached("bobby", How.MESSAGE)).isEqualTo(1);
    }

    @Test
    void oneThatIsNotInstalledIsToldAndNobodyIsContacted() {
        WorkerProcess worker = site.invite(
                        orders.build(), Map.of(), Map.of("BECKON_TDLIB_LIBRARY", "libtdjson-of-nobody.so"))
                .endsWith(ExitCode.BAD_INPUT.code());
        assertThat(worker.told().message()).contains("libtdjson-of-nobody.so", "BECKON_TDLIB_LIBRARY");
        assertThat(site.reached("bobby", How.MESSAGE)).isZero();
    }
}
