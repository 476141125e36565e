package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a person must see pauses; what can't work says why; who is asked to stop stops at a safe point. */
class InterruptionsTest extends OnStage {
    @Test
    void peerFloodPausesUntilAPersonAcknowledges() {
        open(MEETUPS + "faults: [{on: channels.inviteToChannel, kind: Error, text: PEER_FLOOD, after: 1}]\n");
        Orders orders = Orders.of(alice).people(ALL);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.exit()).isEqualTo(ExitCode.ACCOUNT_LIMITED);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(account(alice).state()).isEqualTo(AccountState.Limited);
        assertThat(counts(orders).pending()).isEqualTo(2);

        int contacts = stage.world().truth().contacts().size();
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(stage.world().truth().contacts()).as("nothing was tried").hasSize(contacts);

        stage.acknowledge(orders.campaign());
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).invited()).isEqualTo(3);
    }

    @Test
    void nobodyIsContactedAfterTheDeadline() {
        open(MEETUPS);
        Orders orders = Orders.of(alice)
                .delay(Duration.ofSeconds(60), Duration.ofSeconds(60))
                .deadline(now().plusSeconds(90))
                .people(ALL);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().reason()).isEqualTo("DeadlinePassed");
        assertThat(counts(orders).invited()).isEqualTo(2);
        assertThat(counts(orders).pending()).isEqualTo(1);
    }

    @Test
    void theLastPersonIsFollowedByNoPause() {
        open(MEETUPS);
        Orders orders = Orders.of(alice)
                .delay(Duration.ofSeconds(60), Duration.ofSeconds(60))
                .people(ALL);
        Instant begun = now();
        assertThat(stage.invite(orders.build()).result().reason()).isEqualTo("AllDone");
        assertThat(counts(orders).invited()).isEqualTo(3);
        assertThat(Duration.between(begun, now()))
                .as("two pauses between three people")
                .isLessThan(Duration.ofMinutes(3));
    }

    @Test
    void aWishToYieldIsGrantedAtTheNextSafePoint() {
        open(MEETUPS);
        Orders orders = Orders.of(alice)
                .delay(Duration.ofSeconds(60), Duration.ofSeconds(60))
                .people(ALL);
        stage.ledger().leases().wish(alice, "post", Priority.Publish, Urgency.Now, Duration.ofMinutes(5));
        Pod pod = stage.pod();
        // The wish is heard with a renewal, a sixth of the term after the lease began.
        pod.resting(_ -> java.util.concurrent.locks.LockSupport.parkNanos(300_000_000L));
        Ending ending = pod.run(Stage.inviting(orders.build()));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(account(alice).lease()).isEmpty();
        assertThat(counts(orders).inFlight()).isZero();
    }

    @Test
    void anAccountWithoutTheRightStallsTheCampaignWithWhatToMend() {
        open(MEETUPS);
        Orders orders = Orders.of(alice).target("@closed_meetup").people(ALL);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().reason()).isEqualTo("NoRightToInvite");
        assertThat(ending.result().message()).contains("administrator");
        assertThat(counts(orders).pending()).isEqualTo(3);
        assertThat(stage.report(orders.campaign()).lastError()).isPresent();
    }

    @Test
    void aChatThatDoesNotExistStallsTheCampaign() {
        open(MEETUPS);
        Ending ending = stage.invite(
                Orders.of(alice).target("@nowhere_at_all").people(ALL).build());
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().reason()).isEqualTo("ChatNotFound");
        assertThat(ending.result().message())
                .startsWith("spec.target: Telegram knows no chat @nowhere_at_all (USERNAME_NOT_OCCUPIED)")
                .contains("create a new campaign");
    }

    @Test
    void aBotIsRefusedAsAnAccountOfACampaign() {
        open(MEETUPS);
        String bot = stage.login("helper_bot");
        Ending ending = stage.invite(Orders.of(bot).people(ALL).build());
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().reason()).isEqualTo("BotAccount");
    }

    @Test
    void aRevokedSessionAsksForALogin() {
        open(MEETUPS + "faults: [{on: channels.inviteToChannel, kind: SessionRevoked, after: 1}]\n");
        Orders orders = Orders.of(alice).people(ALL);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(account(alice).state()).isEqualTo(AccountState.LoggedOut);
        assertThat(account(alice).hasSession()).isFalse();
        assertThat(counts(orders).pending()).isEqualTo(1);
        assertThat(counts(orders).inFlight()).as("may have been done").isEqualTo(1);

        stage.login(alice, stage.person("alice"));
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).invited()).isEqualTo(3);
    }

    @Test
    void aBannedAccountIsShownAsBanned() {
        open(MEETUPS + "faults: [{on: channels.inviteToChannel, kind: AccountBanned}]\n");
        Ending ending = stage.invite(Orders.of(alice).people(ALL).build());
        assertThat(ending.exit()).isEqualTo(ExitCode.ACCOUNT_LIMITED);
        assertThat(account(alice).state()).isEqualTo(AccountState.Banned);
    }

    @Test
    void anAccountThatNeverLoggedInAsksForALogin() {
        open(MEETUPS);
        Ending ending =
                stage.invite(Orders.of(UUID.randomUUID().toString()).people(ALL).build());
        assertThat(ending.exit()).isEqualTo(ExitCode.LOGIN_REQUIRED);
        assertThat(ending.result().reason()).isEqualTo("LoginRequired");
    }

    @Test
    void tooManyFailuresTripTheCampaignsBreaker() {
        open(MEETUPS);
        Orders orders = Orders.of(alice).breaker(0.5, 2).people("ghost_one", "ghost_two", "bobby");
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(ending.result().reason()).isEqualTo("FailureRatio");
        assertThat(counts(orders).pending()).isEqualTo(1);
        stage.acknowledge(orders.campaign());
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).invited()).isEqualTo(1);
    }

    @Test
    void twoAccountsShareACampaignAndNobodyIsContactedByBoth() {
        open(MEETUPS);
        String zoey = stage.login("zoey");
        Orders orders = Orders.of(alice, zoey).people(ALL);
        Pod one = stage.pod().start(Stage.inviting(orders.build(alice)));
        Pod two = stage.pod().start(Stage.inviting(orders.build(zoey)));
        assertThat(one.await().result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(two.await().result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(counts(orders).invited()).isEqualTo(3);
        for (String name : ALL) {
            assertThat(stage.tried(stage.person(name), How.INVITE)).isEqualTo(1);
        }
    }

    @Test
    void anAccountInUseIsNotUsedASecondTime() {
        open(MEETUPS);
        Orders orders = Orders.of(alice)
                .delay(Duration.ofSeconds(60), Duration.ofSeconds(60))
                .people(ALL);
        Pod second = stage.pod();
        Pod first = stage.pod();
        first.resting(_ -> {
            second.start(Stage.inviting(orders.build()));
            first.resting(_ -> {});
        });
        first.run(Stage.inviting(orders.build()));
        second.await();
        assertThat(stage.world().truth().overlaps()).isEmpty();
        assertThat(counts(orders).invited()).isEqualTo(3);
    }

    @Test
    void whatIsInFlightAtTheDeadlineIsSettledAndNobodyMoreIsContacted() {
        open(MEETUPS + "faults: [{on: channels.inviteToChannel, person: bobby, kind: AnswerLost}]\n");
        Orders orders = Orders.of(alice)
                .delay(Duration.ofSeconds(60), Duration.ofSeconds(60))
                .hibernateAfter(Duration.ofSeconds(70))
                .deadline(now().plusSeconds(30))
                .people(ALL);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().reason()).isEqualTo("DeadlinePassed");
        assertThat(counts(orders).inFlight()).isZero();
        assertThat(counts(orders).invited()).isEqualTo(1);
        assertThat(counts(orders).pending()).isEqualTo(2);
    }

    @Test
    void whatADeadWorkerLeftInFlightIsSettledAfterTheDeadlineToo() {
        open(MEETUPS);
        Orders orders = Orders.of(alice).deadline(now().plusSeconds(30)).people(ALL);
        Pod pod = stage.pod().killedAt(KillPoint.AFTER_CALL, 1);
        assertThatThrownBy(() -> pod.run(Stage.inviting(orders.build()))).isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
        stage.world().advanceClock(Duration.ofSeconds(60));
        assertThat(stage.invite(orders.build()).result().reason()).isEqualTo("DeadlinePassed");
        assertThat(counts(orders).inFlight()).isZero();
        assertThat(counts(orders).invited()).isEqualTo(1);
    }

    @Test
    void aMissingKeyOfTheApplicationIsFoundWhileNothingIsHeld() {
        open(MEETUPS);
        Orders orders = Orders.of(alice).people(ALL);
        Pod pod = stage.pod().mount(Paths.TELEGRAM_APP + "/api-hash", "");

        assertThatThrownBy(() -> pod.run(Stage.inviting(orders.build())))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("spec.apiCredentials")
                .extracting(it -> ((BadInput) it).reason())
                .isEqualTo("CredentialsMissing");

        assertThat(account(alice).lease()).isEmpty();
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
    }
}
