package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.OperatorLedger;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Telegram limited the account: every campaign that uses it stands still until a person acknowledged, and no other account takes over. */
class LimitedTest extends Misuse {
    private Orders limited;
    private String zoey;
    private long before;

    @Override
    String faults() {
        return "faults: [{on: messages.sendMessage, kind: Error, text: PEER_FLOOD}]\n";
    }

    @BeforeEach
    void limit() {
        zoey = stage.login("zoey");
        limited = Orders.of(alice, zoey)
                .mode(Mode.LinkOnly)
                .people("bobby", "carol", "dora", "owner")
                .breaker(1, 1_000);
        assertThat(stage.invite(limited.build(alice)).result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        before = stage.world().truth().contacts().size();
    }

    private void paused(Ending ending) {
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(ending.result().reason()).isEqualTo("PeerFlood");
        assertThat(words(limited)).as("the one attempt that there was").containsExactly("PeerFlood");
        assertThat(stage.world().truth().contacts()).hasSize((int) before);
    }

    @Test
    void byStartingTheWorkerAgain() {
        paused(stage.invite(limited.build(alice)));
    }

    @Test
    void byWaiting() {
        pass(Duration.ofDays(30));
        paused(stage.invite(limited.build(alice)));
    }

    @Test
    void byTheCampaignsOtherAccount() {
        paused(stage.invite(limited.build(zoey)));
    }

    @Test
    void byAnotherCampaignOfTheAccount() {
        paused(run(links("dora")));
    }

    @Test
    void byAnotherChatAndMode() {
        paused(run(links("dora").target("@second_meetup").mode(Mode.InviteOrLink)));
    }

    @Test
    void byTheSameUserUnderAnotherName() {
        String again = UUID.randomUUID().toString();
        stage.login(again, stage.person("alice"));
        paused(run(Orders.of(again).mode(Mode.LinkOnly).people("dora")));
    }

    @Test
    void byLoggingInAnew() {
        stage.login(alice, stage.person("alice"));
        paused(run(links("dora")));
    }

    @Test
    void byAnAcknowledgementOfSomethingElse() {
        try (OperatorLedger operator =
                stage.database().operatorLedger(stage.world().clock())) {
            assertThat(operator.breakers().acknowledge(UUID.randomUUID().toString()))
                    .isFalse();
            assertThat(operator.breakers().acknowledge("*")).isFalse();
            assertThat(operator.breakers().acknowledge("")).isFalse();
        }
        paused(stage.invite(limited.build(alice)));
    }

    @Test
    void anAcknowledgementWorksOnce() {
        stage.acknowledge(limited.campaign());
        stage.invite(limited.build(alice));
        assertThat(stage.world().truth().contacts().size()).as("work goes on").isGreaterThan((int) before);
        assertThatThrownBy(() -> stage.acknowledge(limited.campaign())).isInstanceOf(RuntimeException.class);
    }
}
