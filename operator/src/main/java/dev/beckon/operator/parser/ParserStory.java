package dev.beckon.operator.parser;

import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.condition.ConditionType;
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
                .orElseGet(() -> observed.before().conditions().stream()
                        .filter(it ->
                                ConditionType.Succeeded.name().equals(it.getType()) && "True".equals(it.getStatus()))
                        .map(Condition::getMessage)
                        .findFirst()
                        .orElse("The people are collected."));
    }

    static String sentence(ParserReport.Run run) {
        var counts = run.counts();
        String listed = counts.listed() == 0
                ? counts.scanned() + (counts.scanned() == 1 ? " message read." : " messages read.")
                : "Telegram listed " + counts.listed()
                        + (counts.chatTotal() > 0 ? " of the chat's " + counts.chatTotal() + " members" : "")
                        + (counts.listed() >= LIST_END && counts.chatTotal() > counts.listed()
                                ? " and ends every list there."
                                : ".");
        return run.people() + (run.people() == 1 ? " person" : " people") + " collected; " + listed + " Left out: "
                + counts.bots() + " bots, " + counts.deleted() + " deleted, " + counts.filtered()
                + " by filters or the limit; " + counts.duplicates() + " met twice.";
    }
}
