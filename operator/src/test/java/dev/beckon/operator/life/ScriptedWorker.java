package dev.beckon.operator.life;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.RunResult.Ending;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands for the worker image. It writes to the ledger what a worker would, by the script that the campaign's target names,
 * and knows nothing of Telegram.
 */
public final class ScriptedWorker {
    /** The key of the worker's Secret with the port at which {@link Attendance} listens. */
    static final String ATTENDANCE = "attendance";

    /** The system property with the folder that stands for {@code /} outside of a pod ({@link ScriptedImage}). */
    static final String ROOT = "beckon.scripted.root";

    /** The environment variable of a pod in which only one run is to work. */
    static final String ONE_RUN = "BECKON_ONE_RUN_PER_POD";

    private static final Duration TERM = Duration.ofSeconds(8);
    /** In a script that takes its time, between two people or pages. */
    static final Duration PACE = Duration.ofMillis(700);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Ledger ledger;
    private final String redis;
    private final Socket attendance;

    private ScriptedWorker(Ledger ledger, String redis, Socket attendance) {
        this.ledger = ledger;
        this.redis = redis;
        this.attendance = attendance;
    }

    /** @param arguments the worker's subcommand */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (System.getenv(ONE_RUN) != null
                && !Path.of("/tmp/beckon-run").toFile().createNewFile()) {
            // Started again in its Deployment's pod: as a worker does, waits until it is taken away.
            Thread.currentThread().join();
        }
        WorkOrder order = WorkOrders.readOrder(Files.readString(mounted(Paths.WORK_ORDER)));
        LedgerConfig config = new LedgerConfig(secret("jdbc-url"), secret("username"), secret("password"))
                .withPoolSize(2)
                .withLeaseMargin(Duration.ofMillis(300));
        // Stays open as long as the process lives.
        Socket attendance = attend(arguments[0], order);
        int code;
        try (Ledger ledger = Ledger.open(config, LedgerKeys.fromJson(secret("keys.json")), InstantSource.system())) {
            ScriptedWorker worker = new ScriptedWorker(ledger, secret("redis-url"), attendance);
            CountDownLatch over = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> worker.terminated(over)));
            try {
                code = worker.run(order).code();
            } catch (LedgerException e) {
                code = end(ExitCode.LEDGER_UNAVAILABLE, Ending.WAITING, "LedgerUnavailable", e.getMessage())
                        .code();
            } finally {
                over.countDown();
            }
        }
        attendance.close();
        Runtime.getRuntime().halt(code);
    }

    private void terminated(CountDownLatch over) {
        stopped.countDown();
        try {
            boolean inTime = over.await(5, TimeUnit.SECONDS);
            if (!inTime) {
                Runtime.getRuntime().halt(ExitCode.LEDGER_UNAVAILABLE.code());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.OK.code());
    }

    private static String secret(String key) throws IOException {
        return Files.readString(mounted(Paths.LEDGER).resolve(key)).strip();
    }

    private static Path mounted(String path) {
        return Path.of(System.getProperty(ROOT, ""), path);
    }

    private static Socket attend(String task, WorkOrder order) throws IOException {
        AccountRef account = order.account();
        String owner = switch (order) {
            case InviteOrder invite ->
                invite.campaign().name() + "#" + invite.campaign().run();
            case ParseOrder parse -> parse.parser().name();
            case PublishOrder publish -> publish.schedule().name();
            default -> account.name();
        };
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(secret(ATTENDANCE)));
        String line = task + " " + account.uid() + " " + account.namespace() + "/" + owner + "\n";
        socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String holder() {
        return System.getenv("POD_NAME") + "/" + System.getenv("POD_UID");
    }

    private ExitCode run(WorkOrder order) throws IOException, InterruptedException {
        AccountRef account = order.account();
        ledger.accounts().register(account.uid(), account.namespace(), account.name());
        LeaseResult held = ledger.leases().acquire(account.uid(), holder(), priority(order), TERM);
        if (!(held instanceof LeaseResult.Acquired(Lease lease))) {
            return end(ExitCode.LEASE_HELD, Ending.WAITING, "Account", "Another one holds the lease.");
        }
        ExitCode code = switch (order) {
            case LoginOrder login -> new ScriptedLogin(ledger, login, new ScriptedHint(redis), attendance).run(lease);
            case InviteOrder invite -> new ScriptedInviter(ledger, invite, new ScriptedHint(redis), stopped).run(lease);
            case ParseOrder parse -> parse(lease, parse);
            case PublishOrder publish -> publish(lease, publish);
        };
        ledger.leases().release(lease);
        hint("account", account.uid());
        return code;
    }

    private static Priority priority(WorkOrder order) {
        return order instanceof PublishOrder
                ? Priority.Publish
                : order instanceof ParseOrder ? Priority.Parse : Priority.Invite;
    }

    private ExitCode publish(Lease lease, PublishOrder order) throws IOException {
        ScriptedPublisher.Said said = new ScriptedPublisher(ledger, order).publish(lease);
        hint("autopost", order.schedule().uid());
        return end(said.code(), said.ending(), said.word(), said.sentence());
    }

    private ExitCode parse(Lease lease, ParseOrder order) throws InterruptedException {
        ScriptedParser parser = new ScriptedParser(ledger, order);
        Dataset dataset = parser.begin(lease);
        boolean first = dataset.position() == 0;
        parser.goesOn(lease);
        while (!parser.isRead(dataset)) {
            dataset = parser.page(lease, dataset);
            hint("parser", order.parser().uid());
            if (first && order.source().equals("@script_waits")) {
                Instant then = Instant.now().plusSeconds(3);
                parser.waits(lease, then);
                return end(ExitCode.OK, Ending.WAITING, "FloodWait", "Waits for Telegram's flood wait to end.");
            }
            Duration pace = order.source().equals("@script_slow") ? PACE : Duration.ZERO;
            if (stopped.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
                return end(ExitCode.OK, Ending.YIELDED, "Stopped", "Asked to stop; the rest goes on later.");
            }
        }
        parser.complete(lease, dataset);
        hint("parser", order.parser().uid());
        return end(ExitCode.OK, Ending.COMPLETED, "Collected", "20 people.");
    }

    /** Ends as a worker does: with a result document and an exit code. */
    static ExitCode end(ExitCode code, Ending ending, String reason, String message) {
        RunResult result = new RunResult(1, ending, Optional.empty(), reason, message);
        try {
            Files.writeString(mounted(Paths.RESULT), WorkOrders.write(result));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return code;
    }

    private void hint(String kind, String uid) {
        new ScriptedHint(redis).send(kind, uid);
    }
}
