package dev.beckon.operator.autopost;

import dev.beckon.workorder.PublishOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * Names of the runs that the operator itself begins; those of the CronJob are named by the uids of its Jobs. The same wish always
 * gives the same name, so that whatever is begun twice is one run in the ledger. Pure.
 */
final class RunUids {
    private static final String NOW = PublishOrder.ASKED_FOR;
    private static final String LATE = "-late-";

    private RunUids() {}

    /** The run that a person asked for. */
    static String now(String scheduleUid, String word) {
        return scheduleUid + NOW + word;
    }

    static boolean isNow(String scheduleUid, String runUid) {
        return runUid.startsWith(scheduleUid + NOW);
    }

    /** The run that makes up for those that were missed, the last of them at that time. */
    static String late(String scheduleUid, Instant missed) {
        return scheduleUid + LATE + missed.getEpochSecond();
    }

    /** The time of the last missed run for which that one makes up; absent when it is none of these. */
    static Optional<Instant> missed(String scheduleUid, String runUid) {
        String prefix = scheduleUid + LATE;
        return Optional.of(runUid)
                .filter(it ->
                        it.startsWith(prefix) && it.substring(prefix.length()).matches("[0-9]{1,12}"))
                .map(it -> Instant.ofEpochSecond(Long.parseLong(it.substring(prefix.length()))));
    }
}
