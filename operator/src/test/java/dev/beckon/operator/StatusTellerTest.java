package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.operator.StatusPace.Rest;
import dev.beckon.operator.event.Notices;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StatusTellerTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final StatusTeller.Kind<TelegramAccountStatus, TelegramAccount> KIND = new StatusTeller.Kind<>(
            OperatorMetrics.Kind.TelegramAccount,
            TelegramAccount::new,
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            Rest.USAGE,
            status -> "",
            (before, now) -> List.of());

    // Nobody is asked: without notices no Event is published.
    private final StatusTeller teller = new StatusTeller(
            new Notices(new KubernetesClientBuilder().build(), InstantSource.fixed(NOW)),
            new StatusPace(InstantSource.fixed(NOW), Duration.ofSeconds(5), Duration.ofMinutes(1)),
            new OperatorMetrics(new SimpleMeterRegistry()));

    private UpdateControl<TelegramAccount> tell(
            TelegramAccountStatus before, TelegramAccountStatus status, Optional<Instant> lookAgain) {
        TelegramAccount account = new TelegramAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withName("alice")
                .withNamespace("team")
                .withUid("uid-alice")
                .build());
        account.setStatus(before);
        return teller.tell(KIND, account, before, status, false, lookAgain, NOW);
    }

    private static TelegramAccountStatus status(TelegramAccountStatus.State state) {
        return TelegramAccountStatus.builder().state(state).build();
    }

    @Test
    void aWriteIsFollowedByOneMoreLookThoughNothingElseIsToCome() {
        UpdateControl<TelegramAccount> control = tell(
                status(TelegramAccountStatus.State.LoginRequired),
                status(TelegramAccountStatus.State.Ready),
                Optional.empty());
        assertThat(control.isPatchStatus()).isTrue();
        assertThat(control.getScheduleDelay()).contains(2_000L);
    }

    @Test
    void anEarlierLookStays() {
        UpdateControl<TelegramAccount> control = tell(
                status(TelegramAccountStatus.State.LoginRequired),
                status(TelegramAccountStatus.State.Ready),
                Optional.of(NOW.plusSeconds(1)));
        assertThat(control.getScheduleDelay()).contains(1_000L);
    }

    @Test
    void whereNothingChangedNothingIsWrittenAndNobodyLooksAgain() {
        UpdateControl<TelegramAccount> control = tell(
                status(TelegramAccountStatus.State.Ready), status(TelegramAccountStatus.State.Ready), Optional.empty());
        assertThat(control.isNoUpdate()).isTrue();
        assertThat(control.getScheduleDelay()).isEmpty();
    }
}
