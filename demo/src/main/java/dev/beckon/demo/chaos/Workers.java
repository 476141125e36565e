package dev.beckon.demo.chaos;

import dev.beckon.demo.DaytimeZone;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Leases;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Starts workers on a run's servers, and leaves none behind. */
final class Workers implements Workshop, AutoCloseable {
    private static final Duration A_WISH_STANDS = Duration.ofMinutes(5);

    private final Queue<WorkerProcess> started = new ConcurrentLinkedQueue<>();
    private final AtExit killAll = new AtExit(this::endAll);
    private final Orders orders = new Orders(DaytimeZone.at(Instant.now()));
    private final Path state;
    private final WorkerProgram program;
    private final Map<String, String> secret;
    private final Supplier<Leases> leases;
    private final StepJournal journal;
    private volatile boolean ended;

    /**
     * @param state where each worker has its folder
     * @param secret what the Secret with the ledger's access holds
     * @param leases for what the operator says to the workers
     */
    Workers(
            Path state,
            WorkerProgram program,
            Map<String, String> secret,
            Supplier<Leases> leases,
            StepJournal journal) {
        this.state = state;
        this.program = program;
        this.secret = secret;
        this.leases = leases;
        this.journal = journal;
    }

    @Override
    public WorkerProcess login(Account account, String name, Optional<Sabotage> sabotage) {
        Map<String, Map<String, String>> files = files();
        files.put(Paths.LOGIN, WorldYaml.credentials(account));
        return start("login", orders.login(account), name, files, sabotage);
    }

    @Override
    public WorkerProcess work(Account account, Work work, int start, String name, Optional<Sabotage> sabotage) {
        Map<String, Map<String, String>> files = files();
        return switch (work) {
            case Work.Invite invite -> {
                files.put(Paths.AUDIENCE, Map.of(Orders.AUDIENCE, Orders.audience(invite.campaign())));
                yield start("invite", orders.invite(account, invite, start), name, files, sabotage);
            }
            case Work.Listen listen -> start("invite", orders.listen(account, listen, start), name, files, sabotage);
            case Work.Parse parse -> start("parse", orders.parse(parse), name, files, sabotage);
            case Work.Publish publish -> start("publish", orders.publish(publish), name, files, sabotage);
        };
    }

    @Override
    public boolean wishes(Account account, Work work) {
        return said(() -> leases.get().wish(account.uid(), work.uid(), work.priority(), Urgency.Now, A_WISH_STANDS));
    }

    @Override
    public boolean withdraws(Account account, Work work) {
        return said(() -> leases.get().withdraw(account.uid(), work.uid()));
    }

    private static boolean said(Runnable words) {
        try {
            words.run();
            return true;
        } catch (LedgerUnavailableException e) {
            // It was killed on purpose; said again at the next look.
            return false;
        }
    }

    private WorkerProcess start(
            String command,
            WorkOrder order,
            String run,
            Map<String, Map<String, String>> files,
            Optional<Sabotage> sabotage) {
        // A folder of its own for each: a frozen worker and its successor are two pods.
        WorkerFolder folder = new WorkerFolder(folder(state).resolve(run));
        folder.prepare(order, files);
        folder.mountVolume(volume(state, order.account().name()));
        WorkerProcess worker = WorkerProcess.start(
                program, run, command, folder, sabotage, folder.root().resolve("worker.log"));
        started.add(worker);
        // Looked at after the worker was noted: whoever ends the run meanwhile either finds the
        // worker or is found here.
        if (ended) {
            worker.close();
            throw new IllegalStateException("The run has ended; no worker is started any more.");
        }
        return worker;
    }

    private Map<String, Map<String, String>> files() {
        Map<String, Map<String, String>> files = new HashMap<>();
        files.put(Paths.LEDGER, secret);
        files.put(Paths.TELEGRAM_APP, application());
        return files;
    }

    /** What the Secret with the Telegram application holds. */
    static Map<String, String> application() {
        return Map.of("api-id", "12345", "api-hash", "0123456789abcdef0123456789abcdef");
    }

    /** The volume to which the parsers of an account export. */
    static Path volume(Path state, String account) {
        return state.resolve("volumes").resolve(account);
    }

    /** Holds a folder for each worker. */
    static Path folder(Path state) {
        return state.resolve("pods");
    }

    @Override
    public StepJournal journal() {
        return journal;
    }

    private void endAll() {
        ended = true;
        started.forEach(WorkerProcess::close);
    }

    @Override
    public void close() {
        killAll.close();
    }
}
