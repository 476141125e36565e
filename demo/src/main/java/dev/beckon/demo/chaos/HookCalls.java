package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.HookCaller.Posted;
import dev.beckon.demo.chaos.HookFacts.Logged;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSeal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The webhooks of a fast run: opened as an operator does, posted to, and looked at by whoever starts their workers. */
final class HookCalls implements HookQueues {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MANY = 1_000_000;

    private final List<Hook> hooks;
    private final Ledger ledger;
    private final StepJournal journal;

    /** By the campaign's uid. */
    private final Map<String, HookCaller> callers = new LinkedHashMap<>();

    HookCalls(List<Hook> hooks, Ledger ledger, GatewayLedger gateway, StepJournal journal) {
        this.hooks = hooks;
        this.ledger = ledger;
        this.journal = journal;
        hooks.forEach(hook -> callers.put(hook.campaign().uid(), new HookCaller(hook, ledger, gateway, journal)));
    }

    /** From now on events are let in. */
    void open(OperatorLedger operator, DoorSeal seal) {
        for (Hook hook : hooks) {
            Campaign campaign = hook.campaign();
            operator.webhooks()
                    .open(new Door(
                            Orders.NAMESPACE,
                            campaign.name(),
                            campaign.uid(),
                            campaign.accounts().stream().map(Account::uid).toList(),
                            seal.seal(campaign.uid(), Optional.of(Manifests.HOOK_TOKEN), Optional.empty()),
                            Consent.of(Consent.Basis.Unknown),
                            Door.DEFAULT_DEDUP_WINDOW,
                            MANY));
        }
    }

    /** Until all were posted, or the workers are done. */
    void happen(BooleanSupplier workersDone) throws InterruptedException {
        while (!workersDone.getAsBoolean() && !callers.values().stream().allMatch(HookCaller::allCame)) {
            callers.values().forEach(HookCaller::look);
            Thread.sleep(LOOK);
        }
    }

    @Override
    public Queue of(Campaign campaign) {
        // Asked before the ledger is: who comes in between is somebody.
        boolean allCame = callers.get(campaign.uid()).allCame();
        try {
            Counts counts = ledger.reports()
                    .campaigns(List.of(campaign.uid()))
                    .get(campaign.uid())
                    .counts();
            if (counts.pending() + counts.inFlight() > 0) {
                return Queue.SOMEBODY;
            }
            return allCame ? Queue.OVER : Queue.EMPTY;
        } catch (LedgerUnavailableException killed) {
            // On purpose; asked again at the next look.
            return Queue.EMPTY;
        }
    }

    /** Since when those who opted out before they came are in the ledger, by Telegram id. */
    Map<Long, Instant> optedOut() {
        Map<Long, Instant> since = new HashMap<>();
        callers.values().forEach(caller -> since.putAll(caller.optedOut()));
        return Map.copyOf(since);
    }

    /** What a run left behind of them. */
    HookFacts facts() {
        Map<String, List<Posted>> posted = new LinkedHashMap<>();
        callers.forEach((uid, caller) -> posted.put(uid, caller.posted()));
        Map<String, List<Logged>> log = new LinkedHashMap<>();
        for (Hook hook : hooks) {
            List<Logged> rows = new ArrayList<>();
            ledger.outcomes()
                    .forEach(
                            hook.campaign().uid(),
                            row -> rows.add(new Logged(row.ordinal(), row.action(), row.status(), row.reason())));
            log.put(hook.campaign().uid(), List.copyOf(rows));
        }
        return new HookFacts(
                posted,
                log,
                hooks.stream()
                        .flatMap(hook -> journal.firedIn(hook.campaign().chat()).stream())
                        .toList(),
                callers.values().stream().mapToInt(HookCaller::inVain).sum());
    }
}
