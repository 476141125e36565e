package dev.beckon.operator.parser;

import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.workorder.Count;
import io.fabric8.kubernetes.api.model.Condition;

/** What a whole dataset tells a person: how many it has, and of how many. Pure. */
final class ParserStory {
    /** Where Telegram ends every member list. */
    static final long LIST_END = 10_000;

    private ParserStory() {}

    /** Of the run, as far as the ledger knows it; else what the last status said. */
    static String of(ParserObserved observed, String datasetUid) {
        return observed.runInLedger(datasetUid)
                .map(ParserStory::sentence)
                .orElseGet(() -> ConditionType.Succeeded.in(observed.before().conditions())
                        .filter(it -> "True".equals(it.getStatus()))
                        .map(Condition::getMessage)
                        .orElse("The people are collected."));
    }

    static String sentence(ParserReport.Run run) {
        var counts = run.counts();
        String listed = counts.listed() == 0
                ? Count.of(counts.scanned(), "message") + " read."
                : "Telegram listed " + counts.listed()
                        + (counts.chatTotal() > 0 ? " of the chat's " + Count.of(counts.chatTotal(), "member") : "")
                        + (counts.listed() >= LIST_END && counts.chatTotal() > counts.listed()
                                ? " and ends every list there."
                                : ".");
        return Count.people(run.people()) + " collected; " + listed + " Left out: "
                + Count.of(counts.bots(), "bot") + ", " + counts.deleted() + " deleted, " + counts.filtered()
                + " by filters or the limit; " + counts.duplicates() + " met twice.";
    }
}
