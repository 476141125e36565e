package dev.beckon.operator;

import dev.beckon.operator.account.AccountActor;
import dev.beckon.operator.account.AccountFarewell;
import dev.beckon.operator.account.AccountLookup;
import dev.beckon.operator.account.AccountObserver;
import dev.beckon.operator.account.AccountPlanner;
import dev.beckon.operator.account.AccountRequests;
import dev.beckon.operator.account.AccountRuns;
import dev.beckon.operator.account.AccountStatusFactory;
import dev.beckon.operator.account.AccountWorkerFactory;
import dev.beckon.operator.campaign.CampaignActor;
import dev.beckon.operator.campaign.CampaignDoors;
import dev.beckon.operator.campaign.CampaignObserver;
import dev.beckon.operator.campaign.CampaignPlanner;
import dev.beckon.operator.campaign.CampaignRequests;
import dev.beckon.operator.campaign.CampaignStatusFactory;
import dev.beckon.operator.campaign.CampaignWorkerFactory;
import dev.beckon.operator.campaign.DoorSecrets;
import dev.beckon.operator.event.Notices;
import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.parser.ParserLookup;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Deployments;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.RunStarter;
import dev.beckon.operator.worker.Turns;
import dev.beckon.operator.worker.Wishes;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerJobs;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Builds the parts that know nothing of a container. */
@ApplicationScoped
public class Wiring {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    FleetIndex fleetIndex() {
        return new FleetIndex();
    }

    @Produces
    @Singleton
    WorkerJobs workerJobs(Settings settings) {
        return new WorkerJobs(settings);
    }

    @Produces
    @Singleton
    StatusPace statusPace(InstantSource clock, Settings settings) {
        return new StatusPace(clock, settings.pace().progress(), settings.pace().usage());
    }

    @Produces
    @Singleton
    CampaignWorkerFactory campaignWorkers(Settings settings) {
        return new CampaignWorkerFactory(settings);
    }

    @Produces
    @Singleton
    CampaignPlanner campaignPlanner(CampaignWorkerFactory workers, Settings settings) {
        return new CampaignPlanner(workers, settings);
    }

    @Produces
    @Singleton
    CampaignStatusFactory campaignStatuses() {
        return new CampaignStatusFactory();
    }

    @Produces
    @Singleton
    CampaignRequests campaignRequests(LedgerDoor door, ReportBook book, HumanRequests requests) {
        return new CampaignRequests(door, book, requests);
    }

    @Produces
    @Singleton
    CampaignObserver campaignObserver(
            AccountLookup accounts,
            ParserLookup parsers,
            FleetIndex fleet,
            ReportBook book,
            CampaignDoors doors,
            Hints hints,
            InstantSource clock,
            Settings settings) {
        return new CampaignObserver(accounts, parsers, fleet, book, doors, hints, clock, settings);
    }

    @Produces
    @Singleton
    CampaignActor campaignActor(
            CampaignWorkerFactory workers,
            RunStarter starter,
            Children children,
            Deployments deployments,
            WorkerFleet fleet,
            Wishes wishes,
            Settings settings) {
        return new CampaignActor(workers, starter, children, deployments, fleet, wishes, settings);
    }

    @Produces
    @Singleton
    CampaignDoors campaignDoors(
            Files files, LedgerDoor door, HomeCluster cluster, InstantSource clock, Settings settings) {
        return new CampaignDoors(new DoorSecrets(files, clock, settings), door, cluster, settings);
    }

    @Produces
    @Singleton
    AccountWorkerFactory accountWorkers(Settings settings) {
        return new AccountWorkerFactory(settings);
    }

    @Produces
    @Singleton
    AccountPlanner accountPlanner(Settings settings) {
        return new AccountPlanner(settings);
    }

    @Produces
    @Singleton
    AccountStatusFactory accountStatuses() {
        return new AccountStatusFactory();
    }

    @Produces
    @Singleton
    AccountRequests accountRequests(LedgerDoor door, ReportBook book, HumanRequests requests) {
        return new AccountRequests(door, book, requests);
    }

    @Produces
    @Singleton
    AccountObserver accountObserver(
            AccountLookup lookup,
            FleetIndex fleet,
            ReportBook book,
            Hints hints,
            InstantSource clock,
            Settings settings) {
        return new AccountObserver(lookup, fleet, book, hints, clock, settings);
    }

    @Produces
    @Singleton
    AccountRuns accountRuns(WorkerJobs jobs, Children children, Files files, Turns turns, WorkerFleet fleet) {
        return new AccountRuns(jobs, children, files, turns, fleet);
    }

    @Produces
    @Singleton
    AccountFarewell accountFarewell(
            KubernetesClient client, AccountRuns runs, AccountWorkerFactory workers, Notices notices) {
        return new AccountFarewell(client, runs, workers, notices);
    }

    @Produces
    @Singleton
    AccountActor accountActor(
            AccountWorkerFactory workers,
            AccountRuns runs,
            Children children,
            Files files,
            WorkerFleet fleet,
            Settings settings) {
        return new AccountActor(workers, runs, children, files, fleet, settings);
    }
}
