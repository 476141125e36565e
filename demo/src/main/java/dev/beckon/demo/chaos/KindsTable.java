package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.KindFacts.Rows;
import dev.beckon.ledger.report.AutopostReport;
import java.io.PrintStream;
import java.util.List;

/** What parsers and schedules came to. */
record KindsTable(Kinds kinds, KindFacts facts) {
    void print(PrintStream out) {
        if (!kinds.schedules().isEmpty()) {
            out.printf(
                    "%n%d schedules published %d posts, of %d the outcome is unknown; %d calls were cut off.%n",
                    kinds.schedules().size(),
                    facts.schedules().values().stream()
                            .mapToLong(AutopostReport::published)
                            .sum(),
                    facts.schedules().values().stream()
                            .mapToLong(AutopostReport::outcomeUnknown)
                            .sum(),
                    facts.postsCutOff());
        }
        if (!kinds.parsers().isEmpty()) {
            List<Rows> datasets =
                    facts.datasets().values().stream().flatMap(List::stream).toList();
            out.printf(
                    "%d parsers collected %d datasets with %d rows.%n",
                    kinds.parsers().size(),
                    datasets.size(),
                    datasets.stream().mapToInt(rows -> rows.people().size()).sum());
        }
    }
}
