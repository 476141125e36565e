package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A public name that another chat has now: nothing is done there, in whatever mode, by whatever account. */
class TargetChangedTest extends OnStage {
    private static final String FOREIGN = MEETUPS + "  - {title: Foreign, username: foreign_chat, owner: zoey}\n";

    /** What Telegram was asked while the name was another chat's. */
    private final List<String> calls = new ArrayList<>();

    /** The campaign's name leads to this chat, since its own let it go. */
    private Ending runWhileTheNameIs(String chat, InviteOrder order) {
        UnaryOperator<TelegramSession> renamed =
                Wiretap.renamed(Map.of(new ChatTarget.Username("meetup"), new ChatTarget.Username(chat)));
        UnaryOperator<TelegramSession> heard = Wiretap.on((call, _) -> calls.add(call));
        return stage.pod()
                .wiretapped(session -> heard.apply(renamed.apply(session)))
                .run(Stage.inviting(order));
    }

    /** A campaign that reached somebody on its first day. */
    private Orders begun(Mode mode) {
        Orders orders = Orders.of(alice).mode(mode).limits(1, 1, 5, 100).people(ALL);
        stage.invite(orders.build());
        assertThat(counts(orders).pending()).isEqualTo(2);
        stage.world().advanceClock(Duration.ofHours(25));
        return orders;
    }

    private void stalled(Ending ending) {
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().reason()).isEqualTo("TargetChanged");
        assertThat(ending.result().message()).contains("@meetup leads to another chat now", "create a new campaign");
    }

    @BeforeEach
    void open() {
        open(FOREIGN);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void nobodyIsContactedForItAndTheCampaignGoesOnWhenItsNameIsBack(Mode mode) {
        Orders orders = begun(mode);
        List<Contact> before = stage.world().truth().contacts();

        stalled(runWhileTheNameIs("second_meetup", orders.build()));

        assertThat(calls)
                .contains("findChat")
                .doesNotContain("eventLog", "createInviteLink", "joinChat", "membership", "findByUsername");
        assertThat(stage.world().truth().contacts()).isEqualTo(before);
        assertThat(counts(orders).pending()).isEqualTo(2);
        assertThat(stage.report(orders.campaign()).lastError().orElseThrow().reason())
                .isEqualTo("TargetChanged");
        stage.invite(orders.build());
        assertThat(counts(orders).pending()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreign_chat", "closed_meetup"})
    void noAccountOfTheCampaignJoinsIt(String chat) {
        String zoey = stage.login("zoey");
        Orders orders = Orders.of(zoey, alice).people(ALL);
        stage.invite(orders.build(zoey));
        stalled(runWhileTheNameIs(chat, orders.build(alice)));
        assertThat(calls).contains("findChat").doesNotContain("joinChat");
        assertThat(stage.isMember("Foreign", stage.person("alice"))).isFalse();
    }

    @Test
    void aNewCampaignIsForTheNewChat() {
        stalled(runWhileTheNameIs("second_meetup", begun(Mode.InviteOrLink).build()));
        Orders next = Orders.of(alice).people("dora");
        Ending ending = runWhileTheNameIs("second_meetup", next.build());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.isMember("Second", stage.person("dora"))).isTrue();
    }
}
