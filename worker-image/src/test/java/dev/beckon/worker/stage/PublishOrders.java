package dev.beckon.worker.stage;

import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.PublishOrder.Content;
import dev.beckon.workorder.PublishOrder.Order;
import dev.beckon.workorder.PublishOrder.Post;
import dev.beckon.workorder.PublishOrder.ScheduleRef;
import dev.beckon.workorder.PublishOrder.WhenExhausted;
import dev.beckon.workorder.WorkOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Builds a schedule's orders: posts into {@code @our_news}, so that a test names only what it is about. */
public final class PublishOrders {
    private final String account;
    private final String schedule = UUID.randomUUID().toString();
    private final List<Post> posts = new ArrayList<>();
    private boolean folder;
    private List<String> targets = List.of("@our_news");
    private Order order = Order.Sequential;
    private WhenExhausted whenExhausted = WhenExhausted.Stop;
    private Optional<String> run = Optional.of("run-1");
    private Optional<Duration> deadline = Optional.of(Duration.ofHours(1));
    private int messages = 40;
    private int lookups = 100;

    private Optional<PublishOrder.EarlierRuns> earlierRuns = Optional.empty();

    private PublishOrders(String account) {
        this.account = account;
    }

    public static PublishOrders of(String accountUid) {
        return new PublishOrders(accountUid);
    }

    public String schedule() {
        return schedule;
    }

    public String run() {
        return run.orElseThrow();
    }

    /** Another run of the same schedule. */
    public PublishOrders run(String uid) {
        run = Optional.of(uid);
        return this;
    }

    /** The run is the pod's. */
    public PublishOrders ofTheJob() {
        run = Optional.empty();
        return this;
    }

    public PublishOrders post(String name, String text) {
        posts.add(new Post(Optional.of(name), text, Optional.empty()));
        return this;
    }

    public PublishOrders post(Post post) {
        posts.add(post);
        return this;
    }

    /** The posts are files. */
    public PublishOrders folder() {
        folder = true;
        return this;
    }

    public PublishOrders targets(String... chats) {
        targets = List.of(chats);
        return this;
    }

    public PublishOrders random() {
        order = Order.Random;
        return this;
    }

    public PublishOrders repeat() {
        whenExhausted = WhenExhausted.Repeat;
        return this;
    }

    public PublishOrders deadline(Duration time) {
        deadline = Optional.of(time);
        return this;
    }

    public PublishOrders messages(int perDay) {
        messages = perDay;
        return this;
    }

    public PublishOrders lookups(int perDay) {
        lookups = perDay;
        return this;
    }

    /** The run takes the place of those that began before it. */
    public PublishOrders replacing() {
        earlierRuns = Optional.of(PublishOrder.EarlierRuns.Replace);
        return this;
    }

    public PublishOrder build() {
        return new PublishOrder(
                WorkOrder.VERSION,
                Orders.account(account, new AccountRef.Limits(40, messages, 5, lookups)),
                new ScheduleRef("team", "morning", schedule, 1),
                targets,
                folder ? new Content.Folder("") : new Content.Inline(List.copyOf(posts)),
                order,
                whenExhausted,
                run,
                deadline,
                Duration.ofMinutes(5),
                earlierRuns);
    }
}
