package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The steps at a process's edge, which a worker in a thread does not have: the call on its way, and everything released but no
 * result written. They are killed for real, and the data centre tells who was reached.
 */
class KilledProcessTest extends AtSite {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: guest1}
              - {username: guest2}
              - {username: guest3}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;
    private static final String[] GUESTS = {"guest1", "guest2", "guest3"};

    /** The lease's term and margin, and two minutes in which bytes may arrive. */
    private static final Duration SUCCESSOR = Duration.ofMinutes(5);

    private Orders killedAt(KillPoint step, int nth) {
        open(WORLD);
        Orders orders = Site.noon(alice).people(GUESTS);
        WorkerProcess killed = site.inviteKilledAt(orders.build(), step, nth).endsWith(WorkerProcess.KILLED);
        assertThat(killed.result()).isEmpty();
        return orders;
    }

    private void successorFinishes(Orders orders) {
        WorkerProcess successor = site.invite(orders.build()).endsWith(0, SUCCESSOR);
        assertThat(successor.told().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).done()).isEqualTo(GUESTS.length);
        for (String guest : GUESTS) {
            assertThat(site.reached(guest, How.INVITE)).as(guest).isEqualTo(1);
        }
        assertThat(site.world().truth().overlaps()).isEmpty();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whileACallIsOnItsWay() {
        Orders orders = killedAt(KillPoint.IN_CALL, 2);
        assertThat(counts(orders).inFlight()).isEqualTo(1);
        successorFinishes(orders);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whenEverythingIsReleasedAndNoResultIsWritten() {
        Orders orders = killedAt(KillPoint.BEFORE_RESULT, 1);
        assertThat(counts(orders).invited()).isEqualTo(GUESTS.length);
        assertThat(site.ledger()
                        .reports()
                        .accounts(java.util.List.of(alice))
                        .get(alice)
                        .lease())
                .as("the account is free")
                .isEmpty();
        successorFinishes(orders);
    }
}
