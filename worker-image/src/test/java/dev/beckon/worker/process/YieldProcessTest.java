package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A post at nine is not late because of a campaign: whoever outranks the holder gets the account at its next safe point. */
class YieldProcessTest extends AtSite {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: guest1}
              - {username: guest2}
              - {username: guest3}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;

    /** When nothing is in flight. */
    private static final Duration YIELDED_WITHIN = Duration.ofSeconds(10);

    /** How long a call that is on its way is awaited. */
    private static final Duration IN_CALL = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(names = {"Parse", "Publish", "Login"})
    void whoOutranksACampaignGetsTheAccountWithinTenSeconds(Priority priority) {
        WorkerProcess worker = waitingBetweenTwoPeople();
        long wished = System.nanoTime();
        site.ledger().leases().wish(alice, "post", priority, Urgency.Now, Duration.ofMinutes(5));
        awaitFree(priority);
        Duration took = Duration.ofNanos(System.nanoTime() - wished);
        System.out.printf("yield_to_%s_ms=%d%n", priority, took.toMillis());
        assertThat(took).isLessThan(YIELDED_WITHIN);
        worker.endsWith(0);
        assertThat(worker.told().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(site.reached(How.INVITE)).isEqualTo(1);
        assertThat(site.world().truth().overlaps()).isEmpty();
    }

    @Test
    void aCallThatDoesNotEndIsAwaitedForHalfAMinuteAndTheYieldingWorkerLosesNothing() {
        open(WORLD + "faults: [{on: channels.inviteToChannel, kind: AnswerLost}]\n");
        Orders orders = Site.noon(alice).people("guest1", "guest2");
        WorkerProcess worker = site.invite(orders.build());
        await().atMost(Site.PATIENCE).until(() -> site.reached(How.INVITE) == 1);
        long wished = System.nanoTime();
        site.ledger().leases().wish(alice, "post", Priority.Publish, Urgency.Now, Duration.ofMinutes(5));
        awaitFree(Priority.Publish);
        Duration took = Duration.ofNanos(System.nanoTime() - wished);
        System.out.printf("yield_in_call_ms=%d%n", took.toMillis());
        assertThat(took).isLessThan(IN_CALL.plus(YIELDED_WITHIN));
        worker.endsWith(0);
        assertThat(worker.told().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(worker.told().reason()).isEqualTo("Account");
        assertThat(site.reached(How.INVITE))
                .as("the one in flight and nobody more")
                .isEqualTo(1);
        assertThat(counts(orders).inFlight()).isEqualTo(1);
    }

    private void awaitFree(Priority priority) {
        await().atMost(Site.PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> site.ledger().leases().acquire(alice, "post", priority, Duration.ofSeconds(30))
                        instanceof LeaseResult.Acquired);
    }

    @Test
    void whoDoesNotOutrankItWaits() {
        WorkerProcess worker = waitingBetweenTwoPeople();
        site.ledger().leases().wish(alice, "other", Priority.Invite, Urgency.AtSliceEnd, Duration.ofMinutes(5));
        await().during(YIELDED_WITHIN).atMost(Site.PATIENCE).until(worker::runs);
        worker.terminate();
        worker.endsWith(0);
    }

    private WorkerProcess waitingBetweenTwoPeople() {
        open(WORLD);
        Orders orders = Site.noon(alice)
                .delay(Duration.ofMinutes(2), Duration.ofMinutes(2))
                .people("guest1", "guest2", "guest3");
        WorkerProcess worker = site.invite(orders.build());
        await().atMost(Site.PATIENCE).until(() -> site.reached(How.INVITE) == 1);
        return worker;
    }
}
