package dev.beckon.worker.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.worker.Ending;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.stage.ParseOrders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A world in which alice's account is logged in, and what tests ask of its parsers. */
@Tag("integration")
abstract class OnSource {
    /** Alice, and who may be in her chats or in others'. */
    static final String PEOPLE = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: owner1}
              - {username: bobby, lastSeen: LastMonth}
              - {username: carla, name: Carla}
              - {username: robot_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
              - {name: Gone, phone: "+491700000009", deleted: true}
              - {name: Nameless, phone: "+491700000008"}
            """;

    /** A group of alice's own. */
    static final String OURS = PEOPLE + """
            chats:
              - {title: Meetup, username: meetup, owner: alice, members: [bobby, carla, robot_bot, "+491700000009", "+491700000008"]}
            """;

    @TempDir
    Path folder;

    Stage stage;
    String alice;

    void open(String world) {
        stage = new Stage(folder, world);
        alice = stage.login("alice");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    static Function<Workshop, Ending> parsing(ParseOrder order) {
        return workshop -> new ParseRun(workshop, order, Hints.NONE).run();
    }

    Ending parse(ParseOrders orders) {
        return stage.pod().run(parsing(orders.build()));
    }

    Dataset dataset(ParseOrders orders) {
        return stage.ledger().datasets().find(orders.dataset()).orElseThrow();
    }

    /** The usernames of a dataset's people, in their order; of those without, the id. */
    List<String> names(ParseOrders orders) {
        List<String> names = new ArrayList<>();
        stage.ledger()
                .datasets()
                .forEach(
                        dataset(orders),
                        person -> names.add(
                                person.username() == null ? Long.toString(person.userId()) : person.username()));
        return names;
    }

    /** A run that ended because of what it was asked for. */
    static void refused(Ending ending, String reason) {
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.FAULT);
        assertThat(ending.result().reason()).isEqualTo(reason);
    }
}
