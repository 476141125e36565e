package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worker that is killed when a part of a large audience is committed and the rest is not. */
class ImportKillTest extends OnStage {
    /** Ten batches, of which no more than six are on their way when the file's end is read. */
    private static final int STRANGERS = 40_000;

    /** The first reading is for the file's digest. */
    private static final int AT_THE_END_OF_ITS_LINES = 2;

    @Test
    void theSuccessorGoesOnAfterTheLastCommittedBatch() {
        open(MEETUPS);
        Orders orders = Orders.of(alice).file("guests.csv");
        String file = IntStream.range(0, STRANGERS)
                .mapToObj(i -> "stranger_" + i + ",Unknown\n")
                .collect(Collectors.joining("", "username,consent_basis\nbobby,OptIn\n", "carol,OptIn\ndora,OptIn\n"));

        Pod first = pod(file).killedAt(KillPoint.MID_IMPORT, AT_THE_END_OF_ITS_LINES);
        assertThatThrownBy(() -> first.run(Stage.inviting(orders.build()))).isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        assertThat(counts(orders).total())
                .as("between two batches")
                .isGreaterThan(0)
                .isLessThan(STRANGERS);

        assertThat(pod(file).run(Stage.inviting(orders.build())).result().ending())
                .isEqualTo(RunResult.Ending.COMPLETED);
        Counts counts = counts(orders);
        assertThat(counts.total()).as("nobody lost, nobody doubled").isEqualTo(STRANGERS + 3);
        assertThat(counts.skipped()).isEqualTo(STRANGERS);
        assertThat(counts.invited()).isEqualTo(3);
        for (String guest : ALL) {
            assertThat(stage.reached(stage.person(guest), How.INVITE)).as(guest).hasSize(1);
        }
    }

    private Pod pod(String file) {
        return stage.pod().mount(Paths.AUDIENCE + "/guests.csv", file);
    }
}
