package dev.beckon.bench.stage;

import dev.beckon.demo.Progress;
import dev.beckon.demo.chaos.WorkerFolder;
import dev.beckon.demo.chaos.testbuild.TestBuild;
import dev.beckon.demo.environment.Database;
import dev.beckon.demo.environment.Programs;
import dev.beckon.demo.environment.Servers;
import dev.beckon.demo.environment.Trees;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ledger, Redis and Telegram with two accounts of equal rights, one for a worker and one for the old way. */
public final class TelegramStage implements AutoCloseable {
    /** Whose lease the workers take. */
    public static final String ACCOUNT_UID = BenchOrders.ACCOUNT_UID;

    private static final int GUESTS = 50_000;

    private final Path state;
    private static final String AOT_CACHE = "-XX:AOTCache";

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
        write(world, Account.world(GUESTS));
        this.servers = new Servers(state, world);
    }

    void up() {
        servers.up(new Progress());
        try (Started login = Started.of(worker(
                programs.workerCommand(),
                "login",
                BenchOrders.login(),
                Map.of(Paths.LOGIN, Map.of("phone", Account.WORKER.phone(), "code", "12345")),
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
        return programs.workerCommand().stream().anyMatch(word -> word.startsWith(AOT_CACHE));
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

    /** A worker that invites guests with the shortest pause and the highest limits: the product's own program. */
    public ProcessBuilder invite(int first, int count) {
        return invite(first, count, BenchOrders.invite("campaign-" + (runs + 1)), programs.workerCommand());
    }

    /** The same without pauses and limits: a test build of which only the order's ceilings are taken out. */
    public ProcessBuilder inviteWithoutLimits(int first, int count) {
        Path limitless = state.resolve("limitless.jar");
        TestBuild.writeLimitless(limitless);
        List<String> command = programs.workerCommand().stream()
                // The cache fits the class path that it was made for.
                .filter(word -> !word.startsWith(AOT_CACHE))
                .map(word -> word.endsWith("/lib/*") ? limitless + ":" + word : word)
                .toList();
        return invite(first, count, BenchOrders.inviteWithoutLimits("campaign-" + (runs + 1)), command);
    }

    private ProcessBuilder invite(int first, int count, WorkOrder order, List<String> program) {
        String csv = IntStream.range(first, first + count)
                .mapToObj(number -> "guest" + number)
                .collect(Collectors.joining("\n", "username\n", "\n"));
        return worker(
                program,
                "invite",
                order,
                Map.of(Paths.AUDIENCE, Map.of(BenchOrders.AUDIENCE, csv)),
                servers.telegram().proxy());
    }

    /**
     * A worker that collects a group's members into the ledger and a CSV file.
     *
     * @param volume where the file comes to
     */
    public ProcessBuilder parse(String group, Path volume) {
        String run = "parser-" + (runs + 1);
        ProcessBuilder worker = worker(
                programs.workerCommand(),
                "parse",
                BenchOrders.parse(run, group),
                Map.of(),
                servers.telegram().proxy());
        Path mount = Path.of(worker.environment().get("BECKON_ROOT")).resolve(Paths.EXPORT.substring(1));
        try {
            Files.createDirectories(volume);
            Files.createDirectories(mount.getParent());
            Files.createSymbolicLink(mount, volume.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return worker;
    }

    /**
     * A program with TDLib behind the port, in a JVM that is started as a worker's is, its cache of classes included.
     *
     * @param main its main class, which uses nothing that a worker has not
     * @param arguments behind the library and the data centre's port
     */
    public ProcessBuilder engineAlone(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>();
        for (String word : programs.workerCommand()) {
            // Behind the worker's own class path, which the cache fits.
            words.add(word.endsWith("/lib/*") ? word + File.pathSeparator + home(main) : word);
        }
        if (workerHasAotCache()) {
            // A peer that left the cache out would be slower unseen: so it does not start.
            words.add(1, "-XX:AOTMode=on");
        }
        words.set(words.size() - 1, main.getName());
        words.add(servers.telegram().library());
        words.add(String.valueOf(servers.telegram().port()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A worker that publishes a post in the chat of the worker's account. */
    public ProcessBuilder publish() {
        return worker(
                programs.workerCommand(),
                "publish",
                BenchOrders.publish("schedule-" + (runs + 1)),
                Map.of(),
                servers.telegram().proxy());
    }

    /** The old way's script that writes a group's members to a CSV file. */
    public ProcessBuilder oldParser(String group, Path file) {
        return telethon.script(
                "old_parser.py",
                List.of(
                        String.valueOf(servers.telegram().port()),
                        servers.telegram().publicKeyFile(),
                        state.resolve("old-way.session").toString(),
                        Account.OLD_WAY.phone(),
                        group,
                        file.toString()),
                Map.of());
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
                        Account.OLD_WAY.phone(),
                        Account.OLD_WAY.chat(),
                        "guest",
                        String.valueOf(first),
                        String.valueOf(count)),
                environment);
    }

    private ProcessBuilder worker(
            List<String> program,
            String command,
            WorkOrder order,
            Map<String, Map<String, String>> more,
            String proxy) {
        String run = command + "-" + ++runs;
        WorkerFolder folder = new WorkerFolder(state.resolve("pods").resolve(run));
        Map<String, Map<String, String>> files = new HashMap<>(more);
        files.put(Paths.LEDGER, servers.workerSecret());
        files.put(Paths.TELEGRAM_APP, Map.of("api-id", "12345", "api-hash", "0123456789abcdef0123456789abcdef"));
        folder.prepare(order, files);
        List<String> words = new ArrayList<>(program);
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
