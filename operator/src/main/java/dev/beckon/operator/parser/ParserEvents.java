package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.BellSource;
import dev.beckon.operator.Bells;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.LeanItemStore;
import dev.beckon.operator.StatusPace;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerFleet;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What has a parser looked at again: its account, its workers' Jobs and pods, its CronJob, the ledger's reports, its turn. */
@ApplicationScoped
public class ParserEvents {
    private static final String NAMESPACE = "parsers-of-namespace";

    private final Bells bells;
    private final WorkerFleet fleet;
    private final ReportBook book;
    private final HumanRequests requests;
    private final StatusPace pace;
    private volatile Optional<InformerEventSource<TelegramAccount, ParserJob>> accounts = Optional.empty();

    public ParserEvents(Bells bells, WorkerFleet fleet, ReportBook book, HumanRequests requests, StatusPace pace) {
        this.bells = bells;
        this.fleet = fleet;
        this.book = book;
        this.requests = requests;
        this.pace = pace;
    }

    List<EventSource<?, ParserJob>> sources(EventSourceContext<ParserJob> context) {
        IndexerResourceCache<ParserJob> cache = context.getPrimaryCache();
        cache.addIndexer(NAMESPACE, it -> List.of(it.getMetadata().getNamespace()));
        var informer = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(TelegramAccount.class, ParserJob.class)
                        .withSecondaryToPrimaryMapper(account -> using(account, cache))
                        .withPrimaryToSecondaryMapper(parser -> Set.of())
                        .withOnUpdateFilter(AccountJudge::concernsWork)
                        .withItemStore(new LeanItemStore<>())
                        .build(),
                context);
        accounts = Optional.of(informer);
        BellSource<ParserJob> bell = new BellSource<>("parser-bell", this::forget);
        bells.on(Owner.Kind.PARSER, bell::ring);
        fleet.start();
        return List.of(informer, bell);
    }

    /** All accounts of a namespace, as of the last event: another informer's cache may lag behind this one's events. */
    public List<TelegramAccount> accounts(String namespace) {
        return accounts.map(source -> source.list(namespace, it -> true).toList())
                .orElse(List.of());
    }

    private static Set<ResourceID> using(TelegramAccount account, IndexerResourceCache<ParserJob> parsers) {
        return parsers.byIndex(NAMESPACE, account.getMetadata().getNamespace()).stream()
                .filter(parser -> parser.getSpec()
                        .account()
                        .name()
                        .equals(account.getMetadata().getName()))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private void forget(ParserJob parser) {
        String uid = parser.getMetadata().getUid();
        book.forget(Subject.parser(uid));
        requests.forget(uid);
        pace.forget(uid);
    }
}
