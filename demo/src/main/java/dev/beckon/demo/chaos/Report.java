package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Sabotage.Kind;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The end of a fast run, as tables. */
record Report(Scenario scenario, FaultPlan plan, FastRun.Result result, Verdict verdict) {
    void print(PrintStream out) {
        faults(out);
        new PeopleTable(scenario, result.facts().reports()).print(out);
        verdict(out);
    }

    private void faults(PrintStream out) {
        out.printf("%n%-34s %s%n", "FAULT", "TIMES");
        Map<Kind, Long> planned = plan.byAccount().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Sabotage::kind, TreeMap::new, Collectors.counting()));
        out.printf(
                "%-34s %d  (planned: %s)%n",
                "workers killed, frozen, doubled",
                result.fired().size(),
                planned.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining(", ")));
        counted(result.fired()).forEach((step, times) -> out.printf("  at %-31s %d%n", step, times));
        out.printf("%-34s %d%n", "servers killed", result.serversKilled());
        counted(WorldYaml.troubles(scenario))
                .forEach((trouble, times) -> out.printf("%-34s %d people%n", "Telegram: " + trouble, times));
        out.printf("%-34s %d%n", "calls whose answer was lost", result.facts().callsCutOff());
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
                        ? "nobody contacted twice, nobody lost, nothing stuck, no key used twice at once."
                        : verdict.wrongs().size() + " things went wrong.");
    }
}
