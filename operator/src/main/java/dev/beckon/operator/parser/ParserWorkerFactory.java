package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobSpec;
import dev.beckon.crd.TelegramAccount;
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
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a parser into the order and task of a worker. Pure. */
public final class ParserWorkerFactory {
    private static final String TASK = "parse";
    private static final int DIGITS = 16;
    private static final int IDENTITY_DIGITS = 12;

    /** A wait longer than this gives the pod back, as a campaign's default. */
    private static final Duration HIBERNATE_AFTER = Duration.ofMinutes(5);

    private final Settings settings;
    private final AccountFiles accountFiles;

    public ParserWorkerFactory(Settings settings) {
        this.settings = settings;
        this.accountFiles = new AccountFiles(settings);
    }

    /**
     * The run of a parser without a schedule: the same for as long as it asks for the same people, however often it is
     * suspended, resumed or exported elsewhere; an edit of what is collected begins another.
     */
    public String singleRun(ParserJob parser) {
        ParserJobSpec spec = parser.getSpec();
        ParseOrder.Filters filters = filters(spec.filters());
        String asked = Stream.of(
                        spec.source(),
                        spec.account().name(),
                        spec.collect().name(),
                        filters.excludeBots(),
                        filters.excludeDeleted(),
                        filters.requireUsername(),
                        filters.activeWithin(),
                        filters.since(),
                        filters.query(),
                        spec.limit())
                .map(it -> ChildNames.sha256(it.toString()))
                .collect(Collectors.joining());
        return parser.getMetadata().getUid() + "-" + ChildNames.sha256(asked).substring(0, IDENTITY_DIGITS);
    }

    /**
     * The order of a run.
     *
     * @param pursues absent for the Jobs of a CronJob, each of which is a run of its own
     */
    public String order(ParserJob parser, TelegramAccount account, Optional<String> pursues) {
        ParserJobSpec spec = parser.getSpec();
        return WorkOrders.write(new ParseOrder(
                WorkOrder.VERSION,
                AccountFiles.reference(account),
                new ParseOrder.ParserRef(
                        parser.getMetadata().getNamespace(),
                        parser.getMetadata().getName(),
                        parser.getMetadata().getUid(),
                        // Of a CronJob's order the generation says nothing: it moves with each suspension.
                        pursues.isPresent() ? parser.getMetadata().getGeneration() : 0),
                pursues,
                spec.source(),
                ParseOrder.Collect.valueOf(spec.collect().name()),
                filters(spec.filters()),
                spec.limit(),
                HIBERNATE_AFTER,
                Optional.ofNullable(spec.export())
                        .map(it -> new ParseOrder.Export(
                                ParseOrder.Format.valueOf(it.format().name()),
                                it.volume().path())),
                Optional.of(spec.retention())));
    }

    /** How the parser's runs are made with the account. */
    public RunWork work(ParserJob parser, TelegramAccount account) {
        return new Work(parser, account);
    }

    private final class Work implements RunWork {
        private final ParserJob parser;
        private final TelegramAccount account;

        private Work(ParserJob parser, TelegramAccount account) {
            this.parser = parser;
            this.account = account;
        }

        @Override
        public String order(Optional<String> pursues) {
            return ParserWorkerFactory.this.order(parser, account, pursues);
        }

        @Override
        public WorkerTask task(RunCourse.Due due, String order) {
            return ParserWorkerFactory.this.task(parser, account, due, order);
        }

        @Override
        public WorkerTask scheduledTask(String order) {
            return ParserWorkerFactory.this.scheduledTask(parser, account, order);
        }

        @Override
        public Schedule schedule() {
            return ParserWorkerFactory.schedule(parser);
        }

        @Override
        public List<Wanted> prerequisites() {
            return ParserWorkerFactory.this.prerequisites(parser, account);
        }
    }

    private static ParseOrder.Filters filters(ParserJobSpec.Filters filters) {
        return new ParseOrder.Filters(
                filters.excludeBots(),
                filters.excludeDeleted(),
                filters.requireUsername(),
                Optional.ofNullable(filters.activeWithin()),
                Optional.ofNullable(filters.since()),
                Optional.ofNullable(filters.query()));
    }

    /** A digest of what a run asks for: when it differs from that of a Job, the parser was edited. */
    public String content(ParserJob parser, TelegramAccount account) {
        return ChildNames.sha256(order(parser, account, Optional.empty()) + volume(parser))
                .substring(0, DIGITS);
    }

    private static String volume(ParserJob parser) {
        return Optional.ofNullable(parser.getSpec().export())
                .map(it -> it.volume().claimName())
                .orElse("");
    }

    /** A Job that the operator makes. */
    public WorkerTask task(ParserJob parser, TelegramAccount account, RunCourse.Due due, String order) {
        String name = account.getMetadata().getName();
        String job = ChildNames.job(parser.getMetadata().getName(), name, due.number());
        return task(parser, account, job, due.number(), due.failures(), Optional.of(due.pursues()), order);
    }

    /** What the Jobs of its CronJob are made of. */
    public WorkerTask scheduledTask(ParserJob parser, TelegramAccount account, String order) {
        String name = ChildNames.cronJob(parser.getMetadata().getName());
        return task(parser, account, name, 0, 0, Optional.empty(), order);
    }

    private WorkerTask task(
            ParserJob parser,
            TelegramAccount account,
            String jobName,
            int number,
            int failures,
            Optional<String> pursues,
            String order) {
        String name = account.getMetadata().getName();
        List<Mount> mounts = new ArrayList<>(accountFiles.mounts(account));
        Optional.ofNullable(parser.getSpec().export())
                .ifPresent(it -> mounts.add(
                        Mount.claim("export", Paths.EXPORT, it.volume().claimName(), false)));
        return new WorkerTask(
                TASK,
                jobName,
                parser,
                new WorkerTask.AccountId(name, account.getMetadata().getUid()),
                number,
                content(parser, account),
                failures,
                ChildNames.workOrder(parser.getMetadata().getName(), TASK, order),
                mounts,
                Optional.ofNullable(parser.getSpec().worker()),
                pursues,
                settings.worker().jobTtl());
    }

    /** When its Jobs are made. A run that is due while the one before it has not ended is passed over. */
    public static Schedule schedule(ParserJob parser) {
        return new Schedule(
                parser.getSpec().schedule(),
                Optional.of(Objects.requireNonNullElse(parser.getSpec().timeZone(), "Etc/UTC")),
                ConcurrencyPolicy.Forbid,
                Optional.empty(),
                parser.getSpec().suspend());
    }

    /** What a worker of the parser mounts and must find. */
    public List<Wanted> prerequisites(ParserJob parser, TelegramAccount account) {
        List<Wanted> wanted = new ArrayList<>(accountFiles.prerequisites(account));
        Optional.ofNullable(parser.getSpec().export())
                .ifPresent(it -> wanted.add(new Wanted(
                        Kind.PersistentVolumeClaim,
                        parser.getMetadata().getNamespace(),
                        it.volume().claimName(),
                        List.of(),
                        Reason.VolumeMissing,
                        "the file of spec.export")));
        return wanted;
    }
}
