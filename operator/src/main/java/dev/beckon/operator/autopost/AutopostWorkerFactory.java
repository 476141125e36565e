package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostContent;
import dev.beckon.crd.AutopostContent.ImageKey;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleSpec;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.content.PostKeys;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunWork;
import dev.beckon.operator.worker.AccountFiles;
import dev.beckon.operator.worker.ChildNames;
import dev.beckon.operator.worker.Files.Kind;
import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.operator.worker.Mount;
import dev.beckon.operator.worker.WorkerJobs.ConcurrencyPolicy;
import dev.beckon.operator.worker.WorkerJobs.Schedule;
import dev.beckon.operator.worker.WorkerTask;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Renders a schedule into the order and task of a worker. Pure. */
public final class AutopostWorkerFactory {
    private static final String TASK = "publish";
    private static final int DIGITS = 16;

    /** A wait longer than this gives the pod back, as a campaign's default. */
    private static final Duration HIBERNATE_AFTER = Duration.ofMinutes(5);

    private final Settings settings;
    private final AccountFiles accountFiles;

    public AutopostWorkerFactory(Settings settings) {
        this.settings = settings;
        this.accountFiles = new AccountFiles(settings);
    }

    /** How the schedule's runs are made with the account. */
    public RunWork work(AutopostSchedule schedule, TelegramAccount account) {
        return work(schedule, account, _ -> Optional.empty());
    }

    /**
     * The same.
     *
     * @param due when a run was due, as far as that is known
     */
    RunWork work(AutopostSchedule schedule, TelegramAccount account, Function<String, Optional<Instant>> due) {
        return new Work(schedule, account, due);
    }

    /** A digest of what a run asks for: when it differs from that of a Job, the schedule was edited. */
    public String content(AutopostSchedule schedule, TelegramAccount account) {
        String mounted = contentMounts(schedule.getSpec().content()).toString();
        return ChildNames.sha256(work(schedule, account).order(Optional.empty()) + mounted)
                .substring(0, DIGITS);
    }

    /** The zone of its CronJob. */
    static String zone(AutopostSchedule schedule) {
        return Objects.requireNonNullElse(schedule.getSpec().timeZone(), "Etc/UTC");
    }

    private final class Work implements RunWork {
        private final AutopostSchedule schedule;
        private final AutopostScheduleSpec spec;
        private final TelegramAccount account;
        private final Function<String, Optional<Instant>> dueOf;

        private Work(AutopostSchedule schedule, TelegramAccount account, Function<String, Optional<Instant>> dueOf) {
            this.schedule = schedule;
            this.spec = schedule.getSpec();
            this.account = account;
            this.dueOf = dueOf;
        }

        @Override
        public String order(Optional<String> pursues) {
            return WorkOrders.write(new PublishOrder(
                    WorkOrder.VERSION,
                    AccountFiles.reference(account),
                    new PublishOrder.ScheduleRef(
                            schedule.getMetadata().getNamespace(),
                            schedule.getMetadata().getName(),
                            schedule.getMetadata().getUid(),
                            // Of a CronJob's order the generation says nothing: it moves with each suspension.
                            pursues.isPresent() ? schedule.getMetadata().getGeneration() : 0),
                    spec.targets(),
                    ordered(spec.content()),
                    PublishOrder.Order.valueOf(spec.order().name()),
                    PublishOrder.WhenExhausted.valueOf(spec.whenExhausted().name()),
                    pursues,
                    Optional.of(Duration.ofSeconds(spec.startingDeadlineSeconds())),
                    HIBERNATE_AFTER,
                    earlierRuns(pursues)));
        }

        /** Who has a post published now wishes for one more, not for another one. */
        private Optional<PublishOrder.EarlierRuns> earlierRuns(Optional<String> pursues) {
            boolean asked = pursues.filter(
                            it -> RunUids.isNow(schedule.getMetadata().getUid(), it))
                    .isPresent();
            return spec.concurrencyPolicy() == AutopostScheduleSpec.ConcurrencyPolicy.Replace && !asked
                    ? Optional.of(PublishOrder.EarlierRuns.Replace)
                    : Optional.empty();
        }

        @Override
        public WorkerTask task(RunCourse.Due due, String order) {
            String job = ChildNames.job(
                    schedule.getMetadata().getName(), account.getMetadata().getName(), due.number());
            return task(
                    job, due.number(), due.failures(), Optional.of(due.pursues()), dueOf.apply(due.pursues()), order);
        }

        @Override
        public WorkerTask scheduledTask(String order) {
            String name = ChildNames.cronJob(schedule.getMetadata().getName());
            return task(name, 0, 0, Optional.empty(), Optional.empty(), order);
        }

        private WorkerTask task(
                String job, int number, int failures, Optional<String> pursues, Optional<Instant> due, String order) {
            List<Mount> mounts = new ArrayList<>(accountFiles.mounts(account));
            mounts.addAll(contentMounts(spec.content()));
            return new WorkerTask(
                    TASK,
                    job,
                    schedule,
                    new WorkerTask.AccountId(
                            account.getMetadata().getName(),
                            account.getMetadata().getUid()),
                    number,
                    content(schedule, account),
                    failures,
                    ChildNames.workOrder(schedule.getMetadata().getName(), TASK, order),
                    mounts,
                    Optional.ofNullable(spec.worker()),
                    pursues,
                    due,
                    settings.worker().jobTtl());
        }

        @Override
        public Schedule schedule() {
            return new Schedule(
                    spec.schedule(),
                    Optional.of(zone(schedule)),
                    ConcurrencyPolicy.valueOf(spec.concurrencyPolicy().name()),
                    Optional.of(Duration.ofSeconds(spec.startingDeadlineSeconds())),
                    spec.suspend());
        }

        @Override
        public List<Wanted> prerequisites() {
            String namespace = schedule.getMetadata().getNamespace();
            List<Wanted> wanted = new ArrayList<>(accountFiles.prerequisites(account));
            Optional.ofNullable(spec.content().configMapRef())
                    .ifPresent(it -> wanted.add(new Wanted(
                            Kind.ConfigMap,
                            namespace,
                            it.name(),
                            List.of(),
                            Reason.ContentMissing,
                            "the posts of spec.content")));
            images(spec.content())
                    .forEach((name, keys) -> wanted.add(new Wanted(
                            Kind.ConfigMap,
                            namespace,
                            name,
                            List.copyOf(keys),
                            Reason.ContentMissing,
                            "images of spec.content")));
            return wanted;
        }
    }

    private static PublishOrder.Content ordered(AutopostContent content) {
        return content.configMapRef() != null
                ? new PublishOrder.Content.Folder("")
                : new PublishOrder.Content.Inline(inline(content));
    }

    /** Posts that are written into the schedule, as a worker is told of them. */
    static List<PublishOrder.Post> inline(AutopostContent content) {
        return content.posts().stream()
                .map(post -> new PublishOrder.Post(
                        Optional.ofNullable(post.name()),
                        post.text(),
                        Optional.ofNullable(post.image())
                                .map(AutopostContent.Image::configMapRef)
                                .map(it -> it.name() + "/" + it.key())))
                .toList();
    }

    /** Of posts that are written into the schedule, the keys by which the ledger knows them. */
    static List<String> inlineKeys(AutopostContent content) {
        return inline(content).stream()
                .map(post -> post.name().orElseGet(() -> PostKeys.unnamed(post.text(), post.image())))
                .toList();
    }

    /** The ConfigMap of the posts, or those of the images of posts that are written into the schedule, each in a folder of its name. */
    private static List<Mount> contentMounts(AutopostContent content) {
        if (content.configMapRef() != null) {
            return List.of(
                    Mount.configMap("posts", Paths.POSTS, content.configMapRef().name()));
        }
        List<Mount> mounts = new ArrayList<>();
        images(content)
                .forEach((name, keys) -> mounts.add(Mount.configMap(
                        "images-" + mounts.size(), Paths.POSTS + "/" + name, name, keys.toArray(String[]::new))));
        return mounts;
    }

    /** Keys of the images of posts that are written into the schedule, by ConfigMap. */
    static Map<String, SortedSet<String>> images(AutopostContent content) {
        Map<String, SortedSet<String>> images = new TreeMap<>();
        content.posts().stream()
                .map(AutopostContent.Post::image)
                .filter(Objects::nonNull)
                .map(AutopostContent.Image::configMapRef)
                .forEach((ImageKey it) -> images.computeIfAbsent(it.name(), key -> new TreeSet<>())
                        .add(it.key()));
        return images;
    }
}
