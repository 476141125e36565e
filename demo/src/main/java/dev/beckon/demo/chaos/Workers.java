package dev.beckon.demo.chaos;

import dev.beckon.demo.DaytimeZone;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Starts workers on a run's servers, and leaves none behind. */
final class Workers implements AccountLife.Workshop, AutoCloseable {
    private final Queue<WorkerProcess> started = new ConcurrentLinkedQueue<>();
    private final AtExit killAll = new AtExit(this::endAll);
    private final Orders orders = new Orders(DaytimeZone.at(Instant.now()));
    private final Path state;
    private final WorkerProgram program;
    private final Map<String, String> secret;
    private final StepJournal journal;
    private volatile boolean ended;

    /**
     * @param state where each worker has its folder
     * @param secret what the Secret with the ledger's access holds
     */
    Workers(Path state, WorkerProgram program, Map<String, String> secret, StepJournal journal) {
        this.state = state;
        this.program = program;
        this.secret = secret;
        this.journal = journal;
    }

    @Override
    public WorkerProcess login(Account account, String run) {
        Map<String, Map<String, String>> files = files();
        files.put(Paths.LOGIN, Map.of("phone", account.phone(), "code", WorldYaml.LOGIN_CODE));
        return start("login", orders.login(account), run, files, Optional.empty());
    }

    @Override
    public WorkerProcess invite(Account account, Campaign campaign, int run, String name, Optional<Sabotage> sabotage) {
        Map<String, Map<String, String>> files = files();
        files.put(Paths.AUDIENCE, Map.of(Orders.AUDIENCE, Orders.audience(campaign)));
        return start("invite", orders.invite(account, campaign, run), name, files, sabotage);
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
