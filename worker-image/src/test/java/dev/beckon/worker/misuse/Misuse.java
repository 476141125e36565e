package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.invite.OutcomeLog;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.invite.Retention;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Profile;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A team with two accounts and several chats, people who gave a consent, and what really reached them. */
@Tag("integration")
abstract class Misuse {
    static final Duration NEXT_WEEK = Duration.ofDays(8);

    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: zoey, phone: "+491700000002"}
              - {username: bobby, phone: "+491700000010"}
              - {username: carol, phone: "+491700000011"}
              - {username: dora}
              - {username: shutty, privacy: {invites: Nobody, refusal: Error}}
              - {username: owner}
              - {username: helper_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
            chats:
              - {title: Meetup, username: meetup, owner: alice, admins: [zoey, helper_bot]}
              - {title: Second, username: second_meetup, owner: alice, admins: [zoey]}
              - {title: Third, username: third_meetup, owner: alice}
              - {title: Fourth, username: fourth_meetup, owner: alice}
              - {title: Foreign, username: foreign_chat, owner: owner, members: [alice], membersMayInvite: false}
            """;

    @TempDir
    private Path folder;

    Stage stage;
    String alice;

    @BeforeEach
    void open() {
        stage = new Stage(folder, world() + faults());
        alice = stage.login("alice");
    }

    /** Who is there; a world file. */
    String world() {
        return WORLD;
    }

    /** What Telegram does besides; lines of a world file. */
    String faults() {
        return "";
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** A campaign that only sends links, so that whoever got one is no member afterwards. */
    Orders links(String... people) {
        return Orders.of(alice).mode(Mode.LinkOnly).people(people);
    }

    /** The same with lines of a file: phone, username, user id. */
    Ending runFile(Orders orders, String... lines) {
        return pod(lines).run(Stage.inviting(orders.file("guests.csv").build()));
    }

    Pod pod(String... lines) {
        return stage.pod()
                .mount(Paths.AUDIENCE + "/guests.csv", "phone,username,user_id\n" + String.join("\n", lines) + "\n");
    }

    Ending run(Orders orders) {
        return stage.invite(orders.build());
    }

    /** Does what a campaign is for, and shows that it can be done. */
    void contacted(Orders orders, String username) {
        long before = calls(username);
        assertThat(run(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(calls(username)).as("the first contact is allowed").isEqualTo(before + 1);
    }

    void pass(Duration time) {
        stage.world().advanceClock(time);
    }

    /** The nightly removal of what is kept no longer. */
    void forgotten(Orders orders) {
        try (StewardLedger steward = stage.steward()) {
            Retention.Expired expired = steward.retention().expired().stream()
                    .filter(campaign -> campaign.uid().equals(orders.campaign()))
                    .findFirst()
                    .orElseThrow();
            assertThat(steward.retention().forget(expired)).isPositive();
        }
    }

    void leaves(String username) {
        long chat = stage.chatId("Meetup");
        Profile person = stage.person(username);
        if (!stage.isMember("Meetup", person)) {
            stage.world().acts().perform(new Act.Join(chat, person.id()));
        }
        stage.world().acts().perform(new Act.Leave(chat, person.id()));
    }

    /** How often Telegram was asked to do anything to the person, by anybody, whatever came of it. */
    long calls(String username) {
        Profile person = stage.person(username);
        return stage.tried(person, How.INVITE) + stage.tried(person, How.MESSAGE);
    }

    /** What the campaign's append-only log says of each attempt and of each line that is nobody, oldest first. */
    List<OutcomeLog.Row> log(Orders orders) {
        List<OutcomeLog.Row> rows = new ArrayList<>();
        stage.ledger().outcomes().forEach(orders.campaign(), rows::add);
        return rows;
    }

    /** In one word for each: the reason, or the status where that says it all. */
    List<String> words(Orders orders) {
        return log(orders).stream()
                .map(row -> row.reason().isEmpty() ? row.status().name() : row.reason())
                .toList();
    }

    /** The reasons that the campaign's log gives for people who were not contacted and for lines that are nobody, each once. */
    List<String> reasons(Orders orders) {
        return log(orders).stream()
                .filter(row -> row.status() == OutcomeStatus.Skipped || row.status() == OutcomeStatus.Failed)
                .map(OutcomeLog.Row::reason)
                .distinct()
                .toList();
    }

    /** A chat as TDLib and the ledger count it. */
    long chat(String title) {
        return -1_000_000_000_000L - stage.chatId(title);
    }

    long pending(Orders orders) {
        return stage.report(orders.campaign()).counts().pending();
    }

    /** Nothing more happened to the person, the campaign's log says why, and nobody is left in between. */
    void refused(Orders orders, String username, long callsBefore, String... why) {
        assertThat(calls(username)).as("calls about " + username).isEqualTo(callsBefore);
        assertThat(why).as("the log's reason").contains(reasons(orders).toArray(String[]::new));
        assertThat(reasons(orders)).isNotEmpty();
        assertThat(pending(orders)).isZero();
        assertThat(stage.report(orders.campaign()).counts().inFlight()).isZero();
    }

    /** Nothing more happened to the person, who waits, and the run says for what. */
    void waits(Ending ending, Orders orders, String username, long callsBefore, String why) {
        assertThat(calls(username)).as("calls about " + username).isEqualTo(callsBefore);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo(why);
        assertThat(pending(orders)).isPositive();
    }
}
