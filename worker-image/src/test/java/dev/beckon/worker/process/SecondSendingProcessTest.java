package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A connection is lost after Telegram took what was sent; TDLib sends it once more by itself, and hears that the account may not. The next
 * worker looks whether it is there.
 */
class SecondSendingProcessTest extends AtSite {
    /** The two minutes in which bytes may arrive, and the flood wait. */
    private static final Duration SUCCESSOR = Duration.ofMinutes(5);

    private static String world(String refusal) {
        return """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
              - {title: News, username: our_news, kind: Channel, owner: alice}
            faults:
              - {on: messages.sendMessage, kind: DoneThenConnectionDropped}
              - {on: messages.sendMessage, kind: Error, text: %s, after: 1}
            """.formatted(refusal);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aMessageThatPeerFloodFollowsIsFound() {
        open(world("PEER_FLOOD"));
        Orders orders = Site.noon(alice).target("@meetup").mode(Mode.LinkOnly).people("bobby");
        WorkerProcess limited = site.invite(orders.build()).endsWith(ExitCode.ACCOUNT_LIMITED.code());
        assertThat(limited.told().reason()).isEqualTo("PeerFlood");
        assertThat(counts(orders).inFlight()).isEqualTo(1);

        try (OperatorLedger operator = site.database().operatorLedger(InstantSource.system())) {
            String breaker = site.report(orders).breaker().orElseThrow().breakerId();
            assertThat(operator.breakers().acknowledge(breaker)).isTrue();
        }
        WorkerProcess successor = site.invite(orders.build()).endsWith(0, SUCCESSOR);

        assertThat(successor.told().ending()).as(successor.out()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).linkSent()).isEqualTo(1);
        assertThat(site.reached("bobby", How.MESSAGE)).isEqualTo(1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPostThatAFloodWaitFollowsIsFound() {
        open(world("FLOOD_WAIT_67"));
        PublishOrders orders =
                PublishOrders.of(alice).post("one", "The one post of the day").targets("@our_news");
        WorkerProcess flooded = site.publish(orders.build()).endsWith(0, SUCCESSOR);
        assertThat(flooded.told().ending()).as(flooded.out()).isEqualTo(RunResult.Ending.WAITING);

        WorkerProcess successor = site.publish(orders.build()).endsWith(0, SUCCESSOR);

        assertThat(successor.told().message()).isEqualTo("The post one is in 1 of 1 target.");
        assertThat(site.posts("News")).containsExactly("The one post of the day");
    }
}
