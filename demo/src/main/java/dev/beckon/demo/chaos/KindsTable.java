package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.KindFacts.Rows;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.workorder.Count;
import java.io.PrintStream;
import java.util.List;

/** What parsers and schedules came to. */
record KindsTable(Kinds kinds, KindFacts facts) {
    void print(PrintStream out) {
        if (!kinds.schedules().isEmpty()) {
            out.printf(
                    "%n%s published %d posts, of %d the outcome is unknown; %s cut off.%n",
                    Count.of(kinds.schedules().size(), "schedule"),
                    facts.schedules().values().stream()
                            .mapToLong(AutopostReport::published)
                            .sum(),
                    facts.schedules().values().stream()
                            .mapToLong(AutopostReport::outcomeUnknown)
                            .sum(),
                    Count.of(facts.postsCutOff(), "call was", "calls were"));
        }
        if (!kinds.parsers().isEmpty()) {
            List<Rows> datasets =
                    facts.datasets().values().stream().flatMap(List::stream).toList();
            out.printf(
                    "%s collected %s with %d rows.%n",
                    Count.of(kinds.parsers().size(), "parser"),
                    Count.of(datasets.size(), "dataset"),
                    datasets.stream().mapToInt(rows -> rows.people().size()).sum());
        }
    }
}
