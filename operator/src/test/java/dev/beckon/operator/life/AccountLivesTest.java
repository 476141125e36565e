package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.Labels;
import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.operator.HumanRequests;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Telegram and people do to an account, and what becomes of its campaigns. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class AccountLivesTest {
    private final RealWorld world = RealWorld.get();

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(RealWorld.get().attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    @Test
    void aQrLinkStandsInTheStatusUntilItIsScanned() {
        Team team = new Team(world, "login-qr", true);
        team.account("by-qr");
        LivingAccount account = new LivingAccount(world, team, "by-qr");

        account.becomes(State.WaitingForQrScan);
        account.says("WaitingForQrScan");
        assertThat(account.status().login().qrLink()).startsWith("tg://login?token=");
        account.goOn();
        account.becomes(State.Ready);

        eventually("no link is left", () -> account.status().login() == null);
        assertThat(account.status().user()).isNotNull();
        assertThat(team.came("login", "by-qr")).isEqualTo(1);
    }

    @Test
    void aPhonesLoginAsksForCodeAndPasswordAndItsCampaignWaits() {
        Team team = new Team(world, "login-code", true);
        team.secret("login", Map.of("phone", "+4920000000"));
        team.accountByPhone("alice", "login");
        team.campaign("spring", "quick", 2);
        LivingAccount account = new LivingAccount(world, team, "alice");

        account.becomes(State.WaitingForCode);
        account.says("WaitingForCode");
        team.says("spring", "Stalled", "True", "AccountNotReady");
        account.annotate(Labels.LOGIN_CODE, "12345");
        account.becomes(State.WaitingForPassword);
        account.says("WaitingForPassword");
        account.goOn();

        account.becomes(State.Ready);
        team.becomes("spring", InviteCampaignStatus.State.Succeeded);
        assertThat(team.came("login", "alice")).isEqualTo(1);
    }

    @Test
    void aLimitedAccountPausesItsCampaignsUntilAPersonAcknowledges() {
        Team team = Team.ready(world, "account-limited");
        team.campaign("spring", "limited", 2);
        LivingAccount account = new LivingAccount(world, team, "alice");

        account.becomes(State.Limited);
        account.says("AccountLimited");
        team.becomes("spring", InviteCampaignStatus.State.Paused);
        // Who comes later is paused by the same limitation, and nobody is contacted.
        team.campaign("summer", "quick", 2);
        team.becomes("summer", InviteCampaignStatus.State.Paused);
        assertThat(team.jobs("summer")).isEmpty();
        assertThat(team.campaign("spring").getStatus().progress().invited()).isZero();
        account.acknowledge();

        team.becomes("spring", InviteCampaignStatus.State.Succeeded);
        team.becomes("summer", InviteCampaignStatus.State.Succeeded);
        account.becomes(State.Ready);
        assertThat(account.status().breaker()).isNull();
    }

    @Test
    void aFloodWaitCoolsTheAccountDownAndIsOverByItself() {
        Team team = Team.ready(world, "account-cools");
        team.campaign("spring", "cools", 3);
        LivingAccount account = new LivingAccount(world, team, "alice");

        account.becomes(State.CoolingDown);
        assertThat(account.status().coolDownUntil()).isNotNull();
        team.says("spring", "Reconciling", "True", "FloodWait");
        team.becomes("spring", InviteCampaignStatus.State.Succeeded);

        account.becomes(State.Ready);
        assertThat(account.status().coolDownUntil()).isNull();
        assertThat(team.allInvited("spring", 3)).isTrue();
    }

    @Test
    void aBannedAccountStallsItsCampaignAndIsNotTriedAgain() {
        Team team = Team.ready(world, "account-banned");
        team.campaign("spring", "banned", 3);
        LivingAccount account = new LivingAccount(world, team, "alice");

        account.becomes(State.Banned);
        account.says("Banned");
        team.says("spring", "Stalled", "True", "AccountNotReady");
        assertThat(team.condition("spring", "Stalled").orElseThrow().getMessage())
                .contains("banned (USER_DEACTIVATED_BAN)");
        eventually("its worker has ended", () -> team.livePods() == 0);
        assertThat(team.jobs("spring")).hasSize(1);
        assertThat(team.came("login", "alice")).isEqualTo(1);
    }

    @Test
    void anAccountThatWasLoggedOutElsewhereLogsInAnewAndItsCampaignGoesOn() {
        Team team = new Team(world, "account-revoked", true);
        team.account("slowly");
        LivingAccount account = new LivingAccount(world, team, "slowly");
        account.goOn();
        account.becomes(State.Ready);
        team.create(team.manifest("spring", "revoked", 3).replace("alice", "slowly"));

        account.becomes(State.LoggedOut);
        team.says("spring", "Stalled", "True", "AccountNotReady");
        assertThat(team.condition("spring", "Stalled").orElseThrow().getMessage())
                .contains("SESSION_REVOKED");
        account.goOn();
        account.becomes(State.Ready);

        team.becomes("spring", InviteCampaignStatus.State.Succeeded);
        assertThat(team.allInvited("spring", 3)).isTrue();
        assertThat(team.came("login", "slowly")).isEqualTo(2);
    }

    @Test
    void aRunEndsWithItsAccountAndItsPeopleAreHandedToTheOneThatIsAppliedAgain() {
        Team team = Team.ready(world, "account-gone");
        team.campaign("spring", "slow", 12);
        team.works("spring");
        eventually(
                "somebody was invited",
                () -> team.campaign("spring").getStatus().progress() != null
                        && team.campaign("spring").getStatus().progress().invited() > 0);
        String gone = team.telegramAccount("alice").getMetadata().getUid();

        world.client().resource(team.telegramAccount("alice")).delete();

        team.says("spring", "Stalled", "True", "PeopleWithoutAccount");
        eventually("its worker has ended", () -> team.livePods() == 0);
        assertThat(team.jobs("spring")).isEmpty();
        assertThat(team.campaign("spring").getStatus().progress().pending()).isPositive();

        team.account("alice");
        new LivingAccount(world, team, "alice").becomes(State.Ready);
        team.annotate("spring", HumanRequests.REASSIGN, gone + ":alice");

        team.becomes("spring", InviteCampaignStatus.State.Succeeded);
        assertThat(team.allInvited("spring", 12)).isTrue();
        assertThat(team.came("invite", "alice")).isEqualTo(1);
    }

    @Test
    void aLoginEndsWithItsAccount() {
        Team team = new Team(world, "login-gone", true);
        team.account("by-qr");
        new LivingAccount(world, team, "by-qr").becomes(State.WaitingForQrScan);

        world.client().resource(team.telegramAccount("by-qr")).delete();

        // By Kubernetes itself: the Job has the account as its owner.
        eventually("its login has ended", () -> team.livePods() == 0);
        assertThat(world.client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(team.namespace())
                        .list()
                        .getItems())
                .isEmpty();
    }
}
