package dev.beckon.operator.account;

import dev.beckon.crd.Labels;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.account.AccountRuns.Begun;
import dev.beckon.operator.event.Notice;
import dev.beckon.operator.event.Notices;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.Names;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.workorder.LoginOrder.Purpose;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends the session of an account that is deleted, where {@code spec.logOutOnDelete} asks for it. The finalizer is there only
 * then, and goes after {@link #PATIENCE} whatever became of it: deletion never waits for a database or for Telegram for ever.
 */
public final class AccountFarewell {
    private static final Logger LOG = Logger.getLogger(AccountFarewell.class);

    /** How long the deletion waits for the session's end. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Between two tries. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final AccountRuns runs;
    private final AccountWorkerFactory factory;
    private final Notices notices;

    public AccountFarewell(KubernetesClient client, AccountRuns runs, AccountWorkerFactory factory, Notices notices) {
        this.client = client;
        this.runs = runs;
        this.factory = factory;
        this.notices = notices;
    }

    /** What is to be done about the end of a session. */
    sealed interface Course {
        /** Nothing holds the account any more. */
        record Release(Optional<String> why) implements Course {}

        record Begin(int run) implements Course {}

        record Wait() implements Course {}
    }

    /**
     * Sees to it that the finalizer is on the account as long as its spec wants it.
     *
     * @return the account as it is now
     */
    public TelegramAccount prepare(TelegramAccount account) {
        return has(account) == account.getSpec().logOutOnDelete()
                ? account
                : write(account, !has(account)).orElse(account);
    }

    /** Carries the farewell on; called every few seconds until nothing holds the account any more. */
    public void carryOn(AccountObserved observed) {
        TelegramAccount account = observed.account();
        switch (plan(observed)) {
            case Course.Wait _ -> {
                // Until the next look.
            }
            case Course.Begin(int run) -> begin(observed, run);
            case Course.Release(Optional<String> why) -> {
                why.ifPresent(sentence -> notices.publish(
                        account,
                        "deletion",
                        List.of(Notice.warning(
                                "NotLoggedOut",
                                "Deleted without ending the session at Telegram: " + sentence
                                        + " End it in Telegram: Settings, Devices."))));
                write(account, false);
            }
        }
    }

    /** Pure. */
    static Course plan(AccountObserved observed) {
        Instant since = Instant.parse(observed.account().getMetadata().getDeletionTimestamp());
        boolean late = !observed.now().isBefore(since.plus(PATIENCE));
        return switch (observed.reading()) {
            // An operator that has just started has not asked yet, however late it is.
            case Reading.Asked<AccountReport> _ -> new Course.Wait();
            case Reading.Unreachable<AccountReport> _ ->
                late ? released("the ledger could not be asked.") : new Course.Wait();
            case Reading.Known<AccountReport> known -> plan(observed, known, late);
        };
    }

    private static Course plan(AccountObserved observed, Reading.Known<AccountReport> known, boolean late) {
        if (known.report().filter(AccountReport::hasSession).isEmpty()) {
            return new Course.Release(Optional.empty());
        }
        if (late) {
            return released("it took longer than " + PATIENCE.toMinutes() + " minutes.");
        }
        Optional<WorkerRun> last = WorkerRun.latest(observed.farewells());
        if (observed.busy()) {
            return new Course.Wait();
        }
        Instant next = last.map(run -> run.finished().orElse(run.created()).plus(AGAIN))
                .orElse(Instant.MIN);
        return next.isAfter(observed.now())
                ? new Course.Wait()
                : new Course.Begin(last.map(WorkerRun::run).orElse(0) + 1);
    }

    private static Course released(String why) {
        return new Course.Release(Optional.of(why));
    }

    private void begin(AccountObserved observed, int run) {
        TelegramAccount account = observed.account();
        Begun begun = runs.begin(
                account,
                factory.visit(account, Purpose.LogOut, run),
                factory.order(account, Purpose.LogOut),
                factory.visitPrerequisites(account));
        if (begun instanceof Begun.Blocked blocked) {
            LOG.warnf("The session can't be ended: %s", blocked.message());
        }
    }

    private static boolean has(TelegramAccount account) {
        return account.getMetadata().getFinalizers().contains(Labels.LOG_OUT);
    }

    /** With the version that was read: another's finalizer that came meanwhile is not taken off. Empty when the account is gone. */
    private Optional<TelegramAccount> write(TelegramAccount account, boolean wanted) {
        List<String> finalizers = new ArrayList<>(account.getMetadata().getFinalizers());
        finalizers.remove(Labels.LOG_OUT);
        if (wanted) {
            finalizers.add(Labels.LOG_OUT);
        }
        String names = finalizers.isEmpty() ? "null" : "[\"" + String.join("\",\"", finalizers) + "\"]";
        String patch = "{\"metadata\":{\"resourceVersion\":\""
                + account.getMetadata().getResourceVersion() + "\",\"finalizers\":" + names + "}}";
        try {
            return Optional.ofNullable(client.resources(TelegramAccount.class)
                    .inNamespace(account.getMetadata().getNamespace())
                    .withName(account.getMetadata().getName())
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withFieldManager(Names.FIELD_MANAGER)
                                    .build(),
                            patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
