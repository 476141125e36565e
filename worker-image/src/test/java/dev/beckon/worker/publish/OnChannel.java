package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Content;
import dev.beckon.simulator.world.Truth;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A world with channels of alice's, whose account is logged in, and what tests ask of what was published. */
@Tag("integration")
abstract class OnChannel {
    static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby, phone: "+491700000002"}
              - {username: helper_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
            chats:
              - {title: News, username: our_news, kind: Channel, owner: alice, admins: [helper_bot], members: [bobby]}
              - {title: Second, username: our_second, kind: Channel, owner: alice, admins: [helper_bot]}
              - {title: Foreign, username: foreign_group, owner: bobby, members: [alice]}
              - {title: Theirs, username: their_channel, kind: Channel, owner: bobby, members: [alice]}
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
        if (stage != null) {
            stage.close();
        }
    }

    static Function<Workshop, Ending> publishing(PublishOrder order) {
        return workshop -> new PublishingRun(workshop, order, Hints.NONE).run();
    }

    Ending publish(PublishOrders orders) {
        return publish(stage.pod(), orders);
    }

    static Ending publish(Pod pod, PublishOrders orders) {
        return pod.run(publishing(orders.build()));
    }

    /** A run whose worker is killed when it comes to the step for the n-th time. */
    void killed(PublishOrders orders, KillPoint step, int nth) {
        Pod pod = stage.pod().killedAt(step, nth);
        assertThatThrownBy(() -> publish(pod, orders)).isInstanceOf(Pod.Killed.class);
        stage.leasesRunOut();
    }

    /** What stands in a chat, oldest first. */
    List<String> texts(String title) {
        return posts(title).stream().map(Content::text).toList();
    }

    List<Content> posts(String title) {
        return contents(title, stage.world().truth().posts(Instant.EPOCH));
    }

    /** What stood in a chat until somebody deleted it. */
    List<String> deleted(String title) {
        return contents(title, stage.world().truth().deletedPosts(Instant.EPOCH)).stream()
                .map(Content::text)
                .toList();
    }

    private List<Content> contents(String title, List<Truth.Post> posts) {
        long chat = stage.chatId(title);
        return posts.stream()
                .filter(post -> post.chatId() == chat)
                .map(Truth.Post::message)
                .map(message -> message.content())
                .toList();
    }

    AutopostReport report(PublishOrders orders) {
        return stage.ledger().reports().autoposts(List.of(orders.schedule())).get(orders.schedule());
    }

    /** Two posts for two channels. */
    static PublishOrders orders(String account) {
        return PublishOrders.of(account)
                .post("one", "**First**")
                .post("two", "Second")
                .targets("@our_news", "@our_second");
    }

    /** Somebody of the chat's writes there. */
    void written(String title, String text) {
        stage.world()
                .acts()
                .perform(new Act.Post(stage.person("alice").id(), stage.chatId(title), Content.text(text), 0));
    }

    /** The run ends until it can be asked for in a fresh session, and its next worker settles it. */
    Ending unheardOf(PublishOrders orders) {
        Ending ending = publish(orders);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("Settlement");
        assertThat(report(orders).newest().orElseThrow().nextActionAt())
                .isEqualTo(ending.result().resumeAt());
        stage.world().advanceClock(Duration.ofMinutes(3));
        return publish(orders);
    }
}
