package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.AccountReport;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A world in which alice's account is logged in, and what tests ask of it. */
@Tag("integration")
abstract class OnStage {
    /** Three people to be invited, and chats in which alice may do it, may not, or does it elsewhere. */
    static final String MEETUPS = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: zoey, phone: "+491700000002"}
              - {username: bobby}
              - {username: carol}
              - {username: dora}
              - {username: helper_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
            chats:
              - {title: Meetup, username: meetup, owner: alice, admins: [zoey, helper_bot]}
              - {title: Closed, username: closed_meetup, owner: zoey, membersMayInvite: false, members: [alice]}
              - {title: Second, username: second_meetup, owner: alice}
            """;

    /** The people of {@link #MEETUPS}. */
    static final String[] ALL = {"bobby", "carol", "dora"};

    @TempDir
    private Path folder;

    Stage stage;
    String alice;

    void open(String world) {
        stage = new Stage(folder, world);
        alice = stage.login("alice");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    Instant now() {
        return stage.world().clock().instant();
    }

    AccountReport account(String uid) {
        return stage.ledger().reports().accounts(List.of(uid)).get(uid);
    }

    CampaignReport.Counts counts(Orders orders) {
        return stage.report(orders.campaign()).counts();
    }

    /** A run that comes to its end; what the campaign counts then. */
    CampaignReport.Counts completed(Orders orders) {
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        return counts(orders);
    }
}
