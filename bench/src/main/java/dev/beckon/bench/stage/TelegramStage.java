package dev.beckon.bench.stage;

import dev.beckon.demo.DaytimeZone;
import dev.beckon.demo.Progress;
import dev.beckon.demo.chaos.WorkerFolder;
import dev.beckon.demo.environment.Database;
import dev.beckon.demo.environment.Programs;
import dev.beckon.demo.environment.Servers;
import dev.beckon.demo.environment.Trees;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.InviteOrder.Audience;
import dev.beckon.workorder.InviteOrder.Breaker;
import dev.beckon.workorder.InviteOrder.CampaignRef;
import dev.beckon.workorder.InviteOrder.Consent;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.InviteOrder.Pacing;
import dev.beckon.workorder.InviteOrder.Retry;
import dev.beckon.workorder.InviteOrder.Window;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ledger, Redis and Telegram with two accounts of equal rights, one for a worker and one for the old way. */
public final class TelegramStage implements AutoCloseable {
    private static final int GUESTS = 50_000;
    private static final int MANY = 1_000_000;

    /** An account of the world, owner of a chat of its own. */
    public enum Account {
        WORKER(1_000_001, "+491701000001"),
        ENGINE(1_000_002, "+491701000002"),
        OLD_WAY(1_000_003, "+491701000003"),
        SLEEPER(1_000_004, "+491701000004");

        private final long userId;
        private final String phone;

        Account(long userId, String phone) {
            this.userId = userId;
            this.phone = phone;
        }

        public long userId() {
            return userId;
        }

        public String phone() {
            return phone;
        }

        /** Its chat's public name. */
        public String chat() {
            return "chat_of_" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Path state;
    private final Programs programs;
    private final Telethon telethon;
    private final Servers servers;
    private int guests;
    private int runs;

    TelegramStage(Path state, Programs programs, Telethon telethon) {
        this.state = state;
        this.programs = programs;
        this.telethon = telethon;
        Path world = state.resolve("world.yaml");
        // What an earlier run that was killed left running.
        new Servers(state, world).down();
        Trees.delete(state);
        write(world, world());
        this.servers = new Servers(state, world);
    }

    private static String world() {
        StringBuilder world = new StringBuilder("people:\n");
        for (Account account : Account.values()) {
            world.append("  - {id: %d, username: %s, phone: \"%s\"}%n"
                    .formatted(account.userId, "owner_of_" + account.chat(), account.phone));
        }
        world.append("  - generate: {count: %d, prefix: guest}%nchats:%n".formatted(GUESTS));
        for (Account account : Account.values()) {
            world.append("  - {title: Chat, username: %s, owner: %s}%n"
                    .formatted(account.chat(), "owner_of_" + account.chat()));
        }
        return world.toString();
    }

    void up() {
        servers.up(new Progress());
        try (Started login = Started.of(worker(
                "login",
                new LoginOrder(WorkOrder.VERSION, account(), LoginOrder.Method.PhoneCode),
                Map.of(Paths.LOGIN, Map.of("phone", Account.WORKER.phone, "code", "12345")),
                servers.telegram().proxy()))) {
            login.await("the worker's login");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a worker logged in", e);
        }
    }

    public Servers servers() {
        return servers;
    }

    /** A connection to the database with every right; to be closed. */
    public Connection admin() throws SQLException {
        return DriverManager.getConnection(servers.database().url(), Database.ADMIN, servers.adminPassword());
    }

    /** Whether the build made an AOT cache for the worker. */
    public boolean workerHasAotCache() {
        return programs.workerCommand().stream().anyMatch(word -> word.startsWith("-XX:AOTCache"));
    }

    public TruthDoor truth() {
        return new TruthDoor(servers.telegram().truth());
    }

    public Path folder() {
        return state;
    }

    /** The number of the first of so many guests whom nobody has met yet. */
    public int newGuests(int count) {
        int first = guests + 1;
        guests += count;
        if (guests > GUESTS) {
            throw new IllegalStateException("the world holds only " + GUESTS + " guests");
        }
        return first;
    }

    /**
     * A worker that invites guests without pauses and limits: the product's own program, and a work order that only the
     * operator would refuse to write.
     */
    public ProcessBuilder invite(int first, int count) {
        String csv = IntStream.range(first, first + count)
                .mapToObj(number -> "guest" + number)
                .collect(Collectors.joining("\n", "username\n", "\n"));
        return worker(
                "invite",
                order(),
                Map.of(Paths.AUDIENCE, Map.of("audience.csv", csv)),
                servers.telegram().proxy());
    }

    /** The old way's script for guests, with one INSERT a person. */
    public ProcessBuilder oldWay(int first, int count) {
        return script(
                first,
                count,
                Map.of(
                        "DB_PORT", String.valueOf(servers.database().port()),
                        "DB_USER", Database.ADMIN,
                        "DB_PASSWORD", servers.adminPassword()));
    }

    /** The same without a database. */
    public ProcessBuilder telethonAlone(int first, int count) {
        return script(first, count, Map.of());
    }

    private ProcessBuilder script(int first, int count, Map<String, String> environment) {
        return telethon.script(
                "old_way.py",
                List.of(
                        String.valueOf(servers.telegram().port()),
                        servers.telegram().publicKeyFile(),
                        state.resolve("old-way.session").toString(),
                        Account.OLD_WAY.phone,
                        Account.OLD_WAY.chat(),
                        "guest",
                        String.valueOf(first),
                        String.valueOf(count)),
                environment);
    }

    /** A script of the old way that sleeps; it prints a line when it does. */
    public ProcessBuilder sleeper() {
        return telethon.script(
                "sleeper.py",
                List.of(
                        String.valueOf(servers.telegram().port()),
                        servers.telegram().publicKeyFile(),
                        Account.SLEEPER.phone),
                Map.of());
    }

    private ProcessBuilder worker(
            String command, WorkOrder order, Map<String, Map<String, String>> more, String proxy) {
        String run = command + "-" + ++runs;
        WorkerFolder folder = new WorkerFolder(state.resolve("pods").resolve(run));
        Map<String, Map<String, String>> files = new HashMap<>(more);
        files.put(Paths.LEDGER, servers.workerSecret());
        files.put(Paths.TELEGRAM_APP, Map.of("api-id", "12345", "api-hash", "0123456789abcdef0123456789abcdef"));
        folder.prepare(order, files);
        List<String> words = new java.util.ArrayList<>(programs.workerCommand());
        words.add(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.root().resolve("worker.log").toFile());
        builder.environment().put("BECKON_TDLIB_LIBRARY", servers.telegram().library());
        builder.environment().put("BECKON_TELEGRAM_PROXY", proxy);
        builder.environment().put("BECKON_ROOT", folder.root().toString());
        builder.environment().put("POD_NAME", run);
        builder.environment().put("POD_UID", run);
        return builder;
    }

    private InviteOrder order() {
        return new InviteOrder(
                WorkOrder.VERSION,
                account(),
                new CampaignRef("bench", "campaign-" + runs, "campaign-" + runs, 1, 1),
                List.of(account().uid()),
                "@" + Account.WORKER.chat(),
                new Audience.File("audience.csv"),
                new Consent(Optional.of("OptIn"), Optional.of("bench")),
                Mode.InviteOrLink,
                Optional.of("Hello {{first_name}}, this is {{chat}}: {{link}}"),
                new Pacing(
                        Duration.ZERO,
                        Duration.ZERO,
                        new Window(
                                "08:00",
                                "22:00",
                                DaytimeZone.at(Instant.now()),
                                List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
                        MANY,
                        Duration.ofMinutes(5)),
                new Retry(5, Duration.ofSeconds(1)),
                new Breaker(1, 1_000),
                Optional.empty(),
                Duration.ofMinutes(10));
    }

    private static AccountRef account() {
        return new AccountRef(
                "bench", "worker", "account-worker", new AccountRef.Limits(MANY, MANY, MANY, MANY), Optional.empty());
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        servers.down();
    }
}
