package dev.beckon.operator.life;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.LeaseResult.Renewal;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LeaseResult.Yield;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.ClaimResult;
import dev.beckon.ledger.invite.OpenRequest;
import dev.beckon.ledger.invite.OpenResult;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.people.Consent;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.RunResult.Ending;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Stands for the worker image. It writes to the ledger what a worker would, by the script that the campaign's target names,
 * and knows nothing of Telegram.
 */
public final class ScriptedWorker {
    /** The key of the worker's Secret with the port at which {@link Attendance} listens. */
    static final String ATTENDANCE = "attendance";

    private static final Duration TERM = Duration.ofSeconds(8);
    /** In a script that takes its time, between two people. */
    private static final Duration PACE = Duration.ofMillis(700);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Ledger ledger;
    private final String redis;

    private ScriptedWorker(Ledger ledger, String redis) {
        this.ledger = ledger;
        this.redis = redis;
    }

    /** @param arguments the worker's subcommand */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        WorkOrder order = WorkOrders.readOrder(Files.readString(Path.of(Paths.WORK_ORDER)));
        LedgerConfig config = new LedgerConfig(secret("jdbc-url"), secret("username"), secret("password"))
                .withPoolSize(2)
                .withLeaseMargin(Duration.ofMillis(300));
        // Stays open as long as the process lives.
        Socket attendance = attend(arguments[0], order);
        int code;
        try (Ledger ledger = Ledger.open(config, LedgerKeys.fromJson(secret("keys.json")), InstantSource.system())) {
            ScriptedWorker worker = new ScriptedWorker(ledger, secret("redis-url"));
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
        return Files.readString(Path.of(Paths.LEDGER, key)).strip();
    }

    private static Socket attend(String task, WorkOrder order) throws IOException {
        AccountRef account = order.account();
        String owner = switch (order) {
            case InviteOrder invite ->
                invite.campaign().name() + "#" + invite.campaign().run();
            case ParseOrder parse -> parse.parser().name();
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

    private ExitCode run(WorkOrder order) throws InterruptedException {
        AccountRef account = order.account();
        ledger.accounts().register(account.uid(), account.namespace(), account.name());
        LeaseResult held = ledger.leases().acquire(account.uid(), holder(), priority(order), TERM);
        if (!(held instanceof LeaseResult.Acquired(Lease lease))) {
            return end(ExitCode.LEASE_HELD, Ending.WAITING, "Account", "Another one holds the lease.");
        }
        ExitCode code = switch (order) {
            case LoginOrder login -> login(lease, login);
            case InviteOrder invite -> invite(lease, invite);
            case ParseOrder parse -> parse(lease, parse);
        };
        ledger.leases().release(lease);
        hint("account", account.uid());
        return code;
    }

    private static Priority priority(WorkOrder order) {
        return order instanceof ParseOrder ? Priority.Parse : Priority.Invite;
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

    private ExitCode login(Lease lease, LoginOrder order) {
        Optional<String> phone = mounted(Paths.LOGIN + "/phone");
        if (phone.filter(it -> it.startsWith("+490")).isPresent()) {
            return end(
                    ExitCode.LOGIN_REFUSED,
                    Ending.FAULT,
                    "LoginRefused",
                    "Telegram refused the login (PHONE_NUMBER_INVALID): correct the Secret of spec.login.secretRef.");
        }
        long user = Math.abs((long) order.account().uid().hashCode()) + 1;
        ledger.accounts().loggedIn(lease, new Accounts.Profile(user, Optional.empty(), "Alice", Optional.empty()));
        return end(ExitCode.OK, Ending.COMPLETED, "LoggedIn", "The account is logged in.");
    }

    private ExitCode invite(Lease lease, InviteOrder order) throws InterruptedException {
        load(order);
        // What an earlier worker left open when it died: this Telegram always says that it was done.
        ledger.intents().openOf(lease).forEach(it -> ledger.intents().settle(lease, it, Settlement.invited()));
        hint("campaign", order.campaign().uid());
        boolean first = order.campaign().run() == 1;
        ExitCode code = switch (order.target()) {
            case "@script_waits" -> first ? waits(lease, order) : everybody(lease, order, Duration.ZERO);
            case "@script_breaks" -> first ? breaks(lease, order) : everybody(lease, order, Duration.ZERO);
            case "@script_slow" -> everybody(lease, order, PACE);
            case "@script_edited" -> everybody(lease, order, order.campaign().generation() == 1 ? PACE : Duration.ZERO);
            case "@script_no_chat" ->
                end(
                        ExitCode.CAMPAIGN_FAULT,
                        Ending.FAULT,
                        "ChatNotFound",
                        "spec.target: Telegram knows no chat @script_no_chat (USERNAME_NOT_OCCUPIED).");
            default -> everybody(lease, order, Duration.ZERO);
        };
        hint("campaign", order.campaign().uid());
        return code;
    }

    private void load(InviteOrder order) {
        ledger.campaigns()
                .register(
                        order.campaign().uid(),
                        order.campaign().namespace(),
                        order.campaign().name(),
                        order.accountUids());
        List<InviteOrder.Person> people =
                order.audience() instanceof InviteOrder.Audience.Inline(var inline) ? inline : List.of();
        byte[] lines = people.stream()
                .map(person -> "@" + person.username().orElseThrow())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
        AudienceSource source = () -> new ByteArrayInputStream(lines);
        ledger.audienceImport().run(order.campaign().uid(), source, Consent.of(Consent.Basis.OptIn));
    }

    private ExitCode waits(Lease lease, InviteOrder order) {
        one(lease, order);
        Instant then = Instant.now().plusSeconds(3);
        ledger.campaigns().waits(lease, order.campaign().uid(), Optional.of(then), Optional.of("FloodWait"));
        return end(ExitCode.OK, Ending.WAITING, "FloodWait", "Waits for Telegram's flood wait to end.");
    }

    private ExitCode breaks(Lease lease, InviteOrder order) {
        one(lease, order);
        ledger.breakers().tripCampaign(lease, order.campaign().uid(), "FailureRatio", "Too many attempts failed");
        return end(ExitCode.OK, Ending.PAUSED, "FailureRatio", "Paused until someone acknowledges the breaker.");
    }

    private ExitCode everybody(Lease lease, InviteOrder order, Duration pace) throws InterruptedException {
        Instant sliceEnd = Instant.now().plus(order.slice());
        Lease held = lease;
        ledger.campaigns().waits(held, order.campaign().uid(), Optional.empty(), Optional.empty());
        while (one(held, order)) {
            hint("campaign", order.campaign().uid());
            if (stopped.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
                return end(ExitCode.OK, Ending.YIELDED, "Stopped", "Asked to stop; the rest goes on later.");
            }
            if (!(ledger.leases().renew(held) instanceof Renewal.Renewed(Lease renewed, Optional<Yield> wish))) {
                return end(ExitCode.LEASE_HELD, Ending.WAITING, "Account", "The lease was lost.");
            }
            held = renewed;
            if (wish.filter(it -> it.urgency() == Urgency.Now || Instant.now().isAfter(sliceEnd))
                    .isPresent()) {
                return end(ExitCode.OK, Ending.YIELDED, "Account", "Another one waits; the rest goes on later.");
            }
        }
        return end(ExitCode.OK, Ending.COMPLETED, "AllDone", "Nobody is left to contact with this account.");
    }

    /** Invites the next person. False when none is left. */
    private boolean one(Lease lease, InviteOrder order) {
        if (!(ledger.claims().next(lease, order.campaign().uid()) instanceof ClaimResult.Claimed(Claim claim))) {
            return false;
        }
        long chat = -1_000_000_000_000L - Math.abs((long) order.campaign().uid().hashCode());
        OpenRequest request =
                new OpenRequest(chat, Action.Invite, claim.person().identities(), Optional.empty(), 100_000, 100_000);
        if (ledger.intents().open(lease, claim, request) instanceof OpenResult.Opened opened) {
            ledger.intents().settle(lease, opened.intent(), Settlement.invited());
        }
        return true;
    }

    private static Optional<String> mounted(String path) {
        try {
            return Files.exists(Path.of(path))
                    ? Optional.of(Files.readString(Path.of(path)).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ExitCode end(ExitCode code, Ending ending, String reason, String message) {
        RunResult result = new RunResult(1, ending, Optional.empty(), reason, message);
        try {
            Files.writeString(Path.of(Paths.RESULT), WorkOrders.write(result));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return code;
    }

    /** As a worker does: lost when nobody listens. */
    private void hint(String kind, String uid) {
        String message = "{\"" + kind + "\":\"" + uid + "\"}";
        String command =
                "*3\r\n$7\r\nPUBLISH\r\n$12\r\nbeckon:hints\r\n$" + message.length() + "\r\n" + message + "\r\n";
        int colon = redis.lastIndexOf(':');
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(redis.substring(colon + 1)))) {
            socket.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            socket.setSoTimeout(500);
            socket.getInputStream().read();
        } catch (IOException e) {
            System.out.println("No hint: Redis does not answer");
        }
    }
}
