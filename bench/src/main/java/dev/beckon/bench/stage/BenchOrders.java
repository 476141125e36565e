package dev.beckon.bench.stage;

import dev.beckon.demo.DaytimeZone;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.Ceilings;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.InviteOrder.Audience;
import dev.beckon.workorder.InviteOrder.Breaker;
import dev.beckon.workorder.InviteOrder.CampaignRef;
import dev.beckon.workorder.InviteOrder.Consent;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.InviteOrder.Pacing;
import dev.beckon.workorder.InviteOrder.Retry;
import dev.beckon.workorder.InviteOrder.Window;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.WorkOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Work orders of the benchmarks' account. */
final class BenchOrders {
    /** Where the people are, below the mounted audience. */
    static final String AUDIENCE = "audience.csv";

    private static final int MANY = 1_000_000;
    private static final AccountRef.Limits HIGHEST = new AccountRef.Limits(
            Ceilings.INVITES_PER_DAY, Ceilings.MESSAGES_PER_DAY, Ceilings.JOINS_PER_DAY, Ceilings.LOOKUPS_PER_DAY);

    static final String ACCOUNT_UID = "account-worker";

    private BenchOrders() {}

    static LoginOrder login() {
        return new LoginOrder(WorkOrder.VERSION, account(HIGHEST), LoginOrder.Method.PhoneCode);
    }

    /**
     * Invite a file's people into the worker's chat, with the shortest pause and the highest limits that are allowed.
     *
     * @param campaign its name and uid
     */
    static InviteOrder invite(String campaign) {
        return invite(campaign, HIGHEST, Ceilings.SHORTEST_PAUSE, Ceilings.PER_CHAT_PER_DAY);
    }

    /** The same without pauses and limits, which only a worker takes whose ceilings were taken out. */
    static InviteOrder inviteWithoutLimits(String campaign) {
        return invite(campaign, new AccountRef.Limits(MANY, MANY, MANY, MANY), Duration.ZERO, MANY);
    }

    private static InviteOrder invite(String campaign, AccountRef.Limits limits, Duration pause, int perChat) {
        AccountRef account = account(limits);
        return new InviteOrder(
                WorkOrder.VERSION,
                account,
                new CampaignRef("bench", campaign, campaign, 1, 1),
                List.of(account.uid()),
                "@" + Account.WORKER.chat(),
                new Audience.File(AUDIENCE),
                new Consent(Optional.of("OptIn"), Optional.of("bench")),
                Mode.InviteOrLink,
                Optional.of("Hello {{first_name}}, this is {{chat}}: {{link}}"),
                new Pacing(
                        pause,
                        pause,
                        new Window(
                                "08:00",
                                "22:00",
                                DaytimeZone.at(Instant.now()),
                                List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
                        perChat,
                        Duration.ofMinutes(5)),
                new Retry(5, Ceilings.SHORTEST_BACKOFF),
                new Breaker(1, 1_000),
                Optional.empty(),
                Duration.ofMinutes(10),
                Duration.ofDays(90));
    }

    /** Collect the members of a public group into a CSV file. */
    static ParseOrder parse(String run, String group) {
        return new ParseOrder(
                WorkOrder.VERSION,
                account(HIGHEST),
                new ParseOrder.ParserRef("bench", run, run, 1),
                Optional.of(run),
                "@" + group,
                ParseOrder.Collect.Members,
                new ParseOrder.Filters(true, true, false, Optional.empty(), Optional.empty(), Optional.empty()),
                Account.CROWD_MEMBERS,
                Duration.ofMinutes(5),
                Optional.of(new ParseOrder.Export(ParseOrder.Format.Csv, "members.csv")),
                Optional.empty());
    }

    /** Publish one post in the worker's chat. */
    static PublishOrder publish(String schedule) {
        return new PublishOrder(
                WorkOrder.VERSION,
                account(HIGHEST),
                new PublishOrder.ScheduleRef("bench", schedule, schedule, 1),
                List.of("@" + Account.WORKER.chat()),
                new PublishOrder.Content.Inline(List.of(
                        new PublishOrder.Post(Optional.of("news"), "The **news** of the day", Optional.empty()))),
                PublishOrder.Order.Sequential,
                PublishOrder.WhenExhausted.Stop,
                Optional.of(schedule + "-1"),
                Optional.empty(),
                Duration.ofMinutes(5),
                Optional.empty());
    }

    private static AccountRef account(AccountRef.Limits limits) {
        return new AccountRef("bench", "worker", ACCOUNT_UID, limits, Optional.empty());
    }
}
