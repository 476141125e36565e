package dev.beckon.operator.run;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.BellSource;
import dev.beckon.operator.Bells;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.StatusPace;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.account.AccountWatch;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerFleet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What has a resource that uses one account looked at again: the account, its workers' Jobs and pods, its CronJob, the ledger's
 * reports, its turn.
 */
@ApplicationScoped
public class AccountUsers {
    private static final String NAMESPACE = "of-namespace";

    private final AccountWatch accounts;
    private final Bells bells;
    private final WorkerFleet fleet;
    private final ReportBook book;
    private final HumanRequests requests;
    private final StatusPace pace;

    public AccountUsers(
            AccountWatch accounts,
            Bells bells,
            WorkerFleet fleet,
            ReportBook book,
            HumanRequests requests,
            StatusPace pace) {
        this.accounts = accounts;
        this.bells = bells;
        this.fleet = fleet;
        this.book = book;
        this.requests = requests;
        this.pace = pace;
    }

    /**
     * A kind of such resources.
     *
     * @param account the name of the account that a resource uses
     * @param subject whom the ledger's reports on a resource of that uid are about
     */
    public record Kind<P extends HasMetadata>(
            Owner.Kind owner, Function<P, String> account, Function<String, Subject> subject) {}

    /** What wakes a kind's reconciler beside its own resources: changes of accounts in the namespace, and bells. */
    public <P extends HasMetadata> List<EventSource<?, P>> sources(Kind<P> kind, EventSourceContext<P> context) {
        IndexerResourceCache<P> cache = context.getPrimaryCache();
        cache.addIndexer(NAMESPACE, it -> List.of(it.getMetadata().getNamespace()));
        BellSource<P> bell =
                new BellSource<>(kind.owner().words().replace(' ', '-') + "-bell", user -> forget(kind, user));
        accounts.ring(bell, AccountJudge::concernsWork, account -> using(kind, account, cache));
        bells.on(kind.owner(), bell::ring);
        fleet.start();
        return List.of(bell);
    }

    private static <P extends HasMetadata> Set<ResourceID> using(
            Kind<P> kind, TelegramAccount account, IndexerResourceCache<P> users) {
        return users.byIndex(NAMESPACE, account.getMetadata().getNamespace()).stream()
                .filter(user ->
                        kind.account().apply(user).equals(account.getMetadata().getName()))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private <P extends HasMetadata> void forget(Kind<P> kind, P user) {
        String uid = user.getMetadata().getUid();
        book.forget(kind.subject().apply(uid));
        requests.forget(uid);
        pace.forget(uid);
    }
}
