package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.account.AccountLookup;
import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
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
public final class ParserObserver {
    private final AccountLookup lookup;
    private final FleetIndex fleet;
    private final ReportBook book;
    private final Hints hints;
    private final InstantSource clock;
    private final Duration look;

    public ParserObserver(
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

    public ParserObserved observe(ParserJob parser) {
        String uid = parser.getMetadata().getUid();
        List<WorkerRun> runs = fleet.runsOf(uid);
        Map<String, WorkerPod> pods = new HashMap<>();
        runs.forEach(run -> fleet.podOf(run).ifPresent(pod -> pods.put(run.name(), pod)));
        Optional<TelegramAccount> account = lookup.in(parser.getMetadata().getNamespace()).stream()
                .filter(it -> it.getMetadata()
                        .getName()
                        .equals(parser.getSpec().account().name()))
                .findFirst();
        return new ParserObserved(
                parser,
                account,
                reading(parser, runs),
                runs,
                pods,
                fleet.cronsOf(uid).stream().findFirst(),
                hints.connected(),
                clock.instant());
    }

    private Reading<ParserReport> reading(ParserJob parser, List<WorkerRun> runs) {
        String uid = parser.getMetadata().getUid();
        ResourceID resource = ResourceID.fromResource(parser);
        // A report counts only if it was asked for after these runs had ended.
        Set<String> ended =
                runs.stream().filter(WorkerRun::ended).map(WorkerRun::uid).collect(Collectors.toUnmodifiableSet());
        boolean active = runs.stream().anyMatch(WorkerRun::active);
        Reading<ParserReport> reading =
                book.parser(uid, resource, ended, active ? Optional.of(look) : Optional.empty());
        if (!active && isOld(reading)) {
            // It slept. Before a worker is started, what the ledger says now counts: it may have been restored since.
            book.refresh(Subject.parser(uid));
            reading = book.parser(uid, resource, ended, Optional.empty());
        }
        return reading;
    }

    private boolean isOld(Reading<ParserReport> reading) {
        return reading instanceof Reading.Known<ParserReport> known
                && known.readAt().plus(look).isBefore(clock.instant());
    }
}
