package dev.beckon.worker.login;

import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.LoginOrder.Method;
import dev.beckon.workorder.Paths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A world with people who log in, and the login of one account. */
@Tag("integration")
abstract class OnLogin {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    final String uid = UUID.randomUUID().toString();
    Stage stage;

    @BeforeEach
    void open() {
        in("""
                people:
                  - {username: alice, phone: "+491700000001", name: Alice}
                  - {username: paula, phone: "+491700000002", password: right}
                  - {username: helper_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
                """);
    }

    /** Has the test go on in that world instead. */
    void in(String world) {
        close();
        stage = new Stage(folder, world);
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    AccountReport report() {
        return stage.ledger().reports().accounts(List.of(uid)).get(uid);
    }

    Pod start(Pod pod, Method method) {
        LoginOrder order = Stage.loginOrder(uid, method);
        return pod.start(workshop -> new LoginRun(workshop, order, Hints.NONE).run());
    }

    void becomes(AccountState state) {
        await().atMost(PATIENCE).until(() -> report() != null && report().state() == state);
    }

    static Pod login(Pod pod, String key, String value) {
        return pod.mount(Paths.LOGIN + "/" + key, value);
    }
}
