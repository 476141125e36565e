package dev.beckon.operator.scenario;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.Bells;
import dev.beckon.operator.HomeCluster;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.Settings;
import dev.beckon.operator.StatusPace;
import dev.beckon.operator.StatusTeller;
import dev.beckon.operator.TestContext;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.account.AccountActor;
import dev.beckon.operator.account.AccountFarewell;
import dev.beckon.operator.account.AccountObserver;
import dev.beckon.operator.account.AccountPlanner;
import dev.beckon.operator.account.AccountReconciler;
import dev.beckon.operator.account.AccountRequests;
import dev.beckon.operator.account.AccountRuns;
import dev.beckon.operator.account.AccountStatusFactory;
import dev.beckon.operator.account.AccountWorkerFactory;
import dev.beckon.operator.autopost.AutopostActor;
import dev.beckon.operator.autopost.AutopostDecisions;
import dev.beckon.operator.autopost.AutopostObserver;
import dev.beckon.operator.autopost.AutopostPlanner;
import dev.beckon.operator.autopost.AutopostReconciler;
import dev.beckon.operator.autopost.AutopostStatusFactory;
import dev.beckon.operator.autopost.AutopostWorkerFactory;
import dev.beckon.operator.autopost.WrittenPosts;
import dev.beckon.operator.campaign.CampaignActor;
import dev.beckon.operator.campaign.CampaignDoors;
import dev.beckon.operator.campaign.CampaignObserver;
import dev.beckon.operator.campaign.CampaignPlanner;
import dev.beckon.operator.campaign.CampaignReconciler;
import dev.beckon.operator.campaign.CampaignRequests;
import dev.beckon.operator.campaign.CampaignStatusFactory;
import dev.beckon.operator.campaign.CampaignWorkerFactory;
import dev.beckon.operator.campaign.DoorSecrets;
import dev.beckon.operator.event.Notices;
import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.ReportReader;
import dev.beckon.operator.ledger.RestoredRequests;
import dev.beckon.operator.parser.ParserActor;
import dev.beckon.operator.parser.ParserObserver;
import dev.beckon.operator.parser.ParserPlanner;
import dev.beckon.operator.parser.ParserReconciler;
import dev.beckon.operator.parser.ParserStatusFactory;
import dev.beckon.operator.parser.ParserWorkerFactory;
import dev.beckon.operator.run.RunActor;
import dev.beckon.operator.run.RunObserver;
import dev.beckon.operator.run.ScheduleKeeper;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.CronJobs;
import dev.beckon.operator.worker.Deployments;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.RunStarter;
import dev.beckon.operator.worker.Turns;
import dev.beckon.operator.worker.Wishes;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerJobs;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All reconcilers on a mock API server and a fake ledger, with a clock that stands still. */
final class World {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final KubernetesClient client;
    private final Writes writes;
    private final ReportReader reader;
    private final FleetIndex index = new FleetIndex();
    private final WorkerFleet fleet;
    private final AccountObserver accountObserver;
    private final AccountFarewell farewell;
    private final AccountReconciler accounts;
    private final CampaignReconciler campaigns;
    private final ParserReconciler parsers;
    private final AutopostReconciler autoposts;
    private final Map<String, String> timers = new LinkedHashMap<>();
    private long seenWrites = -1;

    /** @param redis whether workers can send hints */
    World(KubernetesClient client, LedgerDoor ledger, boolean redis, Writes writes) {
        this.client = client;
        this.writes = writes;
        Settings settings = TestSettings.defaults();
        InstantSource clock = InstantSource.fixed(NOW);
        OperatorMetrics metrics = new OperatorMetrics(new SimpleMeterRegistry());
        Bells bells = new Bells();
        ReportBook book = new ReportBook(clock);
        reader = new ReportReader(book, ledger, bells, clock, metrics);
        Turns turns = new Turns(index, clock);
        fleet = new WorkerFleet(client, index, turns, bells, metrics, TestSettings.defaults());
        WorkerJobs jobs = new WorkerJobs(settings);
        Children children = new Children(client, metrics);
        Files files = new Files(client, clock);
        Hints hints = new SteadyHints(redis);
        Wishes wishes = new Wishes(ledger, clock, settings);
        Deployments deployments = new Deployments(client, children, fleet, clock);
        RunStarter starter = new RunStarter(jobs, children, deployments, files, turns, fleet, wishes);
        HumanRequests requests = new HumanRequests();
        StatusPace pace = new StatusPace(clock, Duration.ZERO, Duration.ZERO);
        StatusTeller teller = new StatusTeller(new Notices(client, clock), pace, metrics);
        CampaignWorkerFactory campaignWorkers = new CampaignWorkerFactory(settings);
        CampaignDoors doors = new CampaignDoors(
                new DoorSecrets(files, clock, settings), ledger, new HomeCluster(client, clock), settings);
        campaigns = new CampaignReconciler(
                new CampaignObserver(this::accountsIn, this::parser, index, book, doors, hints, clock, settings),
                new CampaignRequests(ledger, book, requests),
                new CampaignPlanner(campaignWorkers, settings),
                doors,
                new CampaignActor(campaignWorkers, starter, children, deployments, fleet, wishes, settings),
                new CampaignStatusFactory(),
                teller,
                null);
        RunObserver runObserver = new RunObserver(this::accountsIn, index, book, hints, clock, settings);
        RestoredRequests restored = new RestoredRequests(ledger, book, requests);
        RunActor runActor = new RunActor(
                new ScheduleKeeper(jobs, children, new CronJobs(client, children), fleet),
                jobs,
                starter,
                children,
                fleet,
                settings);
        ParserWorkerFactory parserWorkers = new ParserWorkerFactory(settings);
        parsers = new ParserReconciler(
                new ParserObserver(runObserver, book),
                restored,
                new ParserPlanner(parserWorkers, settings),
                new ParserActor(parserWorkers, runActor),
                new ParserStatusFactory(parserWorkers),
                teller,
                null);
        AutopostWorkerFactory autopostWorkers = new AutopostWorkerFactory(settings);
        WrittenPosts posts = new WrittenPosts(files, settings.pace().recheck());
        autoposts = new AutopostReconciler(
                new AutopostObserver(runObserver, book, posts),
                restored,
                new AutopostDecisions(ledger, posts, book, requests),
                new AutopostPlanner(autopostWorkers, settings),
                new AutopostActor(autopostWorkers, runActor, settings),
                new AutopostStatusFactory(),
                teller,
                null);
        AccountWorkerFactory accountWorkers = new AccountWorkerFactory(settings);
        AccountRuns runs = new AccountRuns(jobs, children, files, turns, fleet);
        accountObserver = new AccountObserver(this::accountsIn, index, book, hints, clock, settings);
        farewell = new AccountFarewell(client, runs, accountWorkers, new Notices(client, clock));
        accounts = new AccountReconciler(
                accountObserver,
                new AccountRequests(ledger, book, requests),
                new AccountPlanner(settings),
                new AccountActor(accountWorkers, runs, children, files, fleet, settings),
                new AccountStatusFactory(),
                teller,
                farewell,
                null);
    }

    private record SteadyHints(boolean connected) implements Hints {
        @Override
        public boolean configured() {
            return connected;
        }
    }

    private List<TelegramAccount> accountsIn(String namespace) {
        return client.resources(TelegramAccount.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    private Optional<ParserJob> parser(String namespace, String name) {
        return Optional.ofNullable(client.resources(ParserJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    /** Runs passes over everything until none has anything to write. */
    void settle() {
        for (int round = 0; round < 8; round++) {
            if (!round() && round > 1) {
                return;
            }
        }
        throw new AssertionError("The reconcilers write in every pass: a hot loop");
    }

    private boolean round() {
        boolean wrote = false;
        for (TelegramAccount account :
                client.resources(TelegramAccount.class).inAnyNamespace().list().getItems()) {
            if (account.isMarkedForDeletion()) {
                // The mock server stamps its own time; the scenario's is in an annotation.
                Optional.ofNullable(account.getMetadata().getAnnotations())
                        .map(annotations -> annotations.get("scenario/deleted-at"))
                        .ifPresent(account.getMetadata()::setDeletionTimestamp);
                // As the FarewellSource does, every few seconds.
                farewell.carryOn(accountObserver.observe(account));
            }
            wrote |= apply(account, accounts.reconcile(account, TestContext.of(client)));
            refreshFleet();
        }
        // Also where there is no account: a reconciler is called when the watches have told what there is.
        refreshFleet();
        for (InviteCampaign campaign :
                client.resources(InviteCampaign.class).inAnyNamespace().list().getItems()) {
            wrote |= apply(campaign, campaigns.reconcile(campaign, TestContext.of(client)));
            refreshFleet();
        }
        for (ParserJob parser :
                client.resources(ParserJob.class).inAnyNamespace().list().getItems()) {
            wrote |= apply(parser, parsers.reconcile(parser, TestContext.of(client)));
            refreshFleet();
        }
        for (AutopostSchedule schedule :
                client.resources(AutopostSchedule.class).inAnyNamespace().list().getItems()) {
            wrote |= apply(schedule, autoposts.reconcile(schedule, TestContext.of(client)));
            refreshFleet();
        }
        reader.readOnce();
        return wrote;
    }

    private <R extends CustomResource<?, ?>> boolean apply(R original, UpdateControl<R> control) {
        String name = original.getKind() + "/" + original.getMetadata().getName();
        control.getScheduleDelay()
                .ifPresentOrElse(
                        delay -> timers.put(name, Duration.ofMillis(delay).toString()), () -> timers.put(name, "none"));
        if (!control.isPatchStatus()) {
            return false;
        }
        R status = control.getResource().orElseThrow();
        client.resource(original).editStatus(it -> Copy.withStatusOf(it, status));
        return true;
    }

    private void refreshFleet() {
        if (seenWrites == writes.count()) {
            return;
        }
        seenWrites = writes.count();
        jobs().forEach(job -> WorkerRun.of(job).ifPresent(index::put));
        deployments().forEach(fleet::started);
        crons().forEach(cron -> WorkerCron.of(cron).ifPresent(index::put));
        client.pods().inAnyNamespace().list().getItems().forEach(this::put);
    }

    private void put(Pod pod) {
        WorkerPod.of(pod).ifPresent(index::put);
    }

    List<Job> jobs() {
        return client.batch().v1().jobs().inAnyNamespace().list().getItems();
    }

    List<Deployment> deployments() {
        return client.apps().deployments().inAnyNamespace().list().getItems();
    }

    List<CronJob> crons() {
        return client.batch().v1().cronjobs().inAnyNamespace().list().getItems();
    }

    /** When each resource is looked at again. */
    Map<String, String> timers() {
        return timers;
    }

    /** Everything but what was there from the start and was not touched. */
    List<HasMetadata> everything() {
        List<HasMetadata> all = new ArrayList<>();
        all.addAll(
                client.resources(TelegramAccount.class).inAnyNamespace().list().getItems());
        all.addAll(
                client.resources(InviteCampaign.class).inAnyNamespace().list().getItems());
        all.addAll(client.resources(ParserJob.class).inAnyNamespace().list().getItems());
        all.addAll(
                client.resources(AutopostSchedule.class).inAnyNamespace().list().getItems());
        all.addAll(crons());
        all.addAll(deployments());
        all.addAll(jobs());
        all.addAll(client.pods().inAnyNamespace().list().getItems());
        all.addAll(client.secrets().inAnyNamespace().list().getItems().stream()
                .map(Secret.class::cast)
                .toList());
        all.addAll(client.v1().events().inAnyNamespace().list().getItems().stream()
                .map(Event.class::cast)
                .toList());
        return all;
    }
}
