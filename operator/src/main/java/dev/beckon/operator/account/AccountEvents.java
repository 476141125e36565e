package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.BellSource;
import dev.beckon.operator.Bells;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.StatusPace;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.worker.WorkerFleet;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What has an account looked at again: its workers' Jobs and pods, and the ledger's reports. */
@ApplicationScoped
public class AccountEvents {
    private final AccountWatch watch;
    private final Bells bells;
    private final WorkerFleet fleet;
    private final ReportBook book;
    private final HumanRequests requests;
    private final StatusPace pace;

    public AccountEvents(
            AccountWatch watch,
            Bells bells,
            WorkerFleet fleet,
            ReportBook book,
            HumanRequests requests,
            StatusPace pace) {
        this.watch = watch;
        this.bells = bells;
        this.fleet = fleet;
        this.book = book;
        this.requests = requests;
        this.pace = pace;
    }

    List<EventSource<?, TelegramAccount>> sources(EventSourceContext<TelegramAccount> context) {
        BellSource<TelegramAccount> bell = new BellSource<>("account-bell", this::forget);
        bells.onAccount(bell::ring);
        fleet.start();
        return List.of(watch.source(context), bell);
    }

    private void forget(TelegramAccount account) {
        String uid = account.getMetadata().getUid();
        book.forget(Subject.account(uid));
        requests.forget(uid);
        pace.forget(uid);
    }
}
