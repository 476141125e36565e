package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.accounts.Priority;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.Ceilings;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Real signals meet the real worker in mid-run. The tests wait for leases and for settlements, in real time, so they run
 * side by side; the class as a whole does not, since other tests let every lease of the database run out.
 */
class InterruptedProcessTest extends AtSite {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: guest1}
              - {username: guest2}
              - {username: guest3}
              - {username: guest4}
              - {username: guest5}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;
    private static final String[] GUESTS = {"guest1", "guest2", "guest3", "guest4", "guest5"};

    /** The lease's term, its margin, two minutes in which bytes may arrive, and a busy machine. */
    private static final Duration SUCCESSOR = Duration.ofMinutes(5);

    private Orders orders;

    private void open(String faults, Duration pause) {
        open(WORLD + faults);
        orders = Site.noon(alice).delay(pause, pause).people(GUESTS);
    }

    private void reached(int people) {
        await().atMost(Site.PATIENCE).until(() -> site.reached(How.INVITE) >= people);
    }

    private void everybodyOnce() {
        for (String guest : GUESTS) {
            assertThat(site.reached(guest, How.INVITE)).as(guest).isEqualTo(1);
        }
        assertThat(site.world().truth().overlaps()).isEmpty();
    }

    private void successorFinishes() {
        WorkerProcess successor = site.invite(orders.build()).endsWith(0, SUCCESSOR);
        assertThat(successor.told().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).invited()).isEqualTo(GUESTS.length);
        everybodyOnce();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void sigtermEndsTheRunAtTheNextSafePointWithAResult() {
        open("", Duration.ofSeconds(3));
        WorkerProcess worker = site.invite(orders.build());
        reached(2);
        worker.terminate();
        worker.endsWith(0, Duration.ofSeconds(20));
        assertThat(worker.told().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(worker.told().reason()).isEqualTo("Stopped");
        assertThat(site.reached(How.INVITE)).as("nobody more").isLessThanOrEqualTo(3);
        assertThat(counts(orders).inFlight()).isZero();
        assertThat(site.ledger()
                        .reports()
                        .accounts(List.of(orders.account()))
                        .get(orders.account())
                        .lease())
                .as("the account is free")
                .isEmpty();
        successorFinishes();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void sigtermAwaitsTheCallInFlight() {
        // TDLib waits such a flood wait out by itself: the call takes eight seconds.
        open("faults: [{on: channels.inviteToChannel, kind: Error, text: FLOOD_WAIT_8}]\n", Ceilings.SHORTEST_PAUSE);
        WorkerProcess worker = site.invite(orders.build());
        await().atMost(Site.PATIENCE)
                .until(() -> !site.contacts("guest1", How.INVITE).isEmpty());
        worker.terminate();
        worker.endsWith(0, Duration.ofSeconds(30));
        assertThat(worker.told().reason()).isEqualTo("Stopped");
        assertThat(site.reached(How.INVITE))
                .as("the one in flight and nobody more")
                .isEqualTo(1);
        assertThat(counts(orders).invited()).isEqualTo(1);
        assertThat(counts(orders).inFlight()).isZero();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCallThatDoesNotEndIsLeftToTheSuccessor() {
        open("faults: [{on: channels.inviteToChannel, kind: AnswerLost}]\n", Ceilings.SHORTEST_PAUSE);
        WorkerProcess worker = site.invite(orders.build());
        reached(1);
        worker.terminate();
        worker.endsWith(0, Duration.ofSeconds(50));
        assertThat(worker.told().reason()).isEqualTo("StoppedInCall");
        assertThat(counts(orders).inFlight()).isEqualTo(1);
        successorFinishes();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whatAKilledWorkerLeftIsSettledByItsSuccessor() {
        open("faults: [{on: channels.inviteToChannel, kind: AnswerLost, after: 1}]\n", Ceilings.SHORTEST_PAUSE);
        WorkerProcess worker = site.invite(orders.build());
        reached(2);
        worker.kill();
        worker.endsWith(WorkerProcess.KILLED);
        assertThat(worker.result()).isEmpty();
        assertThat(counts(orders).inFlight()).isEqualTo(1);
        successorFinishes();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWorkerThatIsStoppedBeforeItHoldsTheLeaseIsKilledByTheKernelToo() {
        open("", Ceilings.SHORTEST_PAUSE);
        site.ledger().leases().acquire(orders.account(), "another", Priority.Invite, Duration.ofMinutes(10));
        WorkerProcess worker = site.invite(orders.build(), Map.of(), Map.of("BECKON_START_SECONDS", "15"));
        await().atMost(Site.PATIENCE).until(() -> worker.out().contains("Waits for the account"));
        worker.freeze();
        worker.endsWith(WorkerProcess.KILLED);
        assertThat(site.reached(How.INVITE)).isZero();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWorkerWhoseDatabaseTakesItsConnectionAndNeverAnswersDoesNotHang() throws IOException {
        open("", Ceilings.SHORTEST_PAUSE);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:mysql://127.0.0.1:" + silent.getLocalPort() + "/?sslMode=DISABLED";
            site.invite(orders.build(), Map.of(Paths.LEDGER + "/jdbc-url", url), Map.of("BECKON_START_SECONDS", "5"))
                    .endsWith(WorkerProcess.KILLED);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWorkerThatIsStoppedBeyondItsLeaseIsKilledByTheKernelAndTheSuccessorGoesOn() {
        open("", Duration.ofSeconds(5));
        WorkerProcess worker = site.invite(orders.build());
        reached(1);
        worker.freeze();
        WorkerProcess successor = site.invite(orders.build());
        // No SIGCONT: a stopped process is killed all the same.
        worker.endsWith(WorkerProcess.KILLED, Duration.ofSeconds(60));
        assertThat(successor.endsWith(0, SUCCESSOR).told().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        everybodyOnce();
    }
}
