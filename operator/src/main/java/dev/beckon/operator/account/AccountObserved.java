package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.RestoredLedger;
import dev.beckon.operator.ledger.RestoredRequests.Held;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All a pass knows of an account.
 *
 * @param logins its login Jobs
 * @param checks its Jobs that asked whether its session lives
 * @param farewells its Jobs that end its session
 * @param pods of those Jobs, by the Job's name
 * @param neighbours all accounts of its namespace, itself among them
 * @param busy whether a worker uses the account now
 * @param hints whether changes are told by hints
 */
public record AccountObserved(
        TelegramAccount account,
        Reading<AccountReport> reading,
        List<WorkerRun> logins,
        List<WorkerRun> checks,
        List<WorkerRun> farewells,
        Map<String, WorkerPod> pods,
        List<TelegramAccount> neighbours,
        boolean busy,
        boolean hints,
        Instant now) {

    private static final Comparator<TelegramAccount> BY_AGE = Comparator.<TelegramAccount, String>comparing(
                    it -> it.getMetadata().getCreationTimestamp(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(it -> it.getMetadata().getName());

    public String uid() {
        return account.getMetadata().getUid();
    }

    /** What the last pass wrote; empty on the first. */
    public TelegramAccountStatus before() {
        return account.getStatus() == null ? TelegramAccountStatus.builder().build() : account.getStatus();
    }

    public Optional<AccountReport> report() {
        return reading instanceof Reading.Known<AccountReport> known ? known.report() : Optional.empty();
    }

    /** The breaker of a ledger that is older than it was and that nobody has acknowledged; without an answer of the ledger, one that was seen earlier. */
    Optional<TrippedBreaker> restored() {
        return RestoredLedger.breaker(before().ledgerSequence(), before().breaker(), reading, now);
    }

    /** For whoever acknowledges that. An account has no work of its own that would go on. */
    Held held() {
        return new Held(account, Subject.account(uid()), "account", reading, before().breaker(), false, now);
    }

    /** The same once a person's acceptance is in the ledger: what the last status tells to acknowledge holds it no more. */
    AccountObserved accepted() {
        TelegramAccount accepted = new TelegramAccount();
        accepted.setMetadata(account.getMetadata());
        accepted.setSpec(account.getSpec());
        accepted.setStatus(AccountStatusParts.withoutBreaker(before()));
        return new AccountObserved(accepted, reading, logins, checks, farewells, pods, neighbours, busy, hints, now);
    }

    /**
     * The older account of the namespace behind which is the same Telegram user, by their name: somebody gave one phone to
     * both. Those of other namespaces are other people's business.
     */
    public Optional<String> olderTwin() {
        return report().flatMap(AccountReport::user)
                .flatMap(user -> neighbours.stream()
                        .filter(it -> isUser(it, user.id()) && BY_AGE.compare(it, account) < 0)
                        .min(BY_AGE))
                .map(it -> it.getMetadata().getName());
    }

    private static boolean isUser(TelegramAccount account, long id) {
        return account.getStatus() != null
                && account.getStatus().user() != null
                && Objects.equals(account.getStatus().user().id(), id);
    }

    public Optional<WorkerRun> activeLogin() {
        return logins.stream().filter(WorkerRun::active).findFirst();
    }

    /** Whether what the ledger says that a login waits for is said by the one that runs, and not left by one that was killed. */
    public boolean loginIsHeard() {
        return activeLogin()
                .filter(run -> report().flatMap(AccountReport::lease)
                        .map(lease -> isHeldBy(lease.holder(), pods.get(run.name())))
                        .orElse(true))
                .isPresent();
    }

    /** A lease's holder is the pod's name and uid. */
    static String podOf(String holder) {
        int end = holder.indexOf('/');
        return end < 0 ? holder : holder.substring(0, end);
    }

    /** By name and uid: when a node is drained, a Job has a second pod, and the first one's words are not that one's. */
    private static boolean isHeldBy(String holder, WorkerPod pod) {
        return pod != null && holder.equals(pod.name() + "/" + pod.uid());
    }
}
