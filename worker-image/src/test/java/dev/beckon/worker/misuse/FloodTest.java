package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.NodeClock;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Telegram told the account to wait: nothing goes round it, and nothing is even said to Telegram meanwhile. */
class FloodTest extends Misuse {
    private Orders flooded;

    @Override
    String faults() {
        return "faults: [{on: messages.sendMessage, kind: Error, text: FLOOD_WAIT_7200}]\n";
    }

    @BeforeEach
    void flood() {
        flooded = links("bobby", "carol");
        assertThat(run(flooded).result().reason()).isEqualTo("FloodWait");
        assertThat(calls("bobby")).as("the refused one").isEqualTo(1);
    }

    private void silent(Orders orders) {
        assertThat(stage.pod()
                        .withoutTelegram()
                        .run(Stage.inviting(orders.build()))
                        .result()
                        .reason())
                .isEqualTo("FloodWait");
    }

    @Test
    void byStartingTheWorkerAgain() {
        for (int pod = 0; pod < 3; pod++) {
            silent(flooded);
            pass(Duration.ofMinutes(20));
        }
    }

    @Test
    void byAnotherCampaign() {
        silent(links("dora"));
    }

    @Test
    void byAnotherChatAndMode() {
        silent(links("dora").target("@second_meetup").mode(Mode.InviteOrLink));
    }

    @Test
    void byTheSameUserUnderAnotherName() {
        String again = UUID.randomUUID().toString();
        stage.login(again, stage.person("alice"));
        silent(Orders.of(again).mode(Mode.LinkOnly).people("dora"));
    }

    @Test
    void byHandingItsPeopleToAnotherAccount() {
        String zoey = stage.login("zoey");
        Orders both = Orders.of(alice, zoey).mode(Mode.LinkOnly).people("bobby", "carol", "dora", "owner");
        stage.pod().withoutTelegram().run(Stage.inviting(both.build(alice)));
        stage.invite(both.build(zoey));
        long zoeys = stage.report(both.campaign()).accounts().stream()
                .filter(share -> share.accountUid().equals(alice))
                .findFirst()
                .orElseThrow()
                .pending();
        assertThat(zoeys).as("alice's people wait for alice").isPositive();
    }

    @Test
    void bySettingTheClockOfTheNodeWhileItsWorkerSleeps() {
        NodeClock node = stage.node();
        stage.on(node)
                .resting(_ -> node.off(Duration.ofHours(3)))
                .run(Stage.inviting(flooded.hibernateAfter(Duration.ofDays(1)).build()));
        List<Contact> contacts = stage.world().truth().contacts();
        assertThat(contacts).as("the refused one, and both").hasSize(3);
        assertThat(Duration.between(contacts.getFirst().at(), contacts.get(1).at()))
                .isGreaterThanOrEqualTo(Duration.ofHours(2));
    }

    @Test
    void byAWorkerOnANodeWhoseClockIsAhead() {
        NodeClock node = stage.node().off(Duration.ofHours(3));
        Ending ending = stage.on(node).withoutTelegram().run(Stage.inviting(flooded.build()));
        assertThat(ending.result().reason()).isEqualTo("ClockSkew");
    }

    @Test
    void whenTheWaitIsOverWorkGoesOn() {
        pass(Duration.ofHours(2).plusSeconds(1));
        run(flooded);
        assertThat(stage.report(flooded.campaign()).counts().linkSent()).isEqualTo(2);
    }
}
