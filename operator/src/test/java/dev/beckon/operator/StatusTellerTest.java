package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.operator.StatusPace.Rest;
import dev.beckon.operator.event.Notices;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.HttpURLConnection;
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
        return teller.tell(
                KIND, account("uid-alice", "7", before), TestContext.of(null), before, status, false, lookAgain, NOW);
    }

    private static TelegramAccount account(String uid, String version, TelegramAccountStatus status) {
        TelegramAccount account = new TelegramAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withName("alice")
                .withNamespace("team")
                .withUid(uid)
                .withResourceVersion(version)
                .build());
        account.setStatus(status);
        return account;
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

    @Test
    void aStatusIsForTheVersionThatWasReadAndForNoOtherResourceOfTheName() {
        UpdateControl<TelegramAccount> control =
                tell(null, status(TelegramAccountStatus.State.Ready), Optional.empty());
        assertThat(control.getResource().orElseThrow().getMetadata())
                .isEqualTo(new ObjectMetaBuilder()
                        .withName("alice")
                        .withNamespace("team")
                        .withResourceVersion("7")
                        .build());
    }

    @Test
    void aStatusThatWasRefusedSinceSomebodyWroteTheResourceIsWrittenAllTheSame() {
        ErrorStatusUpdateControl<TelegramAccount> control =
                refused(Optional.of(account("uid-alice", "8", null)), HttpURLConnection.HTTP_CONFLICT);
        TelegramAccount written = control.getResource().orElseThrow();
        assertThat(written.getMetadata().getResourceVersion()).isEqualTo("8");
        assertThat(written.getStatus().state()).isEqualTo(TelegramAccountStatus.State.Ready);
        assertThat(control.isNoRetry()).isTrue();
        assertThat(control.getScheduleDelay()).contains(2_000L);
    }

    @Test
    void theStatusOfAResourceThatWasReplacedOrIsGoneIsNobodysAndNoError() {
        for (int code : List.of(HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND)) {
            for (Optional<TelegramAccount> now :
                    List.of(Optional.of(account("uid-of-another", "8", null)), Optional.<TelegramAccount>empty())) {
                ErrorStatusUpdateControl<TelegramAccount> control = refused(now, code);
                assertThat(control.getResource()).isEmpty();
                assertThat(control.isNoRetry()).isTrue();
                assertThat(control.isDefaultErrorProcessing()).isFalse();
            }
        }
    }

    @Test
    void anyOtherFailureIsRepeated() {
        assertThat(refused(Optional.of(account("uid-alice", "8", null)), HttpURLConnection.HTTP_UNAVAILABLE)
                        .isDefaultErrorProcessing())
                .isTrue();
        // A conflict about something else, before there was a status to tell.
        assertThat(teller.refused(
                                KIND,
                                account("uid-alice", "7", null),
                                TestContext.of(null),
                                new KubernetesClientException("", HttpURLConnection.HTTP_CONFLICT, null))
                        .isDefaultErrorProcessing())
                .isTrue();
    }

    /** @param now what has the account's name when its status is refused */
    private ErrorStatusUpdateControl<TelegramAccount> refused(Optional<TelegramAccount> now, int code) {
        KubernetesMockServer server = new KubernetesMockServer(false);
        server.init();
        try (KubernetesClient client = server.createClient()) {
            server.expect()
                    .get()
                    .withPath("/apis/beckon.dev/v1alpha1/namespaces/team/telegramaccounts/alice")
                    .andReturn(
                            now.isPresent() ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_NOT_FOUND,
                            now.orElse(null))
                    .always();
            TelegramAccount read = account("uid-alice", "7", null);
            Context<TelegramAccount> context = TestContext.of(client);
            teller.tell(
                    KIND, read, context, null, status(TelegramAccountStatus.State.Ready), false, Optional.empty(), NOW);
            return teller.refused(KIND, read, context, new KubernetesClientException("", code, null));
        } finally {
            server.destroy();
        }
    }
}
