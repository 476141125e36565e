package dev.beckon.worker.stage;

import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.ParseOrder.Collect;
import dev.beckon.workorder.ParseOrder.Export;
import dev.beckon.workorder.ParseOrder.Filters;
import dev.beckon.workorder.ParseOrder.Format;
import dev.beckon.workorder.ParseOrder.ParserRef;
import dev.beckon.workorder.WorkOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Builds a parser's orders: all members of {@code @meetup}, so that a test names only what it is about. */
public final class ParseOrders {
    private final String account;
    private final String parser = UUID.randomUUID().toString();
    private String source = "@meetup";
    private Collect collect = Collect.Members;
    private boolean bots;
    private boolean deleted;
    private boolean requireUsername;
    private Optional<Duration> activeWithin = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private Optional<String> query = Optional.empty();
    private int limit = 10_000;
    private int lookups = 100;
    private Optional<Export> export = Optional.empty();
    private Optional<String> dataset = Optional.of(parser + "-1");

    private ParseOrders(String account) {
        this.account = account;
    }

    public static ParseOrders of(String accountUid) {
        return new ParseOrders(accountUid);
    }

    public String parser() {
        return parser;
    }

    public String dataset() {
        return dataset.orElseThrow();
    }

    /** Another run of the same parser. */
    public ParseOrders run(String uid) {
        dataset = Optional.of(uid);
        return this;
    }

    /** The run is the pod's. */
    public ParseOrders ofTheJob() {
        dataset = Optional.empty();
        return this;
    }

    public ParseOrders source(String text) {
        source = text;
        return this;
    }

    public ParseOrders authors() {
        collect = Collect.Authors;
        return this;
    }

    public ParseOrders withoutBots() {
        bots = true;
        return this;
    }

    public ParseOrders withoutDeleted() {
        deleted = true;
        return this;
    }

    public ParseOrders withUsername() {
        requireUsername = true;
        return this;
    }

    public ParseOrders activeWithin(Duration time) {
        activeWithin = Optional.of(time);
        return this;
    }

    public ParseOrders since(Instant time) {
        since = Optional.of(time);
        return this;
    }

    public ParseOrders query(String text) {
        query = Optional.of(text);
        return this;
    }

    public ParseOrders limit(int people) {
        limit = people;
        return this;
    }

    public ParseOrders lookups(int perDay) {
        lookups = perDay;
        return this;
    }

    public ParseOrders export(Format format, String path) {
        export = Optional.of(new Export(format, path));
        return this;
    }

    public ParseOrder build() {
        return new ParseOrder(
                WorkOrder.VERSION,
                Orders.account(account, new AccountRef.Limits(40, 40, 5, lookups)),
                new ParserRef("team", "our-group", parser, 1),
                dataset,
                source,
                collect,
                new Filters(bots, deleted, requireUsername, activeWithin, since, query),
                limit,
                Duration.ofMinutes(5),
                export,
                Optional.of(Duration.ofDays(30)));
    }
}
