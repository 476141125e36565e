package dev.beckon.operator.worker;

import dev.beckon.crd.WorkerTemplate;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of a worker, as a Job is made of it.
 *
 * @param task the worker's subcommand: {@code invite} or {@code login}
 * @param owner the resource that controls the Job
 * @param account which account's session it uses
 * @param run counts the runs of this owner and account, from 1
 * @param content digest of what the order asks for, whatever its run
 * @param failures how many runs before this one failed in a row
 * @param workOrder name of the Secret that holds the order
 * @param mounts besides the work order
 * @param pursues the run of its owner that it begins or goes on with; absent: the Job is a run of its own, known by its uid
 * @param due when the run was due by a schedule, if it was and the Job is not its CronJob's
 * @param ttl how long the Job stays after its end
 */
public record WorkerTask(
        String task,
        String jobName,
        HasMetadata owner,
        AccountId account,
        int run,
        String content,
        int failures,
        String workOrder,
        List<Mount> mounts,
        Optional<WorkerTemplate> template,
        Optional<String> pursues,
        Optional<Instant> due,
        Duration ttl) {

    /** One that no schedule had due. */
    public WorkerTask(
            String task,
            String jobName,
            HasMetadata owner,
            AccountId account,
            int run,
            String content,
            int failures,
            String workOrder,
            List<Mount> mounts,
            Optional<WorkerTemplate> template,
            Optional<String> pursues,
            Duration ttl) {
        this(
                task,
                jobName,
                owner,
                account,
                run,
                content,
                failures,
                workOrder,
                mounts,
                template,
                pursues,
                Optional.empty(),
                ttl);
    }

    /** Under a name that no other resource of Beckon wants. */
    WorkerTask apart(int longest) {
        return named(ChildNames.apart(jobName, owner.getMetadata().getUid(), longest));
    }

    private WorkerTask named(String name) {
        return new WorkerTask(
                task, name, owner, account, run, content, failures, workOrder, mounts, template, pursues, due, ttl);
    }

    /** A {@code TelegramAccount}. */
    public record AccountId(String name, String uid) {}
}
