package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A quota is one of a Telegram user and of a chat: campaigns, accounts, names and restarts add nothing to it. */
class QuotaTest extends Misuse {
    private static final String[] PEOPLE = {"bobby", "carol", "dora"};

    private long all() {
        return calls("bobby") + calls("carol") + calls("dora");
    }

    private Orders one(String account) {
        return Orders.of(account).mode(Mode.LinkOnly).people(PEOPLE).limits(1, 1, 5, 100);
    }

    private void spent(Ending ending, String why) {
        assertThat(ending.result().reason()).isEqualTo(why);
        assertThat(all()).isEqualTo(1);
    }

    @Test
    void startedAgainAndAgainOnTheSameDay() {
        Orders orders = one(alice);
        for (int pod = 0; pod < 4; pod++) {
            spent(run(orders), "DailyLimit");
        }
    }

    @Test
    void afterMidnight() {
        Orders orders = one(alice).window("08:00", "22:00", "Asia/Tokyo");
        spent(run(orders), "DailyLimit");
        pass(Duration.ofHours(15));
        run(orders);
        assertThat(all()).as("24 hours, not a date").isEqualTo(1);
    }

    @Test
    void shortlyBeforeTheDayIsOver() {
        Orders orders = one(alice);
        spent(run(orders), "DailyLimit");
        pass(Duration.ofHours(24).minusMinutes(10));
        spent(run(orders), "DailyLimit");
        pass(Duration.ofMinutes(11));
        run(orders);
        assertThat(all()).as("a rolling day later there is room for one").isEqualTo(2);
    }

    @Test
    void bySeveralCampaigns() {
        spent(run(one(alice)), "DailyLimit");
        spent(run(one(alice).people("carol")), "DailyLimit");
        spent(run(one(alice).people("dora").target("@second_meetup")), "DailyLimit");
    }

    @Test
    void byTheSameUserUnderAnotherAccountsName() {
        spent(run(one(alice)), "DailyLimit");
        String again = UUID.randomUUID().toString();
        stage.login(again, stage.person("alice"));
        spent(run(one(again).people("carol")), "DailyLimit");
    }

    @Test
    void byLoggingInAnew() {
        spent(run(one(alice)), "DailyLimit");
        stage.login(alice, stage.person("alice"));
        spent(run(one(alice)), "DailyLimit");
    }

    @Test
    void byInvitingAndWritingInOneCampaign() {
        Orders orders =
                Orders.of(alice).mode(Mode.InviteAndMessage).people(PEOPLE).limits(1, 1, 5, 100);
        run(orders);
        assertThat(stage.world().truth().contacts().stream().filter(it -> it.how() == How.INVITE))
                .hasSize(1);
        assertThat(stage.world().truth().contacts().stream().filter(it -> it.how() == How.MESSAGE))
                .hasSize(1);
    }

    @Test
    void aChatsQuotaByTwoAccounts() {
        String zoey = stage.login("zoey");
        Orders both = Orders.of(alice, zoey).mode(Mode.LinkOnly).people(PEOPLE).perChatPerDay(1);
        stage.invite(both.build(alice));
        Ending second = stage.invite(both.build(zoey));
        spent(second, "ChatLimit");
    }

    @Test
    void aChatsQuotaBySeveralCampaigns() {
        spent(run(links(PEOPLE).perChatPerDay(1)), "ChatLimit");
        spent(run(links("carol").perChatPerDay(1)), "ChatLimit");
    }

    @Test
    void aChatsQuotaByAnotherSpelling() {
        spent(run(links(PEOPLE).perChatPerDay(1)), "ChatLimit");
        spent(run(links("carol").perChatPerDay(1).target(Long.toString(chat("Meetup")))), "ChatLimit");
    }

    @Test
    void lookUpsThatAreUsedUp() {
        Orders orders = links(PEOPLE).limits(40, 40, 5, 2);
        spent(run(orders), "DailyLimit");
        spent(run(orders), "DailyLimit");
    }

    @Test
    void aLimitOfNothing() {
        Orders orders = links(PEOPLE).limits(0, 0, 0, 100);
        assertThat(run(orders).result().reason()).isEqualTo("DailyLimit");
        assertThat(all()).isZero();
    }

    @Test
    void aLimitBelowNothing() {
        Orders orders = links(PEOPLE).limits(-5, -5, -5, 100).perChatPerDay(-1);
        run(orders);
        assertThat(all()).isZero();
    }
}
