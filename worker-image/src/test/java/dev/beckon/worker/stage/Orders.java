package dev.beckon.worker.stage;

import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.InviteOrder.Audience;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.InviteOrder.Person;
import dev.beckon.workorder.WorkOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Builds invite orders: a patient campaign without pauses, so that a test names only what it is about. */
public final class Orders {
    private final String campaign = UUID.randomUUID().toString();
    private List<String> accounts = List.of();
    private String target = "@meetup";
    private Audience audience = new Audience.Inline(List.of());
    private InviteOrder.Consent consent = new InviteOrder.Consent(Optional.of("OptIn"), Optional.of("form"));
    private Mode mode = Mode.InviteOrLink;
    private Optional<String> message = Optional.empty();
    private AccountRef.Limits limits = new AccountRef.Limits(40, 40, 5, 100);
    private Duration minDelay = Duration.ZERO;
    private Duration maxDelay = Duration.ZERO;
    private InviteOrder.Window window = new InviteOrder.Window("08:00", "22:00", "UTC", List.of());
    private int perChatPerDay = 100;
    private Duration hibernateAfter = Duration.ofMinutes(5);
    private InviteOrder.Retry retry = new InviteOrder.Retry(3, Duration.ofMinutes(10));
    private InviteOrder.Breaker breaker = new InviteOrder.Breaker(0.5, 20);
    private Optional<Instant> deadline = Optional.empty();
    private Duration slice = Duration.ofMinutes(10);
    private Duration retention = Duration.ofDays(90);

    /** A campaign of its own, worked on by these accounts. */
    public static Orders of(String... accountUids) {
        Orders orders = new Orders();
        orders.accounts = List.of(accountUids);
        return orders;
    }

    public String campaign() {
        return campaign;
    }

    /** The first of the accounts. */
    public String account() {
        return accounts.getFirst();
    }

    public Orders target(String text) {
        target = text;
        return this;
    }

    /** Phones begin with a plus, user ids are numbers, all else are usernames. */
    public Orders people(String... names) {
        audience = new Audience.Inline(Arrays.stream(names).map(Orders::person).toList());
        return this;
    }

    private static Person person(String name) {
        boolean phone = name.startsWith("+");
        boolean id = !phone && name.chars().allMatch(Character::isDigit);
        return new Person(
                Optional.of(name).filter(_ -> phone),
                Optional.of(name).filter(_ -> !phone && !id),
                Optional.of(name).filter(_ -> id).map(Long::valueOf),
                Optional.empty());
    }

    public Orders retention(Duration duration) {
        retention = duration;
        return this;
    }

    public Orders file(String path) {
        audience = new Audience.File(path);
        return this;
    }

    public Orders parsed(String parserUid) {
        audience = new Audience.Parsed(parserUid);
        return this;
    }

    public Orders url(String url, boolean allowPrivateAddresses) {
        audience = new Audience.Url(url, allowPrivateAddresses);
        return this;
    }

    public Orders webhook(Duration idleEnd) {
        audience = new Audience.Webhook(idleEnd);
        return this;
    }

    public Orders consent(String basis) {
        consent = new InviteOrder.Consent(Optional.ofNullable(basis), Optional.empty());
        return this;
    }

    public Orders mode(Mode value) {
        mode = value;
        return this;
    }

    public Orders message(String text) {
        message = Optional.of(text);
        return this;
    }

    public Orders limits(int invites, int messages, int joins, int lookups) {
        limits = new AccountRef.Limits(invites, messages, joins, lookups);
        return this;
    }

    public Orders delay(Duration min, Duration max) {
        minDelay = min;
        maxDelay = max;
        return this;
    }

    public Orders window(String start, String end, String zone, String... days) {
        window = new InviteOrder.Window(start, end, zone, List.of(days));
        return this;
    }

    public Orders perChatPerDay(int value) {
        perChatPerDay = value;
        return this;
    }

    public Orders hibernateAfter(Duration value) {
        hibernateAfter = value;
        return this;
    }

    public Orders retry(int attempts, Duration backoff) {
        retry = new InviteOrder.Retry(attempts, backoff);
        return this;
    }

    public Orders breaker(double ratio, int minAttempts) {
        breaker = new InviteOrder.Breaker(ratio, minAttempts);
        return this;
    }

    public Orders deadline(Instant value) {
        deadline = Optional.of(value);
        return this;
    }

    public Orders slice(Duration value) {
        slice = value;
        return this;
    }

    /** The order for the first of the accounts. */
    public InviteOrder build() {
        return build(accounts.getFirst());
    }

    public InviteOrder build(String accountUid) {
        return new InviteOrder(
                WorkOrder.VERSION,
                account(accountUid, limits),
                new InviteOrder.CampaignRef("team", "spring", campaign, 1, 1),
                accounts,
                target,
                audience,
                consent,
                mode,
                message,
                new InviteOrder.Pacing(minDelay, maxDelay, window, perChatPerDay, hibernateAfter),
                retry,
                breaker,
                deadline,
                slice,
                retention);
    }

    static AccountRef account(String uid, AccountRef.Limits limits) {
        // A name of its own: one that had the name before would leave its session to this one.
        return account("account-" + uid.substring(0, 8), uid, limits);
    }

    /** An account of a given name, as one that was deleted and made again has. */
    static AccountRef account(String name, String uid, AccountRef.Limits limits) {
        return new AccountRef("team", name, uid, limits, Optional.empty());
    }
}
