package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.Scenario.Account;
import java.util.List;
import java.util.Map;

/** What the accounts of a whole run do besides campaigns: the same as at the fast level, begun by the operator. */
record WholeKinds(List<Parser> parsers, List<Posting> postings) {
    /** Whoever is not in Kubernetes has no uid, and so nothing in the ledger either. */
    private static final String NONE = "none of ";

    /**
     * A schedule that publishes a post each minute until it has no more.
     *
     * @param posts how many it has
     * @param inFiles whether these stand in a ConfigMap instead of in the resource
     * @param queues whether a post that is due before the last one is out waits for its turn; else it is passed over, and made up for
     *     later
     */
    record Posting(Schedule schedule, int posts, boolean inFiles, boolean queues) {}

    /** Those that publish. */
    List<Account> bots() {
        return kinds().bots();
    }

    /** For whoever does not care who begins their runs. */
    Kinds kinds() {
        return new Kinds(parsers, postings.stream().map(Posting::schedule).toList(), List.of());
    }

    /**
     * The same with the uids that the API server gave.
     *
     * @param uids by name
     */
    WholeKinds identified(Map<String, String> uids) {
        return new WholeKinds(
                parsers.stream().map(it -> identified(it, uids)).toList(),
                postings.stream()
                        .map(it -> new Posting(identified(it.schedule(), uids), it.posts(), it.inFiles(), it.queues()))
                        .toList());
    }

    private static Parser identified(Parser parser, Map<String, String> uids) {
        return new Parser(
                parser.account(),
                parser.name(),
                uids.getOrDefault(parser.name(), NONE + parser.name()),
                parser.chat(),
                parser.crowd(),
                parser.collect(),
                parser.due(),
                parser.trouble());
    }

    private static Schedule identified(Schedule schedule, Map<String, String> uids) {
        return new Schedule(
                schedule.account(),
                schedule.name(),
                uids.getOrDefault(schedule.name(), NONE + schedule.name()),
                schedule.chats(),
                schedule.due(),
                schedule.trouble());
    }
}
