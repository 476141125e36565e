package dev.beckon.worker.parse;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.Datasets;
import dev.beckon.ledger.parser.PageResult;
import dev.beckon.ledger.parser.WrittenLines;
import dev.beckon.telegram.ChatSource;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.export.DatasetExport;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.parse.SourceDoor.Found;
import dev.beckon.worker.run.AccountTurn;
import dev.beckon.worker.run.Consequences;
import dev.beckon.worker.run.OpenAccount;
import dev.beckon.worker.run.Then;
import dev.beckon.worker.run.Waits;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.ParseOrder.Collect;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a parser: lease, session, chat, then page by page until the list or history ends, enough people are found,
 * something must be waited for, or somebody wishes it to end; at the end the export. A page and where the next one begins are
 * one transaction, so whoever goes on after a kill asks for the same page again and keeps it once.
 */
public final class ParseRun {
    private static final Logger LOG = LoggerFactory.getLogger(ParseRun.class);

    /** As long as a campaign's default: then others of the same rank have the account. */
    private static final Duration SLICE = Duration.ofMinutes(10);

    /** How often the end is tried again when somebody is erased from the dataset meanwhile. */
    private static final int ENDINGS = 10;

    private final Workshop workshop;
    private final ParseOrder order;
    private final Hints hints;
    private final ChatTarget target;
    private final Datasets.Run run;
    private final Optional<DatasetExport> export;
    private final Instant started;

    private OpenAccount account;
    private SourceDoor door;
    private Consequences consequences;
    private Wait rest;
    private WrittenLines written;

    /** Checks everything a person wrote before anything is done. */
    public ParseRun(Workshop workshop, ParseOrder order, Hints hints) {
        this.workshop = workshop;
        this.order = order;
        this.hints = hints;
        this.target = SourceDoor.target(order);
        this.run = new Datasets.Run(
                order.datasetUid().orElseGet(() -> workshop.environment().runUid()),
                order.parser().uid(),
                order.parser().namespace(),
                order.parser().name(),
                order.retention());
        this.export = order.export().map(wanted -> DatasetExport.to(workshop.files(), wanted));
        this.started = workshop.clock().instant();
        this.rest = new Wait(Instant.MIN, WaitingFor.Pause);
        requireFittingFilters();
    }

    private void requireFittingFilters() {
        boolean members = order.collect() == Collect.Members;
        if (members && order.filters().since().isPresent()) {
            throw new BadInput("spec.filters.since is the time of a message: it needs collect: Authors");
        }
        if (!members && order.filters().query().isPresent()) {
            throw new BadInput("spec.filters.query searches a member list: it needs collect: Members");
        }
        if (order.limit() < 1) {
            throw new BadInput("spec.limit must be 1 or more");
        }
    }

    /** Works until the run ends in order. */
    public Ending run() {
        try {
            // Who was killed during the export has nothing more to ask of Telegram.
            Optional<Dataset> whole = whole();
            Ending ending = whole.map(Story::collected).orElseGet(() -> turn().take(this::work));
            return whole.or(this::whole)
                    .map(dataset -> exported(dataset, ending))
                    .orElse(ending);
        } finally {
            hints.parserChanged(order.parser().uid());
        }
    }

    private Optional<Dataset> whole() {
        return workshop.ledger()
                .datasets()
                .find(run.datasetUid())
                .filter(dataset -> dataset.state() == Dataset.State.Complete);
    }

    private AccountTurn turn() {
        return new AccountTurn(
                workshop,
                order.account(),
                Priority.Parse,
                order.hibernateAfter(),
                started.plus(SLICE),
                this::tells,
                hints);
    }

    private boolean tells(Lease lease, Optional<Instant> until, Optional<String> why) {
        boolean written = workshop.ledger().datasets().waits(lease, run, until, why);
        hints.parserChanged(order.parser().uid());
        return written;
    }

    private Ending work(OpenAccount open, Waits waits) {
        account = open;
        door = new SourceDoor(open, order, target, run);
        consequences = new Consequences(
                open,
                wait -> rest = rest.and(wait),
                (reason, why) -> open.ledger().datasets().fails(open.lease(), run, reason, why));
        if (open.telegram().self().bot()) {
            return consequences
                    .of(new Then.Stall(
                            "BotAccount",
                            "A bot sees neither a member list nor a history: name a user's account in spec.account."))
                    .orElseThrow();
        }
        while (true) {
            Optional<Ending> ending = waits.wishedToEnd();
            if (ending.isEmpty()) {
                switch (door.find()) {
                    case Found.Source(ChatSource source) -> {
                        return work(source, waits);
                    }
                    case Found.Not(Then then) -> ending = consequences.of(then).or(() -> waits.await(rest));
                }
            }
            if (ending.isPresent()) {
                return ending.get();
            }
        }
    }

    private Ending work(ChatSource source, Waits waits) {
        Dataset begun = begun(source);
        Optional<Ending> ending = refused(source, begun);
        if (ending.isPresent()) {
            return ending.get();
        }
        written = new WrittenLines(begun);
        try (PageKeeper keeper = new PageKeeper(begun, this::kept)) {
            ending = new Reading(
                            pages(source, begun),
                            keeper,
                            order.limit(),
                            waits,
                            workshop.clock(),
                            () -> rest,
                            door::refused,
                            consequences::of,
                            () -> hints.parserChanged(order.parser().uid()))
                    .toTheEnd();
            return ending.isPresent() ? ending.get() : completed(keeper.settled());
        }
    }

    private Dataset begun(ChatSource source) {
        Datasets.Beginning beginning = new Datasets.Beginning(
                run,
                source.chat().id(),
                source.administered(),
                source.listing().name(),
                source.chat().memberCount());
        return account.ledger().datasets().begin(account.lease(), beginning).orElseThrow(account::leaseLost);
    }

    private Optional<Ending> refused(ChatSource source, Dataset dataset) {
        if (dataset.chatId() != source.chat().id()) {
            return consequences.of(new Then.Stall(
                    "SourceChanged",
                    "spec.source leads to another chat now than when this run began: start a new run."));
        }
        return door.shut(source).flatMap(consequences::of);
    }

    private Pages pages(ChatSource source, Dataset dataset) {
        Sieve sieve = new Sieve(order.filters(), dataset.startedAt());
        long members = source.chat().memberCount();
        return switch (order.collect()) {
            case Members ->
                new Pages.Members(
                        account.telegram(), sieve, order.filters().query().orElse(""), members, order.limit());
            case Authors ->
                new Pages.Authors(
                        account.telegram(),
                        sieve,
                        order.filters().since().orElse(Instant.EPOCH),
                        members,
                        order.limit());
        };
    }

    private Dataset kept(Dataset dataset, Datasets.Page page) {
        Dataset[] stands = new Dataset[1];
        account.persist(() -> switch (account.ledger().datasets().append(account.lease(), dataset, page, written)) {
            case PageResult.Kept(Dataset kept) -> {
                stands[0] = kept;
                yield true;
            }
            case PageResult.StandsElsewhere(Dataset elsewhere) -> {
                stands[0] = elsewhere;
                yield true;
            }
            case PageResult.LeaseLost _ -> false;
        });
        return stands[0];
    }

    private Ending completed(Dataset read) {
        KillPoint.BEFORE_COMPLETE.here();
        Dataset stands = read;
        for (int tried = 0; tried < ENDINGS; tried++) {
            Optional<Dataset> complete = account.ledger().datasets().complete(account.lease(), stands, written);
            if (complete.isPresent()) {
                LOG.info("The dataset is complete: {}", complete.get().counts());
                return Story.collected(complete.get());
            }
            // The lease is lost, which this tells, or somebody was erased meanwhile.
            account.check(account.ledger().datasets().waits(account.lease(), run, Optional.empty(), Optional.empty()));
            stands = account.ledger().datasets().find(run.datasetUid()).orElseThrow();
        }
        return Ending.yielded("Erasing", "People are being erased from the dataset; the rest goes on later.");
    }

    /** With the account given back: others may work with it meanwhile. */
    private Ending exported(Dataset dataset, Ending collected) {
        if (export.isEmpty()) {
            return collected;
        }
        Optional<DatasetExport.Failure> failure =
                export.get().write(workshop.ledger().datasets(), dataset);
        if (failure.isEmpty()) {
            workshop.ledger().datasets().exported(run);
            return collected;
        }
        Instant again = workshop.clock().instant().plus(DatasetExport.TRIED_AGAIN_AFTER);
        workshop.ledger()
                .datasets()
                .exportFails(run, DatasetExport.FAILED, failure.get().sentence(), again);
        LOG.error("{}", failure.get().sentence());
        return Ending.later(
                ExitCode.OK, again, DatasetExport.FAILED, failure.get().sentence());
    }
}
