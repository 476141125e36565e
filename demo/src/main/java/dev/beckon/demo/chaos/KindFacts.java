package dev.beckon.demo.chaos;

import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AutopostReport;
import java.util.List;
import java.util.Map;

/**
 * What a run left behind of logins, parsers and posts.
 *
 * @param posts every message in a chat, as Telegram saw it
 * @param schedules by uid; one that never began is absent
 * @param published how many runs of each schedule came to their end, by uid; at the whole level how many posts each has
 * @param postsCutOff calls for posts whose answer nobody wrote down
 * @param crowds who is a member of a parser's chat, or wrote in it if it asks for authors, by its uid
 * @param datasets one for each run of a parser that came to its end, by its uid
 * @param accounts by uid
 * @param givenUp how often a worker gave its account up to one of higher rank; at the whole level how many posts were published in the
 *     midst of their account's campaigns
 */
record KindFacts(
        List<Post> posts,
        Map<String, AutopostReport> schedules,
        Map<String, Integer> published,
        int postsCutOff,
        Map<String, List<Long>> crowds,
        Map<String, List<Rows>> datasets,
        Map<String, AccountState> accounts,
        int givenUp) {
    /**
     * What a run of a parser collected.
     *
     * @param complete whether the ledger calls it so
     * @param people each row's person, in the order of the rows
     * @param file whether the exported file is there, whole, and alone; true where none was asked for
     */
    record Rows(boolean complete, List<Long> people, boolean file) {}
}
