package dev.beckon.bench.scale;

import dev.beckon.bench.report.Series;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured at one size.
 *
 * @param size how many campaigns there were, and as many schedules and accounts
 * @param added how many of each came in this step
 * @param schedules what the new schedules cost
 * @param launch what became of the new campaigns until each had its Job
 * @param lives what became of them until each was done or waited
 * @param rest what the operator did while nothing happened
 * @param restart what it took to be back
 * @param memory what it needed
 * @param seconds how long the step took, in all
 */
record Step(
        int size,
        int added,
        Schedules schedules,
        Launch launch,
        Lives lives,
        Rest rest,
        Restart restart,
        Memory memory,
        double seconds) {
    /** @param requests to the API server for each new schedule, by kind */
    record Schedules(double perSecond, SortedMap<String, Double> requests) {
        Schedules {
            requests = new TreeMap<>(requests);
        }
    }

    /** @param perSecond campaigns with a Job, wave by wave */
    record Launch(Series perSecond) {}

    /**
     * Whole lives of the new campaigns, their launch included.
     *
     * @param reads of the operator at the API server, for each campaign
     * @param writes the same
     * @param requests the same by kind
     * @param passP99Millis a pass of a controller over a resource
     * @param tellP99Seconds from the end of a campaign's last pod until the campaign says what became of it
     * @param seconds from when pods could run until all were done or waited
     */
    record Lives(
            double reads,
            double writes,
            SortedMap<String, Double> requests,
            double passMedianMillis,
            double passP99Millis,
            double tellMedianSeconds,
            double tellP99Seconds,
            double seconds) {
        Lives {
            requests = new TreeMap<>(requests);
        }
    }

    /**
     * What goes on at rest, each a minute.
     *
     * @param requests to the API server, but for the leader's lease
     * @param renewals of that
     * @param statements to the database
     * @param cpuPercent of one core
     */
    record Rest(double requests, double renewals, double statements, double cpuPercent) {}

    /**
     * After SIGTERM and a new start.
     *
     * @param readySeconds from its start until it said that it was ready
     * @param quietSeconds from SIGTERM until nothing was left to do
     * @param requests to the API server, in all
     */
    record Restart(double readySeconds, double quietSeconds, long requests) {}

    /**
     * In MiB.
     *
     * @param resident RSS at rest
     * @param peak the most RSS that it had, launches and lives included
     * @param live what its heap held after a full collection
     * @param residentAnew RSS when all was quiet after the restart
     */
    record Memory(double resident, double peak, double live, double residentAnew) {}
}
