package dev.beckon.demo.chaos;

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
import dev.beckon.workorder.WorkOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The work orders an operator would write for a scenario. */
final class Orders {
    static final String AUDIENCE = "audience.csv";

    /** Long enough that the search for leaks looks for it. */
    static final String MESSAGE = "Hello {{first_name}}, you are welcome in {{chat}}, by this link: {{link}}";

    private static final String NAMESPACE = "chaos";
    private static final int MANY = 10_000;

    /** The campaigns' breaker is not what is tried here. */
    private static final Breaker NO_BREAKER = new Breaker(1, 1_000);

    private final String timeZone;

    /** @param timeZone one in which people may be contacted now */
    Orders(String timeZone) {
        this.timeZone = timeZone;
    }

    LoginOrder login(Account account) {
        return new LoginOrder(WorkOrder.VERSION, ref(account), LoginOrder.Method.PhoneCode);
    }

    InviteOrder invite(Account account, Campaign campaign, int run) {
        return new InviteOrder(
                WorkOrder.VERSION,
                ref(account),
                new CampaignRef(NAMESPACE, campaign.name(), campaign.uid(), 1, run),
                campaign.accounts().stream().map(Account::uid).toList(),
                "@chaos_" + campaign.chat(),
                new Audience.File(AUDIENCE),
                new Consent(Optional.of("OptIn"), Optional.of("chaos")),
                campaign.mode(),
                Optional.of(MESSAGE),
                new Pacing(
                        Duration.ZERO,
                        Duration.ofMillis(50),
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
