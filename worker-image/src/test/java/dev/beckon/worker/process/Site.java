package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.testing.SavedSessions;
import dev.beckon.ledger.testing.TestDatabase;
import dev.beckon.simulator.mtproto.ClientFiles;
import dev.beckon.simulator.mtproto.DataCentre;
import dev.beckon.simulator.mtproto.DataCentreState;
import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.worldfile.WorldFile;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.stage.FreshIds;
import dev.beckon.worker.stage.Mounts;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.Ceilings;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What worker processes need, in real time: a database, a world behind a data centre, and folders that stand for pods. */
final class Site implements AutoCloseable {
    /** On a machine on which several workers start at once. No test is the slower for it. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    static final String API_HASH = "0123456789abcdef0123456789abcdef";

    private final TestDatabase database = TestDatabase.shared();
    private final LedgerKeys keys = LedgerKeys.generate();
    private final Ledger ledger = database.ledger(keys, InstantSource.system());
    private final Queue<WorkerProcess> started = new ConcurrentLinkedQueue<>();
    private final Queue<WorkOrder> orders = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pods = new AtomicInteger();
    private final Path folder;
    private final Path library;
    private final World world;
    private final DataCentre dataCentre;

    Site(Path folder, String yaml) {
        Distribution.require();
        ClientFiles files = ClientFiles.inCache();
        files.require();
        this.folder = folder;
        this.world = World.inMemory(WorldFile.parse("world.yaml", FreshIds.in(yaml)));
        try {
            DataCentreState state = DataCentreState.open(folder.resolve("data-centre"));
            this.library = state.patchedLibrary(files.library());
            this.dataCentre = DataCentre.start(world, TlSchema.load(files.schema()), state.rsaKey(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    World world() {
        return world;
    }

    Ledger ledger() {
        return ledger;
    }

    TestDatabase database() {
        return database;
    }

    /** TDLib as the workers load it. */
    Path library() {
        return library;
    }

    /** An order in a zone where it is about noon, so that people may be contacted, with the shortest pause. */
    static Orders noon(String... accounts) {
        int hours = 12 - Instant.now().atZone(ZoneOffset.UTC).getHour();
        return Orders.of(accounts)
                .delay(Ceilings.SHORTEST_PAUSE, Ceilings.SHORTEST_PAUSE)
                .window("08:00", "22:00", ZoneOffset.ofHours(hours).getId());
    }

    /** Logs a person of the world in with a worker of its own; answers the account's uid. */
    String login(String username) {
        String uid = UUID.randomUUID().toString();
        LoginOrder order = Stage.loginOrder(uid, LoginOrder.Method.PhoneCode);
        Path root = pod();
        Mounts.write(root, Paths.LOGIN + "/phone", person(username).phone().orElseThrow());
        Mounts.write(root, Paths.LOGIN + "/code", "12345");
        WorkerProcess login = start(root, order, "login");
        login.endsWith(0);
        return uid;
    }

    /** A login of whatever kind, with what its Secret holds. */
    WorkerProcess login(LoginOrder order, Map<String, String> secret) {
        Path root = pod();
        secret.forEach((key, value) -> Mounts.write(root, Paths.LOGIN + "/" + key, value));
        return start(root, order, "login");
    }

    WorkerProcess invite(InviteOrder order, String... options) {
        return start(pod(), order, "invite", options);
    }

    /** The same with a file as the audience {@code guests.csv}. */
    WorkerProcess invite(InviteOrder order, Map<String, String> mounts) {
        Path root = pod();
        mounts.forEach((path, text) -> Mounts.write(root, path, text));
        return start(root, order, "invite");
    }

    /** The same with other mounts and more environment. */
    WorkerProcess invite(InviteOrder order, Map<String, String> mounts, Map<String, String> environment) {
        Path root = pod();
        mounts.forEach((path, text) -> Mounts.write(root, path, text));
        mount(root, order);
        return start(root, Distribution.command(), environment, "invite");
    }

    WorkerProcess publish(PublishOrder order) {
        return start(pod(), order, "publish");
    }

    /** A parser's run; its volume is the given folder. */
    WorkerProcess parse(ParseOrder order, Path volume, Map<String, String> environment) {
        Path root = pod();
        mount(root, order);
        try {
            Files.createDirectories(volume);
            Files.createSymbolicLink(root.resolve(Paths.EXPORT.substring(1)), volume);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(root, Distribution.command(), environment, "parse");
    }

    /** A worker that ends as by SIGKILL when it comes to the step for the n-th time: it has the tests' trap on its class path. */
    WorkerProcess inviteKilledAt(InviteOrder order, KillPoint step, int nth) {
        Path root = pod();
        mount(root, order);
        return start(
                root, Distribution.commandWithTraps(), Map.of("BECKON_KILL_AT", step.label() + ":" + nth), "invite");
    }

    private void mount(Path root, WorkOrder order) {
        orders.add(order);
        Mounts.write(root, Paths.WORK_ORDER, WorkOrders.write(order));
    }

    private WorkerProcess start(Path root, WorkOrder order, String command, String... options) {
        mount(root, order);
        List<String> java = options.length == 0 ? Distribution.command() : Distribution.command(List.of(options));
        return start(root, java, Map.of(), command);
    }

    private WorkerProcess start(Path root, List<String> java, Map<String, String> more, String... command) {
        Map<String, String> environment = new HashMap<>(environment(root));
        environment.putAll(more);
        WorkerProcess process = WorkerProcess.start(root, java, List.of(command), environment);
        started.add(process);
        return process;
    }

    /** A command of a steward, in a pod with the steward's Secret. */
    WorkerProcess steward(String... command) {
        Path root = pod();
        Mounts.write(root, Paths.LEDGER + "/username", "beckon_steward");
        Mounts.write(root, Paths.LEDGER + "/password", TestDatabase.STEWARD_PASSWORD);
        return start(root, Distribution.command(), Map.of(), command);
    }

    /** A command of who exports the suppression list by a schedule. */
    WorkerProcess exporter(String... command) {
        Path root = pod();
        Mounts.write(root, Paths.LEDGER + "/username", "beckon_exporter");
        Mounts.write(root, Paths.LEDGER + "/password", TestDatabase.EXPORTER_PASSWORD);
        return start(root, Distribution.command(), Map.of(), command);
    }

    /** A command that needs no work order, in a pod with the ledger's Secret. */
    WorkerProcess command(Map<String, String> environment, String... command) {
        return start(pod(), Distribution.command(), environment, command);
    }

    private Map<String, String> environment(Path root) {
        return Map.of(
                "BECKON_ROOT",
                root.toString(),
                "BECKON_TDLIB_LIBRARY",
                library.toString(),
                "BECKON_TELEGRAM_PROXY",
                "socks5://127.0.0.1:" + dataCentre.port(),
                "BECKON_LOG",
                "plain",
                "POD_NAME",
                root.getFileName().toString(),
                "POD_UID",
                root.toString());
    }

    private Path pod() {
        Path root = folder.resolve("pod-" + pods.incrementAndGet());
        Mounts.write(root, Paths.TELEGRAM_APP + "/api-id", "12345");
        Mounts.write(root, Paths.TELEGRAM_APP + "/api-hash", API_HASH);
        Mounts.write(root, Paths.LEDGER + "/jdbc-url", database.jdbcUrl());
        Mounts.write(root, Paths.LEDGER + "/username", "beckon_worker");
        Mounts.write(root, Paths.LEDGER + "/password", TestDatabase.WORKER_PASSWORD);
        Mounts.write(root, Paths.LEDGER + "/keys.json", keys.toJson());
        try {
            Files.createDirectories(root.resolve(Paths.RESULT.substring(1)).getParent());
            Files.createDirectories(root.resolve(Paths.SESSION.substring(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return root;
    }

    CampaignReport report(Orders orders) {
        return ledger.reports().campaigns(List.of(orders.campaign())).get(orders.campaign());
    }

    Profile person(String username) {
        return world.truth().people().stream()
                .filter(profile -> profile.username().filter(username::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** How often a person was reached. */
    long reached(String username, Contact.How how) {
        return contacts(username, how).stream().filter(Contact::delivered).count();
    }

    List<Contact> contacts(String username, Contact.How how) {
        long id = person(username).id();
        return world.truth().contacts().stream()
                .filter(contact -> contact.personId() == id && contact.how() == how)
                .toList();
    }

    /** How many people were reached in all. */
    long reached(Contact.How how) {
        return world.truth().contacts().stream()
                .filter(contact -> contact.how() == how && contact.delivered())
                .count();
    }

    /** What was written in a chat, oldest first. */
    List<String> posts(String title) {
        long chat = chatId(title);
        return world.truth().posts(Instant.EPOCH).stream()
                .filter(post -> post.chatId() == chat)
                .map(post -> post.message().text())
                .toList();
    }

    long chatId(String title) {
        return world.truth().chats().stream()
                .filter(chat -> chat.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** The kept sessions of an account, and the files in them. */
    List<byte[]> savedSessions(String accountUid) {
        return SavedSessions.of(database, keys, accountUid::equals);
    }

    /** What is found of people, of texts and of secrets in what the workers have written, and readable in the ledger. */
    List<String> leaks() {
        return new SiteLeaks(world.truth(), keys, List.copyOf(orders), database).findings(List.copyOf(started));
    }

    /** Nothing is left of it; and none of its workers let anybody, any text or any secret out. */
    @Override
    public void close() {
        started.forEach(WorkerProcess::close);
        List<String> leaks = leaks();
        dataCentre.close();
        world.close();
        ledger.close();
        assertThat(leaks).isEmpty();
    }
}
