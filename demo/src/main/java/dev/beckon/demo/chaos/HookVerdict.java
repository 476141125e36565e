package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.HookCaller.Posted;
import dev.beckon.demo.chaos.HookFacts.Logged;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.webhook.Receipt.Fate;
import dev.beckon.workorder.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges what came by webhook, besides what is judged of each campaign: every event has its fate, in its answer and in the log, and
 * whoever was let in came to an end.
 */
final class HookVerdict {
    private static final String SUPPRESSED = "Suppressed";

    private final HookFacts facts;
    private final List<String> wrongs = new ArrayList<>();

    private HookVerdict(HookFacts facts) {
        this.facts = facts;
    }

    /** A sentence for each thing that must never happen and did. */
    static List<String> of(List<Hook> hooks, HookFacts facts) {
        HookVerdict verdict = new HookVerdict(facts);
        hooks.forEach(verdict::hook);
        return List.copyOf(verdict.wrongs);
    }

    private void hook(Hook hook) {
        String name = hook.campaign().name();
        List<Posted> posted = facts.posted().getOrDefault(hook.campaign().uid(), List.of());
        List<Logged> log = facts.log().getOrDefault(hook.campaign().uid(), List.of());
        if (posted.size() < hook.events().size()) {
            wrongs.add(name + ": " + Count.of(hook.events().size() - posted.size(), "event")
                    + " never came to the webhook");
        }
        Map<Human, Long> numbers = new HashMap<>();
        for (Posted each : posted) {
            answered(name, each, Optional.ofNullable(numbers.get(each.event().human())));
            numbers.putIfAbsent(each.event().human(), each.receipt().event());
            fate(name, each, log);
        }
        long accepted = log.stream()
                .filter(line -> line.isEvent() && line.status() == OutcomeStatus.Accepted)
                .count();
        long expected =
                posted.stream().filter(it -> it.event().fate() == Fate.Accepted).count();
        if (accepted != expected) {
            wrongs.add(name + ": " + Count.people(expected) + " came by webhook, and the log let in " + accepted);
        }
    }

    /** @param first the number of the person's first event; empty when this is it */
    private void answered(String name, Posted posted, Optional<Long> first) {
        Fate fate = posted.receipt().fate();
        // One whose answer did not arrive is known when it comes again.
        boolean known = fate == Fate.Duplicate && posted.tries() > 1;
        if (fate != posted.event().fate() && !known) {
            wrongs.add(name + ": the event of " + posted.event().human() + " was answered with " + fate + " instead of "
                    + posted.event().fate());
        }
        if (first.filter(number -> number != posted.receipt().event()).isPresent()) {
            wrongs.add(name + ": " + posted.event().human() + " came as number " + first.get() + ", and as number "
                    + posted.receipt().event() + " when they came again");
        }
    }

    private void fate(String name, Posted posted, List<Logged> log) {
        List<Logged> lines = log.stream()
                .filter(line -> line.number() == posted.receipt().event())
                .toList();
        boolean told = switch (posted.event().fate()) {
            case Accepted -> one(lines, OutcomeStatus.Accepted, "");
            case Suppressed -> one(lines, OutcomeStatus.Skipped, SUPPRESSED);
            case Duplicate, NoConsent -> true;
        };
        if (!told) {
            wrongs.add(name + ": the log does not tell once what became of the event of "
                    + posted.event().human());
        }
        if (posted.event().fate() == Fate.Accepted && lines.stream().noneMatch(Logged::isEnd)) {
            wrongs.add(name + ": " + posted.event().human() + " came by webhook, and nothing came of it");
        }
    }

    private static boolean one(List<Logged> lines, OutcomeStatus status, String reason) {
        return lines.stream()
                        .filter(line -> line.isEvent()
                                && line.status() == status
                                && line.reason().equals(reason))
                        .count()
                == 1;
    }
}
