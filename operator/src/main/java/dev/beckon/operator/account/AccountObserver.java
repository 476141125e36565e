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
import java.util.stream.Stream;

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

    /** What memory has of the account and of the workers that use it. */
    public AccountObserved observe(TelegramAccount account) {
        String uid = account.getMetadata().getUid();
        if (account.getStatus() != null) {
            book.saw(account.getStatus().ledgerSequence());
        }
        List<WorkerRun> runs = fleet.runsOfAccount(uid);
        List<WorkerRun> own = runs.stream().filter(run -> run.owner().isEmpty()).toList();
        Map<String, WorkerPod> pods = new HashMap<>();
        own.forEach(run -> fleet.podOf(run).ifPresent(pod -> pods.put(run.name(), pod)));
        // One whose Job is gone has ended, too, though no pass may have seen its end.
        Set<String> ended = Stream.concat(
                        runs.stream().filter(run -> !run.active()), fleet.lastGoneOfAccount(uid).stream())
                .map(WorkerRun::uid)
                .collect(Collectors.toUnmodifiableSet());
        boolean active = runs.stream().anyMatch(WorkerRun::active);
        boolean ending = !active && fleet.hasLivePod(uid);
        boolean busy = active || ending;
        Reading<AccountReport> reading = book.account(
                uid,
                ResourceID.fromResource(account),
                new Basis(ended, ending),
                busy ? Optional.of(look) : Optional.empty());
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

    /**
     * A report counts only if it was asked for after these runs had ended, and their last pod with them.
     *
     * @param ending whether a pod lives on without its Job: it may write still
     */
    private record Basis(Set<String> ended, boolean ending) {}

    private static List<WorkerRun> of(List<WorkerRun> runs, Purpose purpose) {
        String task = AccountWorkerFactory.taskOf(purpose);
        return runs.stream().filter(run -> run.task().equals(task)).toList();
    }
}
