package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.HookCaller.Posted;
import dev.beckon.ledger.webhook.Receipt.Fate;
import dev.beckon.workorder.Count;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;

/** What came by webhook at the fast level. */
record HooksTable(List<Hook> hooks, HookFacts facts) {
    void print(PrintStream out) {
        if (hooks.isEmpty()) {
            return;
        }
        List<Posted> posted =
                facts.posted().values().stream().flatMap(Collection::stream).toList();
        out.printf(
                "%s took in %s by %s (%d came again, %d had opted out), %s in vain; something happened to %s of theirs.%n",
                Count.of(hooks.size(), "webhook"),
                Count.people(count(posted, Fate.Accepted)),
                Count.of(posted.size(), "event"),
                count(posted, Fate.Duplicate),
                count(posted, Fate.Suppressed),
                Count.of(facts.inVain(), "post"),
                Count.of(facts.fired().size(), "worker"));
    }

    private static long count(List<Posted> posted, Fate fate) {
        return posted.stream().filter(it -> it.event().fate() == fate).count();
    }
}
