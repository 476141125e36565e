package dev.beckon.workorder;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Collect the people of a chat into a dataset with one account.
 *
 * @param datasetUid the run that is begun or continued; absent: the run is the Job's, whose uid the pod knows as {@code BECKON_RUN_UID}
 * @param source as the user wrote it: {@code @name}, link, invite link or id
 * @param limit at most so many people in the dataset, 1 or more
 * @param hibernateAfter a wait longer than this gives the pod back
 * @param retention how long the dataset's people are kept after its last page; absent: until somebody erases them
 */
public record ParseOrder(
        int version,
        AccountRef account,
        ParserRef parser,
        Optional<String> datasetUid,
        String source,
        Collect collect,
        Filters filters,
        int limit,
        Duration hibernateAfter,
        Optional<Export> export,
        Optional<Duration> retention)
        implements WorkOrder {

    /** Which parser; {@code uid} is its identity in the ledger. */
    public record ParserRef(String namespace, String name, String uid, long generation) {}

    /** Whom to collect. */
    public enum Collect {
        /** The chat's member list. */
        Members,
        /** Who wrote in the chat. */
        Authors
    }

    /**
     * Who is left out. What is not named is not asked.
     *
     * @param activeWithin only who was surely online within this time
     * @param since of authors: only messages that are not older
     * @param query of members: only those whose name or username has a word that begins so. Printed without it
     */
    public record Filters(
            boolean excludeBots,
            boolean excludeDeleted,
            boolean requireUsername,
            Optional<Duration> activeWithin,
            Optional<Instant> since,
            Optional<String> query) {
        @Override
        public String toString() {
            return "Filters[excludeBots=" + excludeBots + ", excludeDeleted=" + excludeDeleted + ", requireUsername="
                    + requireUsername + "]";
        }
    }

    /** @param path relative to {@link Paths#EXPORT} */
    public record Export(Format format, String path) {}

    /** How a dataset is written to a file. */
    public enum Format {
        Csv,
        Ndjson
    }

    /** Without the source, which may be a private invite link, and without the query, which may be a name. */
    @Override
    public String toString() {
        return "ParseOrder[" + parser.namespace() + "/" + parser.name() + ", generation=" + parser.generation()
                + ", account=" + account.name() + "]";
    }
}
