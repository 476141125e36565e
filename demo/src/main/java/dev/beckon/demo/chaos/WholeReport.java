package dev.beckon.demo.chaos;

import dev.beckon.workorder.Count;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The end of a whole run, as tables. */
record WholeReport(WholeWork work, WholePlan plan, WholeFacts whole, Verdict verdict) {
    void print(PrintStream out) {
        kills(out);
        new PeopleTable(work.scenario(), whole.facts().reports()).print(out);
        new KindsTable(work.kinds().kinds(), whole.kinds()).print(out);
        out.printf(
                "%s published in the midst of the account's campaigns.%n",
                Count.of(whole.kinds().givenUp(), "post was", "posts were"));
        out.println();
        verdict.wrongs().forEach(wrong -> out.println("✗ " + wrong));
        long delivered = whole.facts().contacts().stream()
                .filter(c ->
                        c.delivered() && (c.how().equals("invite") || c.how().equals("message")))
                .count();
        out.printf(
                "%s %d people in %d campaigns, %d contacts seen by Telegram, %d kills, %d s: %s%n",
                verdict.green() ? "✓" : "✗",
                work.scenario().people().size(),
                work.scenario().campaigns().size(),
                delivered,
                whole.done().size(),
                whole.took().toSeconds(),
                verdict.green()
                        ? "nobody contacted twice, nobody lost, no post twice, nothing stuck, no key used twice at once;"
                                + " every status agrees; nothing leaked."
                        : verdict.wrongs().size() + " things went wrong.");
    }

    private void kills(PrintStream out) {
        out.printf("%n%4s %6s  %s%n", "KILL", "CALLS", "WHAT");
        for (int i = 0; i < whole.done().size(); i++) {
            WholeFaults.Done done = whole.done().get(i);
            out.printf("%4d %6d  %s%n", i + 1, done.fault().afterCalls(), done.what());
        }
        out.printf("%n%-46s %s%n", "KILLED", "TIMES");
        Map<WholeFault.Kind, Long> counted = whole.done().stream()
                .collect(Collectors.groupingBy(it -> it.fault().kind(), TreeMap::new, Collectors.counting()));
        counted.forEach((kind, times) -> out.printf("%-46s %d%n", kind.words(), times));
        if (whole.done().size() < plan.faults().size()) {
            out.printf(
                    "%-46s %d%n",
                    "planned, and found nothing to kill",
                    plan.faults().size() - whole.done().size());
        }
        WorldYaml.troubles(work.scenario()).stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
                .forEach((trouble, times) -> out.printf("%-46s %s%n", "Telegram: " + trouble, Count.people(times)));
        out.printf("%-46s %d%n", "calls whose answer was lost", whole.facts().callsCutOff());
        out.printf("%-46s %d%n", "events of webhooks that were kept", whole.events());
        out.printf("%-46s %d%n", "calls of webhooks that were in vain", whole.unanswered());
    }
}
