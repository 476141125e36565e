package dev.beckon.ledger.report;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.report.CampaignReport.ErrorReport;
import java.time.Instant;
import java.util.Optional;

/**
 * A parser at one moment: one row a run, nothing of a person.
 *
 * @param newest its run that began last
 * @param complete its newest complete run: what a campaign may take; often the same
 */
public record ParserReport(String parserUid, Run newest, Optional<Run> complete) {

    /**
     * A run of a parser.
     *
     * @param people rows kept now
     * @param administered whether the account administered the chat when the run began
     * @param sha256 in hex; absent before the end, and once somebody was erased
     * @param exportedAt when its file was written
     * @param nextActionAt when it goes on, if it waits
     */
    public record Run(
            String datasetUid,
            Dataset.State state,
            long people,
            Dataset.Counts counts,
            boolean administered,
            Optional<String> sha256,
            Instant startedAt,
            Optional<Instant> completedAt,
            Optional<Instant> exportedAt,
            Optional<Instant> nextActionAt,
            Optional<String> waitingFor,
            Optional<ErrorReport> lastError) {

        public boolean isComplete() {
            return state == Dataset.State.Complete;
        }
    }
}
