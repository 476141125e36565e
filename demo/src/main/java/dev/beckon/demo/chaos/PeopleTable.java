package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.CampaignReport.Counts;
import java.io.PrintStream;
import java.util.Map;

/**
 * How the people of each campaign ended, as the ledger has them.
 *
 * @param reports by the campaign's uid
 */
record PeopleTable(Scenario scenario, Map<String, CampaignReport> reports) {
    private static final String PEOPLE = "%-16s %7s %7s %9s %8s %7s %6s %7s %8s%n";

    void print(PrintStream out) {
        out.println();
        out.printf(
                PEOPLE,
                "CAMPAIGN",
                "PEOPLE",
                "INVITED",
                "LINK SENT",
                "ALREADY",
                "SKIPPED",
                "FAILED",
                "UNKNOWN",
                "WAITING");
        for (Campaign campaign : scenario.campaigns()) {
            if (!reports.containsKey(campaign.uid())) {
                continue;
            }
            Counts c = reports.get(campaign.uid()).counts();
            out.printf(
                    PEOPLE,
                    campaign.name(),
                    c.total(),
                    c.invited(),
                    c.linkSent(),
                    c.alreadyMember(),
                    c.skipped(),
                    c.failed(),
                    c.unknown(),
                    c.pending() + c.inFlight());
        }
    }
}
