package dev.beckon.operator.ledger;

import dev.beckon.ledger.LedgerException;
import dev.beckon.operator.Bells;
import dev.beckon.operator.OperatorMetrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The one thread that reads the ledger: everything wanted at a moment in one query, so that a thousand campaigns that change
 * together cost one read.
 */
@ApplicationScoped
public class ReportReader {
    private static final Logger LOG = Logger.getLogger(ReportReader.class);
    /** How many subjects are read at once, at most. */
    static final int BATCH = 500;
    /** What is wanted within this time is read together. */
    private static final Duration GATHER = Duration.ofMillis(40);

    /** While nothing is wanted: two statements a minute tell an idle operator that its ledger is gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);

    private final ReportBook book;
    private final LedgerDoor door;
    private final Bells bells;
    private final InstantSource clock;
    private final OperatorMetrics metrics;
    private Optional<Thread> thread = Optional.empty();

    public ReportReader(ReportBook book, LedgerDoor door, Bells bells, InstantSource clock, OperatorMetrics metrics) {
        this.book = book;
        this.door = door;
        this.bells = bells;
        this.clock = clock;
        this.metrics = metrics;
    }

    void onStart(@Observes StartupEvent event) {
        thread = Optional.of(Thread.ofPlatform().name("ledger-reports").daemon().start(this::run));
    }

    void onStop(@Observes ShutdownEvent event) {
        thread.ifPresent(Thread::interrupt);
    }

    private void run() {
        Duration retry = FIRST_RETRY;
        try {
            while (true) {
                book.awaitWanted(HEARTBEAT);
                Thread.sleep(GATHER);
                if (readOnce()) {
                    retry = FIRST_RETRY;
                } else {
                    Thread.sleep(retry);
                    retry = retry.compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("No more reports are read: the operator stops");
        }
    }

    /**
     * Reads what is wanted now.
     *
     * @return whether the ledger answered
     */
    public boolean readOnce() {
        Map<Subject, Object> batch = book.take(BATCH);
        Instant at = clock.instant();
        try {
            LedgerDoor.Reports reports = door.read(batch.keySet());
            metrics.ledgerRead(Duration.between(at, clock.instant()), batch.size());
            book.answered(batch, reports, at).forEach(this::ring);
            return true;
        } catch (LedgerException e) {
            unanswered(batch, e, e.getMessage());
        } catch (RuntimeException e) {
            unanswered(batch, e, "The ledger's answer could not be used; the operator's log has the cause.");
        }
        return false;
    }

    private void unanswered(Map<Subject, Object> batch, RuntimeException e, String why) {
        metrics.ledgerReadFailed();
        boolean known = book.trouble().isPresent();
        book.failed(batch, why).forEach(this::ring);
        if (!known) {
            LOG.warn("The ledger can't be read; statuses stand still and no worker is started until it can", e);
        }
    }

    private void ring(Subject subject, ResourceID resource) {
        switch (subject.kind()) {
            case CAMPAIGN -> bells.ringCampaign(resource);
            case PARSER -> bells.ringParser(resource);
            case AUTOPOST -> bells.ringAutopost(resource);
            case ACCOUNT -> bells.ringAccount(resource);
        }
    }
}
