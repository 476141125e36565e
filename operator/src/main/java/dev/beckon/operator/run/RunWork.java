package dev.beckon.operator.run;

import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.operator.worker.WorkerJobs.Schedule;
import dev.beckon.operator.worker.WorkerTask;
import java.util.List;
import java.util.Optional;

/** How the runs of a resource are made, with the account that it has now. Pure. */
public interface RunWork {
    /**
     * The order of a run.
     *
     * @param pursues absent for the Jobs of a CronJob, each of which is a run of its own
     */
    String order(Optional<String> pursues);

    /** A Job that the operator makes. */
    WorkerTask task(RunCourse.Due due, String order);

    /** What the Jobs of its CronJob are made of. */
    WorkerTask scheduledTask(String order);

    /** When its CronJob makes Jobs; asked only of a resource with a schedule. */
    Schedule schedule();

    /** What a worker mounts and must find. */
    List<Wanted> prerequisites();
}
