package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.InviteOrder.Audience;
import dev.beckon.workorder.InviteOrder.Breaker;
import dev.beckon.workorder.InviteOrder.CampaignRef;
import dev.beckon.workorder.InviteOrder.Consent;
import dev.beckon.workorder.InviteOrder.Pacing;
import dev.beckon.workorder.InviteOrder.Retry;
import dev.beckon.workorder.InviteOrder.Window;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.ParseOrder.Collect;
import dev.beckon.workorder.ParseOrder.Export;
import dev.beckon.workorder.ParseOrder.Filters;
import dev.beckon.workorder.ParseOrder.Format;
import dev.beckon.workorder.ParseOrder.ParserRef;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.PublishOrder.Content;
import dev.beckon.workorder.PublishOrder.Post;
import dev.beckon.workorder.PublishOrder.ScheduleRef;
import dev.beckon.workorder.PublishOrder.WhenExhausted;
import dev.beckon.workorder.WorkOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The work orders an operator would write for a scenario. */
final class Orders {
    static final String AUDIENCE = "audience.csv";

    /** Long enough that the search for leaks looks for it. */
    static final String MESSAGE = "Hello {{first_name}}, you are welcome in {{chat}}, by this link: {{link}}";

    static final String NAMESPACE = "chaos";
    private static final int MANY = 10_000;

    /** Longer than the longest pause between two events. */
    private static final Duration LISTENS = Duration.ofSeconds(3);

    private static final Duration QUICKLY = Duration.ofMillis(50);
    private static final Duration SLOWLY = Duration.ofMillis(200);

    /** The campaigns' breaker is not what is tried here. */
    private static final Breaker NO_BREAKER = new Breaker(1, 1_000);

    private final String timeZone;

    /** @param timeZone one in which people may be contacted now */
    Orders(String timeZone) {
        this.timeZone = timeZone;
    }

    LoginOrder login(Account account) {
        return new LoginOrder(WorkOrder.VERSION, ref(account), account.method());
    }

    /** @param start the number of the pod */
    InviteOrder invite(Account account, Work.Invite work, int start) {
        return order(account, work.campaign(), new Audience.File(AUDIENCE), work.interrupted(), start);
    }

    /** @param start the number of the pod */
    InviteOrder listen(Account account, Work.Listen work, int start) {
        return order(account, work.campaign(), new Audience.Webhook(LISTENS), false, start);
    }

    private InviteOrder order(Account account, Campaign campaign, Audience audience, boolean slow, int start) {
        return new InviteOrder(
                WorkOrder.VERSION,
                ref(account),
                new CampaignRef(NAMESPACE, campaign.name(), campaign.uid(), 1, start),
                campaign.accounts().stream().map(Account::uid).toList(),
                "@chaos_" + campaign.chat(),
                audience,
                new Consent(Optional.of("OptIn"), Optional.of("chaos")),
                campaign.mode(),
                Optional.of(MESSAGE),
                new Pacing(
                        slow ? SLOWLY : Duration.ZERO,
                        slow ? SLOWLY.plus(QUICKLY) : QUICKLY,
                        new Window(
                                "08:00", "22:00", timeZone, List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
                        MANY,
                        Duration.ofMinutes(5)),
                new Retry(5, Duration.ofSeconds(1)),
                NO_BREAKER,
                Optional.empty(),
                Duration.ofMinutes(10),
                Duration.ofDays(90));
    }

    ParseOrder parse(Work.Parse work) {
        Parser parser = work.parser();
        return new ParseOrder(
                WorkOrder.VERSION,
                ref(parser.account()),
                new ParserRef(NAMESPACE, parser.name(), parser.uid(), 1),
                Optional.of(parser.dataset(work.run())),
                "@chaos_" + parser.chat(),
                Collect.Members,
                new Filters(false, false, false, Optional.empty(), Optional.empty(), Optional.empty()),
                MANY,
                Duration.ofMinutes(10),
                Optional.of(new Export(Format.Ndjson, Parser.file(work.run()))),
                Optional.of(Duration.ofDays(90)));
    }

    PublishOrder publish(Work.Publish work) {
        Schedule schedule = work.schedule();
        return new PublishOrder(
                WorkOrder.VERSION,
                ref(schedule.account()),
                new ScheduleRef(NAMESPACE, schedule.name(), schedule.uid(), 1),
                schedule.chats().stream().map(chat -> "@chaos_" + chat).toList(),
                new Content.Inline(posts(schedule)),
                PublishOrder.Order.Sequential,
                WhenExhausted.Stop,
                Optional.of(schedule.uid() + "-" + work.run()),
                Optional.empty(),
                Duration.ofMinutes(10),
                Optional.empty());
    }

    private static List<Post> posts(Schedule schedule) {
        return IntStream.rangeClosed(1, Kinds.MOST_RUNS)
                .mapToObj(n -> new Post(Optional.of("post-" + n), schedule.markdown(n), Optional.empty()))
                .toList();
    }

    static String audience(Campaign campaign) {
        return campaign.audience().stream().map(Line::csv).collect(Collectors.joining("\n", "phone,username\n", "\n"));
    }

    private static AccountRef ref(Account account) {
        return new AccountRef(
                NAMESPACE,
                account.name(),
                account.uid(),
                new AccountRef.Limits(MANY, MANY, MANY, MANY),
                Optional.empty());
    }
}
