package dev.beckon.worker.process;

import dev.beckon.leakscan.Haystack;
import dev.beckon.leakscan.LeakScan;
import dev.beckon.leakscan.Needles;
import dev.beckon.leakscan.SecretBytes;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.testing.SavedSessions;
import dev.beckon.ledger.testing.TestDatabase;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.Truth;
import dev.beckon.simulator.world.WorldEvent;
import dev.beckon.worker.message.MessageTemplate;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.WorkOrder;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for the people of a world, for what was written to them or posted, and for secrets, in what workers wrote and in what the
 * ledger keeps readable.
 */
final class SiteLeaks {
    /** Where the ledger keeps by which names the team's own accounts go, also those of other tests. */
    private static final String ACCOUNTS = "beckon_accounts.account";

    private static final Set<String> OURS = Set.of("name", "username", "display_name");

    /** The beginning of a schedule's last post, for its status: public in the chat. */
    private static final String SCHEDULES = "beckon_content.schedule";

    private static final String LAST_POST = "last_post_text";

    private final TestDatabase database;
    private final Needles needles = new Needles();
    private final SecretBytes secrets = new SecretBytes();

    /**
     * Looks for everybody of the world, for its auth keys, and for the sessions and texts of the orders. A team's own account, which
     * has a session, may be named: only its phone is nobody's business.
     *
     * @param orders all that workers were given
     */
    SiteLeaks(Truth truth, LedgerKeys keys, Collection<WorkOrder> orders, TestDatabase database) {
        this.database = database;
        Set<Long> ours = truth.sessions().stream()
                .map(Truth.SessionLook::userId)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        for (Profile person : truth.people()) {
            person.phone().ifPresent(phone -> needles.with("a person's phone", phone));
            person.password().ifPresent(password -> needles.with("a password", password));
            person.botToken().ifPresent(token -> needles.with("the token of a bot", token));
            if (!ours.contains(person.id())) {
                person.username().ifPresent(username -> needles.with("a person's username", username));
                needles.with("a person's name", person.firstName());
            }
        }
        truth.authKeys().forEach(look -> secrets.with("an auth key", look.key().toArray()));
        Set<String> accounts =
                orders.stream().map(order -> order.account().uid()).collect(Collectors.toSet());
        SavedSessions.of(database, keys, accounts::contains)
                .forEach(session -> secrets.with("a saved session", session));
        needles.withMessages(texts(truth)).withMessages(List.of(MessageTemplate.DEFAULT));
        orders.forEach(order -> needles.withMessages(texts(order)));
        needles.withSecretValue("keys.json", keys.toJson());
        List.of(
                        TestDatabase.WORKER_PASSWORD,
                        TestDatabase.OPERATOR_PASSWORD,
                        TestDatabase.STEWARD_PASSWORD,
                        TestDatabase.GATEWAY_PASSWORD,
                        TestDatabase.EXPORTER_PASSWORD,
                        Site.API_HASH)
                .forEach(secret -> needles.with("a secret of the installation", secret));
    }

    /** What anybody was written, and what stands or stood in a chat. */
    private static List<String> texts(Truth truth) {
        return Stream.concat(
                        truth.messages().stream().map(WorldEvent.MessageSent::text),
                        truth.posts(Instant.EPOCH).stream()
                                .map(post -> post.message().text()))
                .toList();
    }

    /** What a worker was told to write, also if nobody ever read it. */
    private static List<String> texts(WorkOrder order) {
        return switch (order) {
            case InviteOrder invite -> invite.message().stream().toList();
            case PublishOrder publish ->
                publish.content() instanceof PublishOrder.Content.Inline(var posts)
                        ? posts.stream().map(PublishOrder.Post::text).toList()
                        : List.of();
            case LoginOrder _, ParseOrder _ -> List.of();
        };
    }

    /** One sentence for each find; never the find itself. */
    List<String> findings(List<WorkerProcess> workers) {
        List<Haystack> haystacks = new ArrayList<>();
        workers.forEach(worker -> haystacks.addAll(worker.written()));
        haystacks.addAll(tables());
        return new LeakScan(needles, secrets).findings(haystacks);
    }

    /** Each table of the ledger as its bytes lie there: what is encrypted holds nobody. */
    private List<Haystack> tables() {
        List<Haystack> tables = new ArrayList<>();
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("SELECT CONCAT(table_schema, '.', table_name)"
                        + " FROM information_schema.tables WHERE table_schema LIKE 'beckon\\_%'")) {
            while (names.next()) {
                String table = names.getString(1);
                tables.add(new Haystack("the table " + table, () -> rows(table)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (tables.isEmpty()) {
            throw new IllegalStateException("the ledger has no tables: a scan of nothing finds nothing");
        }
        return tables;
    }

    private byte[] rows(String table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    byte[] cell = rows.getBytes(column);
                    String name = rows.getMetaData().getColumnName(column);
                    if (cell != null && !mayBeRead(table, name)) {
                        bytes.writeBytes(cell);
                    }
                    bytes.write('\n');
                }
            }
            return bytes.toByteArray();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean mayBeRead(String table, String column) {
        return (table.equals(ACCOUNTS) && OURS.contains(column))
                || (table.equals(SCHEDULES) && column.equals(LAST_POST));
    }
}
