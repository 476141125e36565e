package dev.beckon.demo.chaos;

import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.CampaignReport.Counts;
import java.util.List;
import java.util.Optional;

/** What the ledger reports of a campaign, by its counts alone. */
final class Reports {
    private Reports() {}

    static CampaignReport of(String uid, Counts counts) {
        return new CampaignReport(
                uid,
                true,
                counts,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
    }
}
