package dev.beckon.worker.parse;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.Dataset.Counts;
import dev.beckon.worker.Ending;
import dev.beckon.workorder.Count;

/** What a whole dataset tells a person: how many it has, and of how many. */
final class Story {
    /** Where Telegram ends every member list. */
    static final long LIST_END = 10_000;

    private Story() {}

    static Ending collected(Dataset dataset) {
        return Ending.completed("Collected", sentence(dataset.people(), dataset.counts()));
    }

    static String sentence(long people, Counts counts) {
        StringBuilder text = new StringBuilder(Count.people(people));
        if (counts.listed() > 0) {
            text.append("; Telegram listed ").append(counts.listed());
            if (counts.chatTotal() > 0) {
                text.append(" of the chat's ").append(Count.of(counts.chatTotal(), "member"));
            }
            if (counts.listed() >= LIST_END && counts.chatTotal() > counts.listed()) {
                text.append(" and ends every list there");
            }
        } else {
            text.append("; ").append(Count.of(counts.scanned(), "message")).append(" read");
        }
        return text.append(". Left out: ")
                .append(Count.of(counts.bots(), "bot"))
                .append(", ")
                .append(counts.deleted())
                .append(" deleted, ")
                .append(counts.filtered())
                .append(" by filters or the limit, ")
                .append(counts.duplicates())
                .append(" met before.")
                .toString();
    }
}
