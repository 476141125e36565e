package dev.beckon.operator.campaign;

import dev.beckon.crd.Accounts;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.account.AccountLookup;
import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.parser.ParserLookup;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers what is so from memory: nothing here waits for a network. */
public final class CampaignObserver {
    private final AccountLookup lookup;
    private final ParserLookup parsers;
    private final FleetIndex fleet;
    private final ReportBook book;
    private final CampaignDoors doors;
    private final Hints hints;
    private final InstantSource clock;
    private final Duration look;

    public CampaignObserver(
            AccountLookup lookup,
            ParserLookup parsers,
            FleetIndex fleet,
            ReportBook book,
            CampaignDoors doors,
            Hints hints,
            InstantSource clock,
            Settings settings) {
        this.lookup = lookup;
        this.parsers = parsers;
        this.fleet = fleet;
        this.book = book;
        this.doors = doors;
        this.hints = hints;
        this.clock = clock;
        this.look = settings.pace().look();
    }

    /** What memory has of the campaign, its accounts and its workers. */
    public Observed observe(InviteCampaign campaign) {
        String uid = campaign.getMetadata().getUid();
        if (campaign.getStatus() != null) {
            book.saw(campaign.getStatus().ledgerSequence());
        }
        List<WorkerRun> runs = fleet.runsOf(uid);
        Map<String, WorkerPod> pods = new HashMap<>();
        runs.forEach(run -> fleet.podOf(run).ifPresent(pod -> pods.put(run.name(), pod)));
        // A report counts only if it was asked for after these runs had ended.
        Set<String> ended =
                runs.stream().filter(run -> !run.active()).map(WorkerRun::uid).collect(Collectors.toUnmodifiableSet());
        // By webhook somebody may come at any time, and the hint of it be lost.
        boolean active = ended.size() < runs.size() || CampaignWorkerFactory.isDeployed(campaign);
        Object basis = basis(campaign, ended);
        Reading<CampaignReport> reading = book.campaign(
                uid, ResourceID.fromResource(campaign), basis, active ? Optional.of(look) : Optional.empty());
        if (!active && isOld(reading)) {
            // It slept. Before a worker is started, what the ledger says now counts: it may have been restored since.
            book.refresh(Subject.campaign(uid));
            reading = book.campaign(uid, ResourceID.fromResource(campaign), basis, Optional.empty());
        }
        List<TelegramAccount> neighbours = lookup.in(campaign.getMetadata().getNamespace());
        List<TelegramAccount> accounts = accounts(campaign, neighbours, reading);
        return new Observed(
                campaign,
                accounts,
                neighbours,
                unknown(campaign, accounts),
                parser(campaign),
                reading,
                runs,
                pods,
                invitedToday(accounts),
                hints.connected(),
                clock.instant());
    }

    private record Basis(Set<String> ended, long closing) {}

    /** Nor does one that was asked for before a webhook's door was closed: somebody may have come since. */
    private Object basis(InviteCampaign campaign, Set<String> ended) {
        return CampaignWorkerFactory.isDeployed(campaign)
                ? new Basis(ended, doors.closing(campaign.getMetadata().getUid()))
                : ended;
    }

    private Optional<ParserJob> parser(InviteCampaign campaign) {
        return Optional.ofNullable(campaign.getSpec().audience().parserJobRef())
                .flatMap(it -> parsers.find(campaign.getMetadata().getNamespace(), it.name()));
    }

    /** Nobody asks the ledger for this: what each account's own passes read of late is good enough. */
    private Map<String, Integer> invitedToday(List<TelegramAccount> accounts) {
        Map<String, Integer> invited = new HashMap<>();
        for (TelegramAccount account : accounts) {
            String uid = account.getMetadata().getUid();
            book.lastOfAccount(uid).ifPresent(report -> invited.put(uid, report.invites()));
        }
        return invited;
    }

    private boolean isOld(Reading<CampaignReport> reading) {
        return reading instanceof Reading.Known<CampaignReport> known
                && known.readAt().plus(look).isBefore(clock.instant());
    }

    private static List<TelegramAccount> accounts(
            InviteCampaign campaign, List<TelegramAccount> all, Reading<CampaignReport> reading) {
        Accounts wanted = campaign.getSpec().accounts();
        if (wanted.selector() == null) {
            List<TelegramAccount> named = new ArrayList<>();
            for (String name : wanted.names()) {
                all.stream()
                        .filter(it -> it.getMetadata().getName().equals(name))
                        .forEach(named::add);
            }
            return named;
        }
        // Which accounts match is decided once: those that the first worker made known to the ledger.
        Set<String> decided = reading instanceof Reading.Known<CampaignReport> known
                ? known.report().stream()
                        .flatMap(it -> it.accounts().stream())
                        .map(CampaignReport.AccountShare::accountUid)
                        .collect(Collectors.toSet())
                : Set.of();
        return all.stream()
                .filter(it -> decided.isEmpty()
                        ? matches(it, wanted.selector())
                        : decided.contains(it.getMetadata().getUid()))
                .sorted(Comparator.comparing(it -> it.getMetadata().getName()))
                .toList();
    }

    /** Whether a selector takes the account. */
    static boolean matches(TelegramAccount account, Accounts.Selector selector) {
        Map<String, String> labels =
                Optional.ofNullable(account.getMetadata().getLabels()).orElse(Map.of());
        return labels.entrySet().containsAll(selector.matchLabels().entrySet());
    }

    private static List<String> unknown(InviteCampaign campaign, List<TelegramAccount> accounts) {
        Set<String> known =
                accounts.stream().map(it -> it.getMetadata().getName()).collect(Collectors.toSet());
        return campaign.getSpec().accounts().names().stream()
                .filter(name -> !known.contains(name))
                .toList();
    }
}
