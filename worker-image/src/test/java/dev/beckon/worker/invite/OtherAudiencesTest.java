package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.parse.ParseRun;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.ParseOrders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Audiences of a parser's dataset and of a URL: into the ledger once, and of a parser only people of our own chat. */
class OtherAudiencesTest extends OnStage {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: zoey, phone: "+491700000002"}
              - {username: bobby}
              - {username: carol}
              - {username: helper_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
              - {title: Old, username: old_group, owner: alice, members: [bobby, carol, helper_bot]}
              - {title: Foreign, username: foreign_group, owner: zoey, members: [bobby, carol]}
            """;

    private ParseOrders parsed(String source) {
        ParseOrders orders = ParseOrders.of(alice).source(source);
        Ending ending = stage.pod().run(workshop -> new ParseRun(workshop, orders.build(), Hints.NONE).run());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        return orders;
    }

    @Test
    void membersOfOurOldGroupAreInvitedAndNobodyTwice() {
        open(WORLD);
        ParseOrders parser = parsed("@old_group");
        Orders orders = Orders.of(alice).parsed(parser.parser()).consent("ExistingMember");

        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);

        assertThat(counts(orders).total())
                .as("alice herself, bobby and carol; no bot")
                .isEqualTo(3);
        assertThat(counts(orders).invited()).isEqualTo(2);
        assertThat(stage.isMember("Meetup", stage.person("bobby"))).isTrue();
        assertThat(stage.isMember("Meetup", stage.person("helper_bot"))).isFalse();
    }

    @Test
    void membersOfAForeignGroupAreRefusedWithWhatToMend() {
        open(WORLD);
        ParseOrders parser = parsed("@foreign_group");
        Orders orders = Orders.of(alice).parsed(parser.parser()).consent("ExistingMember");

        Ending ending = stage.pod().withoutTelegram().run(Stage.inviting(orders.build()));

        assertThat(ending.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ending.result().reason()).isEqualTo("SourceNotAdministered");
        assertThat(ending.result().message()).contains("make the parser's account an administrator");
        assertThat(counts(orders).total()).isZero();
    }

    @Test
    void aParserWithoutADatasetIsWaitedFor() {
        open(WORLD);
        Orders orders = Orders.of(alice).parsed("no-such-parser").consent("ExistingMember");
        Ending ending = stage.pod().withoutTelegram().run(Stage.inviting(orders.build()));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("ParserNotReady");
    }

    @Test
    void aDatasetInWhichNobodyIsIsTold() {
        open(WORLD);
        ParseOrders parser = ParseOrders.of(alice).source("@old_group").query("nobody");
        stage.pod().run(workshop -> new ParseRun(workshop, parser.build(), Hints.NONE).run());
        Orders orders = Orders.of(alice).parsed(parser.parser()).consent("ExistingMember");
        assertThat(stage.pod().run(Stage.inviting(orders.build())).result().reason())
                .isEqualTo("DatasetEmpty");
    }

    @Test
    void aDatasetOfBotsOnlyIsOneInWhichNobodyIs() {
        open(WORLD);
        ParseOrders parser = ParseOrders.of(alice).source("@old_group").query("helper_bot");
        stage.pod().run(workshop -> new ParseRun(workshop, parser.build(), Hints.NONE).run());
        Orders orders = Orders.of(alice).parsed(parser.parser()).consent("ExistingMember");
        Ending ending = stage.pod().run(Stage.inviting(orders.build()));
        assertThat(ending.result().reason()).isEqualTo("DatasetEmpty");
        assertThat(counts(orders).total()).isZero();
    }

    @Test
    void aListBehindAUrlIsReadOnceHoweverOftenTheWorkerIsKilled() throws IOException {
        open(WORLD);
        int[] asked = {0};
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/guests.csv", exchange -> {
            asked[0]++;
            byte[] bytes = "username\nbobby\ncarol\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            Orders orders = Orders.of(alice)
                    .url("http://127.0.0.1:" + server.getAddress().getPort() + "/guests.csv", true);
            for (KillPoint step : new KillPoint[] {KillPoint.MID_IMPORT, KillPoint.AFTER_IMPORT}) {
                try {
                    stage.pod().killedAt(step, 1).run(Stage.inviting(orders.build()));
                } catch (Pod.Killed e) {
                    stage.leasesRunOut();
                }
            }
            int before = asked[0];
            server.stop(0);
            assertThat(stage.invite(orders.build()).result().ending())
                    .as("a server that is away stops no campaign that has its people")
                    .isEqualTo(RunResult.Ending.COMPLETED);
            assertThat(asked[0]).isEqualTo(before);
            assertThat(counts(orders).total()).isEqualTo(2);
            assertThat(counts(orders).invited()).isEqualTo(2);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aListOnThePodItselfIsRefusedUnlessAllowed() {
        open(WORLD);
        Orders orders = Orders.of(alice).url("http://127.0.0.1:1/guests.csv", false);
        Ending ending = stage.pod().withoutTelegram().run(Stage.inviting(orders.build()));
        assertThat(ending.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ending.result().reason()).isEqualTo("AudienceUnreadable");
    }
}
