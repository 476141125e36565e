package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A file that can't be read is told with what to mend; a bad line is told by its number and costs only itself. */
@Tag("integration")
class AudienceLoadTest {
    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Stage stage;
    private Orders orders;

    @BeforeEach
    void open() {
        stage = new Stage(folder, """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: bobby}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                """);
        orders = Orders.of(stage.login("alice")).file("guests.csv");
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        stage.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(AudienceLoad.class);
    }

    private Ending invite(String file) {
        return stage.pod().mount(Paths.AUDIENCE + "/guests.csv", file).run(Stage.inviting(orders.build()));
    }

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aFileOfWhichNoLineCanBeReadIsRefusedWithWhatToMendAndAMendedOneWorks() {
        for (int time = 0; time < 2; time++) {
            Ending ending = invite("phone\n0170 1234567\nnobody\n");
            assertThat(ending.exit()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.FAULT);
            assertThat(ending.result().reason()).isEqualTo("AudienceUnreadable");
            assertThat(ending.result().message())
                    .contains("None of the audience's 2 lines can be read")
                    .contains("line 2: ")
                    .contains("country code")
                    .contains("Correct the file")
                    .doesNotContain("0170");
            assertThat(stage.report(orders.campaign()).imported()).isFalse();
            assertThat(stage.report(orders.campaign()).counts().total()).isZero();
        }
        assertThat(invite("username\nbobby\n").result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.report(orders.campaign()).counts().invited()).isEqualTo(1);
        assertThat(stage.report(orders.campaign()).lines()).isEmpty();
    }

    @Test
    void anImportMakesWayForWhoGoesFirstAndIsDoneLater() {
        stage.ledger().leases().wish(orders.account(), "post", Priority.Publish, Urgency.Now, Duration.ofMinutes(5));

        Ending ending = stage.pod()
                .mount(Paths.AUDIENCE + "/guests.csv", "username\nbobby\n")
                .run(workshop -> {
                    new AudienceLoad(workshop, orders.build(), Duration.ZERO).load();
                    throw new AssertionError("it was imported");
                });

        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(ending.result().reason()).isEqualTo("Account");
        assertThat(stage.report(orders.campaign()).imported()).isFalse();
        stage.ledger().leases().withdraw(orders.account(), "post");
        assertThat(invite("username\nbobby\n").result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.report(orders.campaign()).counts().invited()).isEqualTo(1);
    }

    @Test
    void aFileThatNamesNobodyIsRefusedButOneThatWasEmptiedAfterItsImportIsNoFault() {
        Ending ending = invite("phone\n");
        assertThat(ending.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ending.result().reason()).isEqualTo("AudienceUnreadable");
        assertThat(ending.result().message()).contains("names nobody").contains("below its header");
        assertThat(stage.report(orders.campaign()).imported()).isFalse();
        assertThat(invite("username\nbobby\n").result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(invite("").result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.report(orders.campaign()).imported()).isTrue();
        assertThat(stage.report(orders.campaign()).counts().invited()).isEqualTo(1);
    }

    @Test
    void anAudienceThatCanBeReadButNotContactedIsNoSuchFile() {
        Ending ending = invite("username,consent_basis\nbobby,Unknown\n");
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.report(orders.campaign()).counts().skipped()).isEqualTo(1);
    }

    @Test
    void badLinesAreToldByNumberAndReasonAndNeverByWhatTheyHold() {
        assertThat(invite("username\nbobby\n!secret!\n").result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(told())
                .anyMatch(
                        line -> line.startsWith("Line 3 of the audience is left out: This is no username of Telegram"))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void ofManyBadLinesTheFirstAreToldAndTheirNumber() {
        String bad = IntStream.range(0, 50).mapToObj(i -> "!").collect(Collectors.joining("\n"));
        invite("username\nbobby\n" + bad + "\n");
        assertThat(told()).filteredOn(line -> line.startsWith("Line ")).hasSize(20);
        assertThat(told()).contains("50 lines of the audience are left out in all; `worker export` has them");
    }
}
