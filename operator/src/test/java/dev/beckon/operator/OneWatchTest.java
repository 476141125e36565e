package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.operator.account.AccountEvents;
import dev.beckon.operator.account.AccountReconciler;
import dev.beckon.operator.account.AccountWatch;
import dev.beckon.operator.autopost.AutopostEvents;
import dev.beckon.operator.autopost.AutopostReconciler;
import dev.beckon.operator.campaign.CampaignEvents;
import dev.beckon.operator.campaign.CampaignReconciler;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.parser.ParserEvents;
import dev.beckon.operator.parser.ParserReconciler;
import dev.beckon.operator.parser.ParserWatch;
import dev.beckon.operator.run.AccountUsers;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.Turns;
import dev.beckon.operator.worker.WorkerFleet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All four controllers, as the SDK runs them, hear of accounts and parsers from one list and one watch of each. */
class OneWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String LOG_IN = "test/log-in";

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final KubernetesMockServer server = new KubernetesMockServer(
            new io.fabric8.mockwebserver.Context(), new MockWebServer(), new HashMap<>(), new Noted(asked), false);
    private final AccountWatch accounts = new AccountWatch();
    private final ParserWatch parsers = new ParserWatch();

    /** What the users' passes saw: {@code name sees state}. */
    private final Queue<String> passes = new ConcurrentLinkedQueue<>();

    private KubernetesClient client;
    private Operator operator;

    private static final class Noted extends KubernetesCrudDispatcher {
        private final Queue<String> asked;

        Noted(Queue<String> asked) {
            this.asked = asked;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            asked.add(request.getMethod() + " " + request.getPath());
            return super.dispatch(request);
        }
    }

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        make("""
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: alice, namespace: team, labels: {pool: a}}
                spec:
                  apiCredentials: {secretRef: {name: tg-app}}
                  login: {method: PhoneCode, secretRef: {name: alice-login}}
                """, TelegramAccount.class);
        make("""
                apiVersion: beckon.dev/v1alpha1
                kind: ParserJob
                metadata: {name: our-group, namespace: team}
                spec: {source: "@our_group", account: {name: alice}, limit: 10}
                """, ParserJob.class);
        make("""
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: news, namespace: team}
                spec: {account: {name: alice}, schedule: "0 9 * * *", targets: ["@news"], content: {configMapRef: {name: posts}}}
                """, AutopostSchedule.class);
        make("""
                apiVersion: beckon.dev/v1alpha1
                kind: InviteCampaign
                metadata: {name: spring, namespace: team}
                spec:
                  target: "@our_group"
                  accounts: {selector: {matchLabels: {pool: a}}}
                  audience: {parserJobRef: {name: our-group}}
                """, InviteCampaign.class);
        alice().editStatus(it -> {
            it.setStatus(status(TelegramAccountStatus.State.LoginRequired));
            return it;
        });
        startControllers();
    }

    private <R extends HasMetadata> void make(String yaml, Class<R> kind) {
        client.resource(Serialization.unmarshal(yaml, kind)).create();
    }

    private void startControllers() {
        OperatorMetrics metrics = new OperatorMetrics(new SimpleMeterRegistry());
        FleetIndex index = new FleetIndex();
        Bells bells = new Bells();
        WorkerFleet fleet =
                new WorkerFleet(client, index, new Turns(index, CLOCK), bells, metrics, TestSettings.defaults());
        ReportBook book = new ReportBook(CLOCK);
        HumanRequests requests = new HumanRequests();
        StatusPace pace = new StatusPace(CLOCK, Duration.ZERO, Duration.ZERO);
        AccountUsers users = new AccountUsers(accounts, bells, fleet, book, requests, pace);
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                // The mock server knows no server-side apply.
                .withUseSSAToPatchPrimaryResource(false));
        operator.register(
                new Campaigns(new CampaignEvents(accounts, parsers, bells, fleet, book, requests, pace, null, null)));
        operator.register(new Autoposts(new AutopostEvents(users)));
        operator.register(new Parsers(new ParserEvents(parsers, users)));
        operator.register(new LoggingIn(new AccountEvents(accounts, bells, fleet, book, requests, pace)));
        operator.start();
    }

    @AfterEach
    void stop() {
        operator.stop();
        client.close();
        server.destroy();
    }

    /** What the pass of a user of accounts sees. */
    private void pass(HasMetadata user) {
        List<TelegramAccount> seen = accounts.in("team");
        passes.add(user.getMetadata().getName() + " sees "
                + (seen.isEmpty() ? "nobody" : seen.getFirst().getStatus().state()));
    }

    /** As soon as it is asked to, it writes that an account is Ready: as its controller does when a login is done. */
    private static final class LoggingIn extends AccountReconciler {
        LoggingIn(AccountEvents events) {
            super(null, null, null, null, null, null, null, events);
        }

        @Override
        public UpdateControl<TelegramAccount> reconcile(TelegramAccount account, Context<TelegramAccount> context) {
            if (!account.getMetadata().getAnnotations().containsKey(LOG_IN)) {
                return UpdateControl.noUpdate();
            }
            account.setStatus(status(TelegramAccountStatus.State.Ready));
            return UpdateControl.patchStatus(account);
        }
    }

    private final class Campaigns extends CampaignReconciler {
        Campaigns(CampaignEvents events) {
            super(null, null, null, null, null, null, null, events);
        }

        @Override
        public UpdateControl<InviteCampaign> reconcile(InviteCampaign campaign, Context<InviteCampaign> context) {
            pass(campaign);
            parsers.find("team", "our-group")
                    .map(ParserJob::getStatus)
                    .map(ParserJobStatus::dataset)
                    .ifPresent(it -> passes.add("spring sees dataset " + it.id()));
            return UpdateControl.noUpdate();
        }
    }

    private final class Parsers extends ParserReconciler {
        Parsers(ParserEvents events) {
            super(null, null, null, null, null, null, events);
        }

        @Override
        public UpdateControl<ParserJob> reconcile(ParserJob parser, Context<ParserJob> context) {
            pass(parser);
            return UpdateControl.noUpdate();
        }
    }

    private final class Autoposts extends AutopostReconciler {
        Autoposts(AutopostEvents events) {
            super(null, null, null, null, null, null, null, events);
        }

        @Override
        public UpdateControl<AutopostSchedule> reconcile(AutopostSchedule schedule, Context<AutopostSchedule> context) {
            pass(schedule);
            return UpdateControl.noUpdate();
        }
    }

    private static TelegramAccountStatus status(TelegramAccountStatus.State state) {
        return TelegramAccountStatus.builder().state(state).build();
    }

    private Resource<TelegramAccount> alice() {
        return client.resources(TelegramAccount.class).inNamespace("team").withName("alice");
    }

    private void usersSee(String what) {
        await("all users see " + what)
                .untilAsserted(() -> assertThat(passes)
                        .contains("our-group sees " + what, "news sees " + what, "spring sees " + what));
    }

    @Test
    void eachKindIsListedInPagesAndWatchedOnceForAllControllers() {
        usersSee("LoginRequired");

        for (String kind : List.of("telegramaccounts", "parserjobs", "invitecampaigns", "autopostschedules")) {
            assertThat(asked)
                    .as(kind)
                    .filteredOn(it -> it.startsWith("GET /apis/beckon.dev/v1alpha1/" + kind))
                    .satisfiesExactlyInAnyOrder(
                            list -> assertThat(list)
                                    .contains("limit=" + Informers.PAGE)
                                    .doesNotContain("watch=true"),
                            watch -> assertThat(watch).contains("watch=true"));
        }
    }

    /** The SDK tells nobody of it. */
    @Test
    void usersHearOfTheStatusThatTheAccountsOwnControllerWrote() {
        usersSee("LoginRequired");

        alice().edit(it -> {
            it.getMetadata().getAnnotations().put(LOG_IN, "now");
            return it;
        });

        usersSee("Ready");
    }

    @Test
    void usersHearThatAnAccountIsGone() {
        usersSee("LoginRequired");

        alice().delete();

        usersSee("nobody");
    }

    @Test
    void aCampaignHearsOfTheDatasetOfItsParser() {
        usersSee("LoginRequired");

        client.resources(ParserJob.class)
                .inNamespace("team")
                .withName("our-group")
                .editStatus(it -> {
                    it.setStatus(ParserJobStatus.builder()
                            .dataset(new ParserJobStatus.Dataset("d1", 20, null, true, NOW, null))
                            .build());
                    return it;
                });

        await().untilAsserted(() -> assertThat(passes).contains("spring sees dataset d1"));
    }
}
