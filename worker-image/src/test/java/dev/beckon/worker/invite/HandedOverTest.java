package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.invite.HumanDecisions.Decided;
import dev.beckon.ledger.invite.HumanDecisions.Whom;
import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom an account had called when its people were handed to another one: nobody is in flight for ever, and nobody is called twice. */
class HandedOverTest extends OnStage {
    private static final String PEER_FLOOD =
            "faults: [{on: messages.sendMessage, person: bobby, kind: Error, text: PEER_FLOOD}]\n";

    private Orders bobby() {
        return Orders.of(alice).mode(Mode.LinkOnly).people("bobby");
    }

    /** Alice's account is gone while a message is on its way. */
    private void killedIn(Orders orders, KillPoint step) {
        assertThatThrownBy(() -> stage.pod().killedAt(step, 1).run(Stage.inviting(orders.build())))
                .isInstanceOf(Pod.Killed.class);
    }

    private void handOver(Orders orders, String to) {
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            assertThat(operator.decisions().reassign(orders.campaign(), alice, to, Whom.All, "alice:" + to))
                    .isEqualTo(new Decided.Done(1));
        }
    }

    private Counts completed(Orders orders, String account) {
        Ending ending = stage.invite(orders.build(account));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        return counts(orders);
    }

    private void waitsForSettlement(Orders orders, String account, Duration wait) {
        Ending ending = stage.invite(orders.build(account));
        assertThat(ending.result().reason()).isEqualTo("Settlement");
        assertThat(ending.result().resumeAt())
                .hasValueSatisfying(
                        at -> assertThat(Duration.between(now(), at)).isLessThanOrEqualTo(wait));
        assertThat(counts(orders).inFlight()).isEqualTo(1);
    }

    private long messages() {
        return stage.tried(stage.person("bobby"), How.MESSAGE);
    }

    @Test
    void whoWasCalledByAnAccountThatIsGoneIsOfUnknownOutcomeAndIsNotCalledAgain() {
        open(MEETUPS);
        String zoey = stage.login("zoey");
        Orders orders = bobby();
        killedIn(orders, KillPoint.AFTER_CALL);
        stage.leasesRunOut();
        handOver(orders, zoey);

        assertThat(completed(orders, zoey).unknown()).isEqualTo(1);

        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void whoWasRefusedToALimitedAccountIsOfUnknownOutcomeAlsoWhenThatWorksAgain() {
        open(MEETUPS + PEER_FLOOD);
        String zoey = stage.login("zoey");
        Orders orders = bobby();
        stage.invite(orders.build());
        assertThat(counts(orders).inFlight()).isEqualTo(1);
        handOver(orders, zoey);
        stage.acknowledge(orders.campaign());

        assertThat(completed(orders, zoey).unknown()).isEqualTo(1);
        assertThat(completed(orders, alice).unknown()).isEqualTo(1);

        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void whoseCallerWorksAgainBeforeAnybodyLooksIsSettledByIt() {
        open(MEETUPS);
        String zoey = stage.login("zoey");
        Orders orders = bobby();
        killedIn(orders, KillPoint.AFTER_CALL);
        stage.leasesRunOut();
        handOver(orders, zoey);

        assertThat(completed(orders, alice).linkSent()).isEqualTo(1);
        assertThat(completed(orders, zoey).linkSent()).isEqualTo(1);
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void whoeverStillHasTheAccountIsNotForestalled() {
        open(MEETUPS);
        String zoey = stage.login("zoey");
        Orders orders = bobby();
        killedIn(orders, KillPoint.AFTER_CALL);
        stage.leasesRunOut();
        assertThat(stage.ledger().leases().acquire(alice, "another pod", Priority.Invite, Duration.ofMinutes(1)))
                .isInstanceOf(LeaseResult.Acquired.class);
        handOver(orders, zoey);

        waitsForSettlement(orders, zoey, Duration.ofMinutes(5));

        stage.leasesRunOut();
        assertThat(completed(orders, zoey).unknown()).isEqualTo(1);
    }

    @Test
    void anAccountThatWasMadeAnewAsksTelegramWhatItsFormerOneDid() {
        open(MEETUPS);
        String anew = UUID.randomUUID().toString();
        Orders orders = bobby();
        killedIn(orders, KillPoint.AFTER_CALL);
        stage.leasesRunOut();
        stage.login(anew, stage.person("alice"));
        handOver(orders, anew);

        waitsForSettlement(orders, anew, Duration.ZERO);

        assertThat(completed(orders, anew).linkSent()).isEqualTo(1);
        assertThat(messages()).isEqualTo(1);
    }
}
