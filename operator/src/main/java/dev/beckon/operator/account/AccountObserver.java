package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.workorder.LoginOrder.Purpose;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers what is so from memory: nothing here waits for a network. */
public final class AccountObserver {
    private final AccountLookup lookup;
    private final FleetIndex fleet;
    private final ReportBook book;
    private final Hints hints;
    private final InstantSource clock;
    private final Duration look;

    public AccountObserver(
            AccountLookup lookup,
            FleetIndex fleet,
            ReportBook book,
            Hints hints,
            InstantSource clock,
            Settings settings) {
        this.lookup = lookup;
        this.fleet = fleet;
        this.book = book;
        this.hints = hints;
        this.clock = clock;
        this.look = settings.pace().look();
    }

    public AccountObserved observe(TelegramAccount account) {
        String uid = account.getMetadata().getUid();
        List<WorkerRun> runs = fleet.runsOfAccount(uid);
        List<WorkerRun> own = runs.stream().filter(run -> run.owner().isEmpty()).toList();
        Map<String, WorkerPod> pods = new HashMap<>();
        own.forEach(run -> fleet.podOf(run).ifPresent(pod -> pods.put(run.name(), pod)));
        // A report counts only if it was asked for after these runs had ended.
        Set<String> ended =
                runs.stream().filter(run -> !run.active()).map(WorkerRun::uid).collect(Collectors.toUnmodifiableSet());
        boolean busy = ended.size() < runs.size();
        Reading<AccountReport> reading =
                book.account(uid, ResourceID.fromResource(account), ended, busy ? Optional.of(look) : Optional.empty());
        List<TelegramAccount> neighbours = lookup.in(account.getMetadata().getNamespace());
        return new AccountObserved(
                account,
                reading,
                of(own, Purpose.LogIn),
                of(own, Purpose.Check),
                of(own, Purpose.LogOut),
                pods,
                neighbours,
                busy,
                hints.connected(),
                clock.instant());
    }

    private static List<WorkerRun> of(List<WorkerRun> runs, Purpose purpose) {
        String task = AccountWorkerFactory.taskOf(purpose);
        return runs.stream().filter(run -> run.task().equals(task)).toList();
    }
}
