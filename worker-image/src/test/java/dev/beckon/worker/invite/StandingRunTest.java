package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When Telegram refuses to say whether a person is a member, that is heard, and nobody is contacted on the strength of it. */
@Tag("integration")
class StandingRunTest {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: owner}
              - {username: bobby}
              - {username: carol}
            chats:
            """;
    private static final String OPEN = "  - {title: Meetup, username: meetup, owner: owner, members: [alice, carol]}\n";
    private static final String HIDDEN =
            "  - {title: Meetup, username: meetup, owner: owner, members: [alice, carol], hiddenMembers: true}\n";

    @TempDir
    private Path folder;

    private Stage stage;
    private String alice;
    private Orders orders;

    private Ending run(String world) {
        stage = new Stage(folder, WORLD + world);
        alice = stage.login("alice");
        orders = Orders.of(alice).people("bobby", "carol");
        return stage.invite(orders.build());
    }

    private Ending refused(String text) {
        return run(OPEN + "faults: [{on: channels.getParticipant, " + text + "}]\n");
    }

    private Counts counts() {
        return stage.report(orders.campaign()).counts();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aFloodWaitIsTheAccountsAndNobodyIsInvitedDuringIt() {
        Ending ending = refused("kind: Error, text: FLOOD_WAIT_3600");
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
        assertThat(counts().pending()).isEqualTo(2);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isZero();
        stage.world().advanceClock(Duration.ofHours(1));
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts().invited()).isEqualTo(1);
        assertThat(counts().alreadyMember()).isEqualTo(1);
    }

    @Test
    void noAnswerEndsTheRunAndThePersonStaysPending() {
        Ending ending = refused("kind: RequestLost");
        assertThat(ending.exit()).isEqualTo(ExitCode.TELEGRAM_UNAVAILABLE);
        assertThat(counts().pending()).isEqualTo(2);
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isZero();
    }

    @Test
    void aLimitedAccountPauses() {
        Ending ending = refused("kind: Error, text: FROZEN_METHOD_INVALID");
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(stage.ledger().reports().accounts(List.of(alice)).get(alice).state())
                .isEqualTo(AccountState.Limited);
        assertThat(counts().pending()).isEqualTo(2);
    }

    @Test
    void aRevokedSessionAsksForALogin() {
        assertThat(refused("kind: SessionRevoked").exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(counts().pending()).isEqualTo(2);
    }

    @Test
    void aChatThatIsGoneStallsTheCampaign() {
        Ending ending = refused("kind: Error, text: CHANNEL_PRIVATE");
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().reason()).isEqualTo("ChannelPrivate");
        assertThat(counts().pending()).isEqualTo(2);
    }

    @Test
    void anUnknownRefusalPutsThePersonOffAndNothingIsDoneToThem() {
        Ending ending = refused("kind: Error, text: SOMETHING_NEW, person: bobby");
        assertThat(ending.result().reason()).isEqualTo("Retry");
        assertThat(stage.tried(stage.person("bobby"), How.INVITE)).isZero();
        assertThat(counts().alreadyMember()).isEqualTo(1);
    }

    @Test
    void inAChatThatHidesItsMembersTheActItselfTells() {
        assertThat(run(HIDDEN).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts().invited()).isEqualTo(1);
        assertThat(counts().alreadyMember()).as("carol").isEqualTo(1);
    }
}
