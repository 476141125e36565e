package dev.beckon.worker.process;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.worker.stage.Orders;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Real workers beside a world in which alice's account is logged in. */
@Tag("integration")
abstract class AtSite {
    @TempDir
    private Path folder;

    Site site;
    String alice;

    void open(String world) {
        site = new Site(folder, world);
        alice = site.login("alice");
    }

    @AfterEach
    void close() {
        site.close();
    }

    Counts counts(Orders orders) {
        return site.report(orders).counts();
    }
}
