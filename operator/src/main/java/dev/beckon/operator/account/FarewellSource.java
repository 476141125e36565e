package dev.beckon.operator.account;

import dev.beckon.crd.Labels;
import dev.beckon.crd.TelegramAccount;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Sees to accounts that are on their way out. The framework reconciles nothing that is marked for deletion unless every resource
 * of the kind gets a finalizer; so these few are found in its cache, by whoever leads.
 */
public final class FarewellSource extends AbstractEventSource<Void, TelegramAccount> {
    private static final Logger LOG = Logger.getLogger(FarewellSource.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final IndexedResourceCache<TelegramAccount> accounts;
    private final Consumer<TelegramAccount> farewell;
    private Optional<ScheduledExecutorService> thread = Optional.empty();

    /** @param accounts all of them, as the watch knows them */
    public FarewellSource(IndexedResourceCache<TelegramAccount> accounts, Consumer<TelegramAccount> farewell) {
        super(Void.class, "account-farewell");
        this.accounts = accounts;
        this.farewell = farewell;
    }

    @Override
    public synchronized void start() {
        super.start();
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("account-farewell").factory());
        var _ = looks.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        thread = Optional.of(looks);
    }

    @Override
    public synchronized void stop() {
        thread.ifPresent(ScheduledExecutorService::shutdownNow);
        super.stop();
    }

    private void look() {
        accounts.list(FarewellSource::isLeaving).toList().forEach(account -> {
            try {
                farewell.accept(account);
            } catch (RuntimeException e) {
                // The API server or the database is away: the next look tries again, and an exception would end all
                // looks.
                LOG.warnf(
                        "The farewell of %s is tried again: %s",
                        account.getMetadata().getName(), e.getMessage());
            }
        });
    }

    private static boolean isLeaving(TelegramAccount account) {
        return account.isMarkedForDeletion()
                && account.getMetadata().getFinalizers().contains(Labels.LOG_OUT);
    }

    @Override
    public Set<Void> getSecondaryResources(TelegramAccount primary) {
        return Set.of();
    }
}
