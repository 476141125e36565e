package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.WorldEvent;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign does in each mode what the mode says, to each person once, and leaves nothing behind at Telegram. */
@Tag("integration")
class CampaignLifeTest {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
              - {username: carol, privacy: {invites: Nobody}}
              - {username: dora, privacy: {invites: Nobody, refusal: Error}}
              - {username: erik, privacy: {invites: Nobody, messages: Nobody}}
              - {username: fred}
              - {username: gina}
              - {username: hank, tooManyChats: true}
              - {username: ivan, deleted: true}
              - {username: bot_of_us, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
              - {username: judy}
              - {phone: "+491700000099", name: Phoney}
            chats:
              - {title: Meetup, username: meetup, owner: alice, members: [judy], left: [fred], removed: [gina]}
            """;

    @TempDir
    private Path folder;

    private Stage stage;
    private String alice;

    @BeforeEach
    void open() {
        stage = new Stage(folder, WORLD);
        alice = stage.login("alice");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static void completed(Ending ending) {
        assertThat(ending.exit()).isEqualTo(ExitCode.OK);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
    }

    @Test
    void inviteOrLinkAddsWhoAllowsItAndWritesToWhoDoesNot() {
        Orders orders = Orders.of(alice)
                .people(
                        "bobby",
                        "carol",
                        "dora",
                        "erik",
                        "fred",
                        "gina",
                        "hank",
                        "ivan",
                        "bot_of_us",
                        "judy",
                        "nobody",
                        "+491700000099",
                        "alice");
        completed(stage.invite(orders.build()));

        CampaignReport.Counts counts = stage.report(orders.campaign()).counts();
        assertThat(counts.total()).isEqualTo(13);
        assertThat(counts.done()).isEqualTo(13);
        assertThat(counts.invited()).as("bobby and the phone").isEqualTo(2);
        assertThat(counts.linkSent()).as("carol and dora").isEqualTo(2);
        assertThat(counts.alreadyMember()).as("judy").isEqualTo(1);
        assertThat(counts.skipped())
                .as("erik, fred, gina, the bot, alice herself")
                .isEqualTo(5);
        assertThat(counts.failed()).as("hank, ivan, nobody").isEqualTo(3);

        assertThat(stage.isMember("Meetup", stage.person("bobby"))).isTrue();
        assertThat(stage.isMember("Meetup", stage.byPhone("+491700000099"))).isTrue();
        assertThat(stage.reached(stage.person("carol"), How.MESSAGE)).hasSize(1);
        assertThat(stage.reached(stage.person("dora"), How.MESSAGE)).hasSize(1);
        assertThat(stage.tried(stage.person("fred"), How.INVITE))
                .as("Telegram tells that fred left")
                .isEqualTo(1);
        assertThat(stage.tried(stage.person("fred"), How.MESSAGE)).isZero();
        assertThat(stage.tried(stage.person("gina"), How.INVITE)).isZero();
    }

    @Test
    void anImportedContactIsDeletedAgain() {
        Orders orders = Orders.of(alice).people("+491700000099");
        completed(stage.invite(orders.build()));
        Profile phoney = stage.byPhone("+491700000099");
        assertThat(stage.reached(phoney, How.INVITE)).hasSize(1);
        assertThat(stage.world().truth().isContact(stage.person("alice").id(), phoney.id()))
                .isFalse();
    }

    @Test
    void linkOnlyWritesOnceToEachAndAddsNobody() {
        Orders orders = Orders.of(alice)
                .mode(Mode.LinkOnly)
                .message("Come {{first_name}} to {{channel}}: {{link}}")
                .people("bobby", "carol", "judy", "erik");
        completed(stage.invite(orders.build()));
        CampaignReport.Counts counts = stage.report(orders.campaign()).counts();
        assertThat(counts.linkSent()).isEqualTo(2);
        assertThat(counts.alreadyMember()).isEqualTo(1);
        assertThat(counts.skipped()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isZero();
        assertThat(stage.world().truth().messages())
                .extracting(WorldEvent.MessageSent::text)
                .allMatch(text -> text.matches("Come to Meetup: https://t\\.me/\\+.+"))
                .hasSize(2);
        assertThat(stage.world().truth().messages().stream()
                        .map(WorldEvent.MessageSent::text)
                        .distinct())
                .as("one link for the whole campaign")
                .hasSize(1);
    }

    @Test
    void inviteAndMessageDoesBothAndTheBetterOutcomeStands() {
        Orders orders = Orders.of(alice)
                .mode(Mode.InviteAndMessage)
                .message("Welcome to {{chat}}")
                .people("bobby", "carol");
        completed(stage.invite(orders.build()));
        CampaignReport.Counts counts = stage.report(orders.campaign()).counts();
        assertThat(counts.invited()).isEqualTo(1);
        assertThat(counts.skipped()).as("carol: the message has no link").isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.INVITE)).hasSize(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
        assertThat(stage.tried(stage.person("carol"), How.MESSAGE)).isZero();
    }

    @Test
    void whoLeftSinceIsNeverAskedAgainByAnyCampaign() {
        completed(stage.invite(Orders.of(alice).people("bobby").build()));
        stage.world()
                .acts()
                .perform(new dev.beckon.simulator.world.Act.Leave(
                        stage.chatId("Meetup"), stage.person("bobby").id()));
        stage.world().advanceClock(java.time.Duration.ofDays(1));
        completed(stage.invite(Orders.of(alice).people("carol").build()));
        stage.world().advanceClock(java.time.Duration.ofDays(30));
        Orders later = Orders.of(alice).mode(Mode.LinkOnly).people("bobby");
        completed(stage.invite(later.build()));
        assertThat(stage.report(later.campaign()).counts().skipped()).isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).isEmpty();
    }

    @Test
    void aPersonWithoutConsentIsNeverContacted() {
        Orders orders = Orders.of(alice).consent(null).people("bobby");
        completed(stage.invite(orders.build()));
        assertThat(stage.report(orders.campaign()).counts().skipped()).isEqualTo(1);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isZero();
    }

    @Test
    void theSameOrderAgainDoesNothing() {
        Orders orders = Orders.of(alice).people("bobby", "carol");
        completed(stage.invite(orders.build()));
        int contacts = stage.world().truth().contacts().size();
        completed(stage.invite(orders.build()));
        assertThat(stage.world().truth().contacts()).hasSize(contacts);
        assertThat(stage.report(orders.campaign()).counts().done()).isEqualTo(2);
    }

    @Test
    void anotherCampaignForTheSameChatContactsNobodyTwice() {
        completed(stage.invite(
                Orders.of(alice).mode(Mode.LinkOnly).people("bobby").build()));
        stage.world().advanceClock(java.time.Duration.ofDays(8));
        Orders again = Orders.of(alice).mode(Mode.LinkOnly).people("bobby");
        completed(stage.invite(again.build()));
        assertThat(stage.report(again.campaign()).counts().skipped()).isEqualTo(1);
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
    }

    @Test
    void noSessionWasEverUsedTwiceAtATime() {
        completed(stage.invite(Orders.of(alice).people("bobby").build()));
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }
}
