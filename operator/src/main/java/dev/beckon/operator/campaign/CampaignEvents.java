package dev.beckon.operator.campaign;

import dev.beckon.crd.Accounts;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.BellSource;
import dev.beckon.operator.Bells;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.StatusPace;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.account.AccountWatch;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.parser.ParserWatch;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerFleet;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What has a campaign looked at again: its accounts, its workers' Jobs and pods, the ledger's reports, its turn. */
@ApplicationScoped
public class CampaignEvents {
    private static final String NAMESPACE = "campaigns-of-namespace";

    private final AccountWatch accounts;
    private final ParserWatch parsers;
    private final Bells bells;
    private final WorkerFleet fleet;
    private final ReportBook book;
    private final HumanRequests requests;
    private final StatusPace pace;
    private final CampaignDoors doors;
    private final DoorSweep sweep;

    public CampaignEvents(
            AccountWatch accounts,
            ParserWatch parsers,
            Bells bells,
            WorkerFleet fleet,
            ReportBook book,
            HumanRequests requests,
            StatusPace pace,
            CampaignDoors doors,
            DoorSweep sweep) {
        this.accounts = accounts;
        this.parsers = parsers;
        this.bells = bells;
        this.fleet = fleet;
        this.book = book;
        this.requests = requests;
        this.pace = pace;
        this.doors = doors;
        this.sweep = sweep;
    }

    List<EventSource<?, InviteCampaign>> sources(EventSourceContext<InviteCampaign> context) {
        IndexerResourceCache<InviteCampaign> campaigns = context.getPrimaryCache();
        campaigns.addIndexer(NAMESPACE, it -> List.of(it.getMetadata().getNamespace()));
        BellSource<InviteCampaign> bell = new BellSource<>("campaign-bell", this::forget);
        accounts.ring(bell, AccountJudge::concernsWork, account -> using(account, campaigns));
        parsers.ring(bell, CampaignEvents::hasOtherPeople, parser -> ofPeopleOf(parser, campaigns));
        bells.on(Owner.Kind.CAMPAIGN, bell::ring);
        fleet.start();
        return List.of(bell);
    }

    private static Set<ResourceID> using(TelegramAccount account, IndexerResourceCache<InviteCampaign> campaigns) {
        return campaigns.byIndex(NAMESPACE, account.getMetadata().getNamespace()).stream()
                .filter(campaign -> uses(campaign.getSpec().accounts(), account))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static Set<ResourceID> ofPeopleOf(ParserJob parser, IndexerResourceCache<InviteCampaign> campaigns) {
        return campaigns.byIndex(NAMESPACE, parser.getMetadata().getNamespace()).stream()
                .filter(campaign -> Optional.ofNullable(
                                campaign.getSpec().audience().parserJobRef())
                        .filter(it -> it.name().equals(parser.getMetadata().getName()))
                        .isPresent())
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static boolean hasOtherPeople(ParserJob now, ParserJob before) {
        return !Objects.equals(dataset(now), dataset(before));
    }

    private static Optional<ParserJobStatus.Dataset> dataset(ParserJob parser) {
        return Optional.ofNullable(parser.getStatus()).map(ParserJobStatus::dataset);
    }

    private static boolean uses(Accounts wanted, TelegramAccount account) {
        return wanted.selector() == null
                ? wanted.names().contains(account.getMetadata().getName())
                : CampaignObserver.matches(account, wanted.selector());
    }

    private void forget(InviteCampaign campaign) {
        String uid = campaign.getMetadata().getUid();
        book.forget(Subject.campaign(uid));
        requests.forget(uid);
        pace.forget(uid);
        if (CampaignWorkerFactory.isDeployed(campaign)) {
            doors.forget(uid);
            sweep.gone(uid);
        }
    }
}
