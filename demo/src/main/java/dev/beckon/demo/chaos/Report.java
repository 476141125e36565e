package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Sabotage.Kind;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The end of a fast run, as tables. */
record Report(Scenario scenario, Kinds kinds, FaultPlan plan, FastRun.Result result, Verdict verdict) {
    void print(PrintStream out) {
        faults(out);
        new PeopleTable(scenario, result.facts().reports()).print(out);
        new KindsTable(kinds, result.kinds()).print(out);
        new HooksTable(kinds.hooks(), result.hooks()).print(out);
        if (!kinds.parsers().isEmpty()) {
            out.printf(
                    "%d times a worker gave its account up to one of higher rank.%n",
                    result.kinds().givenUp());
        }
        verdict(out);
    }

    private void faults(PrintStream out) {
        CarriedOut done = result.carriedOut();
        out.printf("%n%-34s %s%n", "FAULT", "TIMES");
        out.printf(
                "%-34s %d  (planned: %d killed, %d stopped, %d frozen, %d doubled)%n",
                "workers",
                done.fired().size(),
                plan.count(Kind.KILL),
                plan.count(Kind.TERM),
                plan.count(Kind.FREEZE),
                plan.count(Kind.TWIN));
        counted(done.fired()).forEach((step, times) -> out.printf("  at %-31s %d%n", step, times));
        out.printf("%-34s %d%n", "servers killed", done.serversKilled());
        done.troubles().forEach((kind, times) -> out.printf("%-34s %d%n", "Telegram: " + kind, times));
        out.printf("%-34s %d%n", "calls whose answer was lost", result.facts().callsCutOff());
        terminations(out, done.terminations());
    }

    private static void terminations(PrintStream out, List<Termination> all) {
        if (!all.isEmpty()) {
            out.printf(
                    "%-34s %d  (session saved by %d of %d that had it open; the longest took %.1f s)%n",
                    "ended after SIGTERM",
                    all.size(),
                    all.stream().filter(Termination::saved).count(),
                    all.stream().filter(Termination::opened).count(),
                    all.stream().mapToLong(t -> t.took().toMillis()).max().orElse(0) / 1_000.0);
        }
    }

    private static Map<String, Long> counted(List<String> names) {
        return names.stream().collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private void verdict(PrintStream out) {
        out.println();
        verdict.wrongs().forEach(wrong -> out.println("✗ " + wrong));
        long delivered = result.facts().contacts().stream()
                .filter(c ->
                        c.delivered() && (c.how().equals("invite") || c.how().equals("message")))
                .count();
        out.printf(
                "%s %d people, %d contacts seen by Telegram, %d s: %s%n",
                verdict.green() ? "✓" : "✗",
                scenario.people().size(),
                delivered,
                result.took().toSeconds(),
                verdict.green()
                        ? "nobody contacted twice, nobody lost, no post twice, nothing stuck, no key used twice at once."
                        : verdict.wrongs().size() + " things went wrong.");
    }
}
