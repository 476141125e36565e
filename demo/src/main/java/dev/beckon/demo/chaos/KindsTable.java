package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.KindFacts.Rows;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.workorder.Count;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;

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
        if (!kinds.bots().isEmpty()) {
            out.printf(
                    "%s published %d of these posts.%n",
                    Count.of(kinds.bots().size(), "bot"),
                    kinds.schedules().stream()
                            .filter(schedule -> schedule.account().isBot())
                            .map(schedule -> facts.schedules().get(schedule.uid()))
                            .filter(Objects::nonNull)
                            .mapToLong(AutopostReport::published)
                            .sum());
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
