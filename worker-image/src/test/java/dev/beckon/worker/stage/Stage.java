package dev.beckon.worker.stage;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.testing.BreakingDataSource;
import dev.beckon.ledger.testing.HeldUpDataSource;
import dev.beckon.ledger.testing.TestDatabase;
import dev.beckon.simulator.inprocess.InProcessEngine;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.worldfile.WorldFile;
import dev.beckon.worker.Ending;
import dev.beckon.worker.SteadyClock;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.invite.InviteRun;
import dev.beckon.worker.login.LoginRun;
import dev.beckon.worker.observe.Hints;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A world whose clock stands still unless a worker rests, a ledger with keys of its own, and workers. Two stages share the
 * database and nothing in it.
 */
public final class Stage implements AutoCloseable {
    /** A Monday morning. */
    private static final String CLOCK = "clock: {start: 2026-11-23T10:00:00Z, speed: 0}\n";

    private final TestDatabase database = TestDatabase.shared();
    private final LedgerKeys keys = LedgerKeys.generate();
    private final Path folder;
    private final World world;
    private final Ledger ledger;
    private final List<Pod> started = new ArrayList<>();
    private int pods;

    /** @param yaml a world file without its clock */
    public Stage(Path folder, String yaml) {
        this.folder = folder;
        this.world = World.inMemory(WorldFile.parse("test", CLOCK + FreshIds.in(yaml)));
        this.ledger = database.ledger(keys, world.clock());
    }

    public World world() {
        return world;
    }

    public Ledger ledger() {
        return ledger;
    }

    public TestDatabase database() {
        return database;
    }

    /** The webhook of a campaign of one account, open; to be closed. */
    public Hook hook(Orders orders) {
        return Hook.open(database, keys, world.clock(), orders);
    }

    /** The team's own commands on people; to be closed. */
    public StewardLedger steward() {
        return database.stewardLedger(keys, world.clock());
    }

    /** A new pod, with the mounts of every kind. */
    public Pod pod() {
        return pod(database.ledger(keys, world.clock()), Workshop.LEASE_TERM, world.clock());
    }

    /** A node's clock, which goes right until somebody sets it; the database's is the world's. */
    public NodeClock node() {
        return new NodeClock(world.clock());
    }

    /** A pod on a node with a clock of its own. */
    public Pod on(NodeClock node) {
        SteadyClock clock = new SteadyClock(
                node,
                () -> Duration.between(Instant.EPOCH, world.clock().instant()).toNanos());
        return pod(database.ledger(keys, clock), Workshop.LEASE_TERM, clock);
    }

    /** A pod whose way to the ledger breaks at a statement or commit, counted from the first. */
    public Pod cutOff(long moment) {
        BreakingDataSource breaking = new BreakingDataSource(
                database.jdbcUrl() + "&rewriteBatchedStatements=true",
                "beckon_worker",
                TestDatabase.WORKER_PASSWORD,
                moment);
        return pod(
                Ledger.open(breaking, TestDatabase.LEASE_MARGIN, keys, world.clock()),
                // What a worker still has to write it tries to write for half of this.
                Duration.ofSeconds(2),
                world.clock());
    }

    /** A pod that writes no page of people before somebody lets it; meanwhile it may ask for the next one. */
    public Pod heldUpAtPages(CountDownLatch let) {
        DataSource slow = HeldUpDataSource.before(Database.pool(database.workerConfig()), "pages", let);
        return pod(
                Ledger.open(slow, TestDatabase.LEASE_MARGIN, keys, world.clock()), Workshop.LEASE_TERM, world.clock());
    }

    private Pod pod(Ledger ofPod, Duration leaseTerm, InstantSource clock) {
        Path root = folder.resolve("pod-" + ++pods);
        Mounts.write(root, Paths.TELEGRAM_APP + "/api-id", "1");
        Mounts.write(root, Paths.TELEGRAM_APP + "/api-hash", "hash");
        Pod pod = new Pod(root, "pod-" + pods, ofPod, new InProcessEngine(world), world, leaseTerm, clock);
        started.add(pod);
        return pod;
    }

    /** Logs a person of the world in by phone code; answers the account's uid. */
    public String login(String username) {
        String uid = UUID.randomUUID().toString();
        login(uid, person(username));
        return uid;
    }

    /** Another Kubernetes account of the same Telegram user, or the same one again. */
    public void login(String uid, Profile person) {
        Pod pod = pod();
        LoginOrder.Method method = person.bot() ? LoginOrder.Method.BotToken : LoginOrder.Method.PhoneCode;
        person.botToken().ifPresent(token -> pod.mount(Paths.LOGIN + "/bot-token", token));
        person.phone().ifPresent(phone -> pod.mount(Paths.LOGIN + "/phone", phone));
        pod.mount(Paths.LOGIN + "/code", "12345");
        Ending ending = pod.run(workshop -> new LoginRun(workshop, loginOrder(uid, method), Hints.NONE).run());
        if (!ending.result().reason().equals("LoggedIn")) {
            throw new IllegalStateException("login ended with " + ending);
        }
    }

    public static LoginOrder loginOrder(String uid, LoginOrder.Method method) {
        return new LoginOrder(WorkOrder.VERSION, Orders.account(uid, new AccountRef.Limits(40, 40, 5, 100)), method);
    }

    /** The login of an account of a given name: one that was deleted and made again has the name of the one before. */
    public static LoginOrder loginOrder(String name, String uid, LoginOrder.Method method) {
        return new LoginOrder(
                WorkOrder.VERSION, Orders.account(name, uid, new AccountRef.Limits(40, 40, 5, 100)), method);
    }

    /** Runs an order in a new pod. */
    public Ending invite(InviteOrder order) {
        return pod().run(inviting(order));
    }

    public static Function<Workshop, Ending> inviting(InviteOrder order) {
        return workshop -> new InviteRun(workshop, order, Hints.NONE).run();
    }

    /** A person looked at the open breaker of a campaign and lets work go on; the operator writes it down. */
    public void acknowledge(String campaignUid) {
        try (OperatorLedger operator = database.operatorLedger(world.clock())) {
            String breaker = report(campaignUid).breaker().orElseThrow().breakerId();
            if (!operator.breakers().acknowledge(breaker)) {
                throw new IllegalStateException("no open breaker " + breaker);
            }
        }
    }

    /** The time of a dead holder's term and margin passes. */
    public void leasesRunOut() {
        database.execute("UPDATE beckon_accounts.lease l JOIN beckon_accounts.account a USING (account_id)"
                + " SET l.expires_at = 0, l.takeover_at = 0");
    }

    public CampaignReport report(String campaignUid) {
        return ledger.reports().campaigns(List.of(campaignUid)).get(campaignUid);
    }

    public Profile person(String username) {
        return find(profile -> profile.username(), username);
    }

    private Profile find(Function<Profile, Optional<String>> key, String value) {
        return world.truth().people().stream()
                .filter(profile -> key.apply(profile).filter(value::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody is " + value));
    }

    public Profile byPhone(String phone) {
        return find(Profile::phone, phone);
    }

    /** What really reached a person, by invitation or message, from whomever. */
    public List<Contact> reached(Profile person, Contact.How how) {
        return world.truth().contacts().stream()
                .filter(contact -> contact.personId() == person.id() && contact.how() == how && contact.delivered())
                .toList();
    }

    /** How often Telegram was asked to do this to the person, whatever came of it. */
    public long tried(Profile person, Contact.How how) {
        return world.truth().contacts().stream()
                .filter(contact -> contact.personId() == person.id() && contact.how() == how)
                .count();
    }

    public long chatId(String title) {
        return world.truth().chats().stream()
                .filter(chat -> chat.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id();
    }

    public boolean isMember(String title, Profile person) {
        return world.truth().members(chatId(title)).stream().anyMatch(member -> member.personId() == person.id());
    }

    @Override
    public void close() {
        ScriptedTrap.set(step -> {});
        started.forEach(Pod::close);
        ledger.close();
        world.close();
    }
}
