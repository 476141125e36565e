package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.webhook.Receipt;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Hook;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who come by webhook, while a worker runs and before it. */
@Tag("integration")
class WebhookTest {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {phone: "+491700000002", name: Bobby}
              - {phone: "+491700000003", name: Carol}
              - {phone: "+491700000004", name: Dora, privacy: {invites: Nobody}}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;
    private static final String BOBBY = "+491700000002";
    private static final String CAROL = "+491700000003";
    private static final String DORA = "+491700000004";
    private static final Duration IDLE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private Stage stage;
    private Orders orders;
    private Hook hook;

    @BeforeEach
    void anOpenWebhook() {
        stage = new Stage(folder, WORLD);
        orders = Orders.of(stage.login("alice")).webhook(IDLE);
        hook = stage.hook(orders);
    }

    @AfterEach
    void close() {
        hook.close();
        stage.close();
    }

    private Instant now() {
        return stage.world().clock().instant();
    }

    private int invited(String phone) {
        return stage.reached(stage.byPhone(phone), How.INVITE).size();
    }

    private CampaignReport.AccountShare share() {
        return stage.report(orders.campaign()).accounts().getFirst();
    }

    @Test
    void whoCameIsInvitedAndTheRunEndsWhenNobodyElseCameForAWhile() {
        hook.comes(BOBBY);
        hook.comes(DORA);
        Instant began = now();

        Ending ending = stage.invite(orders.build());

        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("QueueEmpty");
        assertThat(ending.result().resumeAt()).isEmpty();
        assertThat(Duration.between(began, now())).isBetween(IDLE, IDLE.plusSeconds(10));
        assertThat(invited(BOBBY)).isEqualTo(1);
        assertThat(stage.reached(stage.byPhone(DORA), How.MESSAGE)).hasSize(1);
        assertThat(share().pending()).isZero();
        assertThat(share().newest()).isEmpty();
        assertThat(share().nextActionTime()).isEmpty();
    }

    @Test
    void whoComesWhileTheWorkerListensIsInvitedByTheSameRun() {
        hook.comes(BOBBY);
        Instant began = now();
        boolean[] came = {false};
        Ending ending = stage.pod()
                .resting(_ -> {
                    if (!came[0] && Duration.between(began, now()).compareTo(Duration.ofSeconds(40)) > 0) {
                        came[0] = true;
                        hook.comes(CAROL);
                    }
                })
                .run(Stage.inviting(orders.build()));

        assertThat(ending.result().reason()).isEqualTo("QueueEmpty");
        assertThat(invited(CAROL)).isEqualTo(1);
        assertThat(Duration.between(began, now())).isGreaterThan(IDLE.plusSeconds(39));
    }

    @Test
    void whoIsThereAlreadyIsNotTakenAgain() {
        hook.comes(BOBBY);
        stage.invite(orders.build());

        assertThat(hook.comes(BOBBY)).isEqualTo(Receipt.Fate.Duplicate);
        stage.invite(orders.build());

        assertThat(invited(BOBBY)).isEqualTo(1);
    }

    @Test
    void outsideTheWindowWhoAskedJustNowIsAnsweredAndTheOthersWait() {
        orders.window("20:00", "21:00", "UTC");
        hook.comes(BOBBY);
        stage.world().advanceClock(Duration.ofMinutes(16));
        hook.comes(CAROL);

        Ending ending = stage.invite(orders.build());

        assertThat(ending.result().reason()).isEqualTo("QuietHours");
        assertThat(ending.result().resumeAt()).contains(Instant.parse("2026-11-23T20:00:00Z"));
        assertThat(invited(CAROL)).isEqualTo(1);
        assertThat(stage.tried(stage.byPhone(BOBBY), How.INVITE)).isZero();
        // What the operator goes by: somebody is left, who did not come of late.
        assertThat(share().waitingFor()).contains("QuietHours");
        assertThat(share().newest().orElseThrow().askedAt().orElseThrow())
                .isBefore(now().minus(Duration.ofMinutes(15)));
    }

    @Test
    void whoDidNotAskThemselvesWaitsForTheWindow() {
        orders.window("20:00", "21:00", "UTC");
        hook.comes(BOBBY, Consent.Basis.Contract);

        Ending ending = stage.invite(orders.build());

        assertThat(ending.result().reason()).isEqualTo("QuietHours");
        assertThat(stage.tried(stage.byPhone(BOBBY), How.INVITE)).isZero();
    }

    @Test
    void aPauseThatOutlastsTheQuarterOfAnHourIsNotAnsweredAtNight() {
        orders.window("20:00", "21:00", "UTC")
                .delay(Duration.ofMinutes(20), Duration.ofMinutes(20))
                .hibernateAfter(Duration.ofHours(1));
        hook.comes(BOBBY);
        hook.comes(CAROL);

        stage.invite(orders.build());

        assertThat(invited(BOBBY) + invited(CAROL)).isEqualTo(1);
        assertThat(stage.report(orders.campaign()).counts().pending()).isEqualTo(1);
    }

    @Test
    void whoseConsentIsOldWaitsForTheWindowThoughTheEventIsNew() {
        orders.window("20:00", "21:00", "UTC");
        String old = now().minus(Duration.ofMinutes(20)).toString();
        hook.comes(BOBBY, new Consent(Consent.Basis.OptIn, Optional.empty(), Optional.of(old)));
        hook.comes(CAROL, new Consent(Consent.Basis.OptIn, Optional.empty(), Optional.of("2026-11-23")));
        hook.comes(DORA, new Consent(Consent.Basis.OptIn, Optional.empty(), Optional.of(now().toString())));

        Ending ending = stage.invite(orders.build());

        assertThat(ending.result().reason()).isEqualTo("QuietHours");
        assertThat(stage.tried(stage.byPhone(BOBBY), How.INVITE)).isZero();
        assertThat(stage.tried(stage.byPhone(CAROL), How.INVITE)).isZero();
        assertThat(stage.reached(stage.byPhone(DORA), How.MESSAGE)).hasSize(1);
    }

    @Test
    void aListThatCallsItselfAWebhookKeepsItsQuietHours() {
        Orders list = Orders.of(orders.account()).people(BOBBY, CAROL).window("20:00", "21:00", "UTC");
        stage.invite(list.build());
        Ending ending = stage.invite(list.webhook(IDLE).build());

        assertThat(ending.result().reason()).isEqualTo("QuietHours");
        assertThat(stage.tried(stage.byPhone(BOBBY), How.INVITE)).isZero();
    }

    @Test
    void whoOptedOutIsNotContactedThoughTheyCome() {
        stage.ledger().suppressions().add(List.of(Identities.ofPhone(BOBBY)), OptionalLong.empty(), "Asked");

        assertThat(hook.comes(BOBBY)).isEqualTo(Receipt.Fate.Suppressed);
        stage.invite(orders.build());

        assertThat(stage.tried(stage.byPhone(BOBBY), How.INVITE)).isZero();
    }
}
