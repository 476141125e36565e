package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole runs of the real worker in chats that take people in other ways than most. */
class ChatsProcessTest extends AtSite {
    private static final String PEOPLE = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: owner}
              - {username: bobby}
              - {username: carla, privacy: {invites: Nobody}}
              - generate: {count: 201, prefix: reader}
            chats:
            """;

    @Test
    void inAChannelOfMoreThan200MembersOnlyLinksAreSentWhateverTheModeSays() {
        open(
                PEOPLE
                        + "  - {title: News, username: spring_news, kind: Channel, owner: alice, members: [\"reader[1..201]\"]}\n");
        Orders orders =
                Site.noon(alice).target("@spring_news").mode(Mode.InviteOrLink).people("bobby", "carla");
        WorkerProcess worker = site.invite(orders.build()).endsWith(0);
        assertThat(worker.told().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(worker.out()).contains("links only");
        Counts counts = counts(orders);
        assertThat(counts.linkSent()).isEqualTo(2);
        assertThat(site.contacts("bobby", How.INVITE)).isEmpty();
        assertThat(site.reached("bobby", How.MESSAGE)).isEqualTo(1);
    }

    @Test
    void aMessageWithoutALinkIsRefusedThereSinceNobodyCouldJoinByIt() {
        open(
                PEOPLE
                        + "  - {title: News, username: spring_news, kind: Channel, owner: alice, members: [\"reader[1..201]\"]}\n");
        Orders orders = Site.noon(alice)
                .target("@spring_news")
                .mode(Mode.InviteAndMessage)
                .message("Welcome to the news of our spring!")
                .people("bobby");
        WorkerProcess worker = site.invite(orders.build()).endsWith(ExitCode.BAD_INPUT.code());
        assertThat(worker.told().message()).contains("{{link}}");
        assertThat(site.contacts("bobby", How.MESSAGE)).isEmpty();
    }

    @Test
    void aLinkThatAsksForApprovalIsWaitedForWithoutAPodAndThenWorks() {
        open(PEOPLE + "  - {title: Meetup, owner: owner, links: [{hash: AbCdEfGhIj, request: true}]}\n");
        Orders orders = Site.noon(alice).target("https://t.me/+AbCdEfGhIj").people("bobby", "carla");
        WorkerProcess asking = site.invite(orders.build()).endsWith(0);
        assertThat(asking.told().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(asking.told().reason()).isEqualTo("JoinApproval");
        assertThat(asking.told().resumeAt()).isPresent();
        assertThat(site.report(orders).waitingFor()).contains("JoinApproval");
        assertThat(site.contacts("bobby", How.INVITE)).isEmpty();

        site.world()
                .acts()
                .answerJoinRequest(site.chatId("Meetup"), site.person("alice").id(), true);
        WorkerProcess working = site.invite(orders.build()).endsWith(0);
        assertThat(working.told().ending()).as(working.out()).isEqualTo(RunResult.Ending.COMPLETED);
        Counts counts = counts(orders);
        assertThat(counts.invited()).isEqualTo(1);
        assertThat(counts.linkSent()).isEqualTo(1);
        assertThat(site.reached("bobby", How.INVITE)).isEqualTo(1);
    }

    /** The fields that docs/worker.md promises: log searches are built on them. */
    @Test
    void eachLineOfTheLogIsJsonAndNamesCampaignRunAndAccount() throws Exception {
        open(PEOPLE + "  - {title: Meetup, username: meetup, owner: alice}\n");
        InviteOrder order = Site.noon(alice).target("@meetup").people("bobby").build();
        WorkerProcess worker =
                site.invite(order, Map.of(), Map.of("BECKON_LOG", "json")).endsWith(0);

        List<JsonNode> lines = new ArrayList<>();
        for (String line : worker.out().lines().toList()) {
            lines.add(new JsonMapper().readTree(line));
        }
        JsonNode ready = lines.stream()
                .filter(line -> line.path("formattedMessage").asText().equals("The session is ready"))
                .findFirst()
                .orElseThrow();
        assertThat(ready.path("level").asText()).isEqualTo("INFO");
        assertThat(ready.path("timestamp").isNumber()).isTrue();
        assertThat(ready.path("loggerName").asText()).startsWith("dev.beckon.worker.");
        assertThat(ready.path("mdc"))
                .isEqualTo(new JsonMapper()
                        .createObjectNode()
                        .put(
                                "campaign",
                                order.campaign().namespace() + "/"
                                        + order.campaign().name())
                        .put("run", Integer.toString(order.campaign().run()))
                        .put("account", order.account().name()));
    }

    @Test
    void anUnreadableAudienceIsToldInTheResultAndTheLog() {
        open(PEOPLE + "  - {title: Meetup, username: meetup, owner: alice}\n");
        Orders orders = Site.noon(alice).file("guests.csv");
        WorkerProcess worker = site.invite(orders.build(), Map.of(Paths.AUDIENCE + "/guests.csv", "phone\nsecret\n"))
                .endsWith(ExitCode.BAD_INPUT.code());
        assertThat(worker.told().reason()).isEqualTo("AudienceUnreadable");
        assertThat(worker.told().message()).contains("line 2");
        assertThat(worker.out()).contains("Line 2 of the audience is left out").doesNotContain("secret");
    }
}
