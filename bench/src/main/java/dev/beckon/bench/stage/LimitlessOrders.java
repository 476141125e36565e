package dev.beckon.bench.stage;

import dev.beckon.demo.DaytimeZone;
import dev.beckon.workorder.AccountRef;
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
import dev.beckon.workorder.WorkOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Work orders without pauses and limits, which the operator would refuse to write and a worker takes. */
final class LimitlessOrders {
    /** Where the people are, below the mounted audience. */
    static final String AUDIENCE = "audience.csv";

    private static final int MANY = 1_000_000;

    private LimitlessOrders() {}

    static LoginOrder login() {
        return new LoginOrder(WorkOrder.VERSION, account(), LoginOrder.Method.PhoneCode);
    }

    /**
     * Invite a file's people into the worker's chat.
     *
     * @param campaign its name and uid
     */
    static InviteOrder invite(String campaign) {
        return new InviteOrder(
                WorkOrder.VERSION,
                account(),
                new CampaignRef("bench", campaign, campaign, 1, 1),
                List.of(account().uid()),
                "@" + Account.WORKER.chat(),
                new Audience.File(AUDIENCE),
                new Consent(Optional.of("OptIn"), Optional.of("bench")),
                Mode.InviteOrLink,
                Optional.of("Hello {{first_name}}, this is {{chat}}: {{link}}"),
                new Pacing(
                        Duration.ZERO,
                        Duration.ZERO,
                        new Window(
                                "08:00",
                                "22:00",
                                DaytimeZone.at(Instant.now()),
                                List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
                        MANY,
                        Duration.ofMinutes(5)),
                new Retry(5, Duration.ofSeconds(1)),
                new Breaker(1, 1_000),
                Optional.empty(),
                Duration.ofMinutes(10),
                Duration.ofDays(90));
    }

    /** Collect the members of a public group into a CSV file. */
    static ParseOrder parse(String run, String group) {
        return new ParseOrder(
                WorkOrder.VERSION,
                account(),
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

    private static AccountRef account() {
        return new AccountRef(
                "bench", "worker", "account-worker", new AccountRef.Limits(MANY, MANY, MANY, MANY), Optional.empty());
    }
}
