package dev.beckon.operator.run;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.Settings;
import dev.beckon.operator.account.AccountLookup;
import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.run.RunScene.Asked;
import dev.beckon.operator.run.RunScene.Before;
import dev.beckon.operator.worker.FleetIndex;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Gathers what is so from memory: nothing here waits for a network. */
public final class RunObserver {
    private final AccountLookup lookup;
    private final FleetIndex fleet;
    private final ReportBook book;
    private final Hints hints;
    private final InstantSource clock;
    private final Duration look;

    public RunObserver(
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

    /** How a kind's report is asked for; see {@link ReportBook}. */
    @FunctionalInterface
    public interface Asker<R> {
        /** The last report; {@link ReportBook#campaign} tells of basis and age. */
        Reading<R> ask(String uid, ResourceID resource, Object basis, Optional<Duration> maxAge);
    }

    /** What memory has of a resource, its run and its account. */
    public <R> RunScene<R> observe(HasMetadata resource, Asked asked, Before before, Subject subject, Asker<R> asker) {
        book.saw(before.ledgerSequence());
        RunsSeen seen = RunsSeen.of(fleet, resource.getMetadata().getUid());
        List<TelegramAccount> neighbours = lookup.in(resource.getMetadata().getNamespace());
        Optional<TelegramAccount> account = neighbours.stream()
                .filter(it -> it.getMetadata().getName().equals(asked.accountName()))
                .findFirst();
        return new RunScene<>(
                resource,
                asked,
                account,
                neighbours,
                reading(resource, seen, subject, asker),
                seen,
                before,
                hints.connected(),
                clock.instant());
    }

    private <R> Reading<R> reading(HasMetadata resource, RunsSeen seen, Subject subject, Asker<R> asker) {
        ResourceID id = ResourceID.fromResource(resource);
        // A report counts only if it was asked for after these runs had ended.
        Object basis = seen.endedUids();
        boolean active = seen.active().isPresent();
        Reading<R> reading = asker.ask(subject.uid(), id, basis, active ? Optional.of(look) : Optional.empty());
        if (!active && isOld(reading)) {
            // It slept. Before a worker is started, what the ledger says now counts: it may have been restored since.
            book.refresh(subject);
            reading = asker.ask(subject.uid(), id, basis, Optional.empty());
        }
        return reading;
    }

    private <R> boolean isOld(Reading<R> reading) {
        return reading instanceof Reading.Known<R> known
                && known.readAt().plus(look).isBefore(clock.instant());
    }
}
