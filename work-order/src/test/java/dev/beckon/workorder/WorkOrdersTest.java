package dev.beckon.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The document between operator and worker keeps everything, names its own faults and never prints a person. */
class WorkOrdersTest {
    private static final AccountRef ALICE = new AccountRef(
            "team",
            "alice",
            "uid-alice",
            new AccountRef.Limits(40, 40, 5, 100),
            Optional.of(new AccountRef.Proxy("proxy.example", 1080)));

    private static final InviteOrder INVITE = new InviteOrder(
            WorkOrder.VERSION,
            ALICE,
            new InviteOrder.CampaignRef("team", "spring", "uid-spring", 3, 7),
            List.of("uid-alice", "uid-bob"),
            "@spring_meetup",
            new InviteOrder.Audience.Inline(List.of(new InviteOrder.Person(
                    Optional.of("+491701234567"), Optional.empty(), Optional.empty(), Optional.of("Carol")))),
            new InviteOrder.Consent(Optional.of("OptIn"), Optional.of("form v3")),
            InviteOrder.Mode.InviteOrLink,
            Optional.of("Hi {{first_name}}: {{link}}"),
            new InviteOrder.Pacing(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(90),
                    new InviteOrder.Window("09:00", "20:00", "Europe/Berlin", List.of("Mon", "Tue")),
                    100,
                    Duration.ofMinutes(5)),
            new InviteOrder.Retry(3, Duration.ofMinutes(10)),
            new InviteOrder.Breaker(0.5, 20),
            Optional.of(Instant.parse("2026-12-01T00:00:00Z")),
            Duration.ofMinutes(10),
            Duration.ofDays(90));

    @Test
    void anInviteOrderReadsAsItWasWritten() {
        assertThat(WorkOrders.readOrder(WorkOrders.write(INVITE))).isEqualTo(INVITE);
    }

    @Test
    void aLoginOrderReadsAsItWasWritten() {
        LoginOrder login = new LoginOrder(WorkOrder.VERSION, ALICE, LoginOrder.Method.QrCode);
        assertThat(WorkOrders.readOrder(WorkOrders.write(login))).isEqualTo(login);
    }

    @Test
    void aResultReadsAsItWasWritten() {
        RunResult result = new RunResult(
                1,
                RunResult.Ending.WAITING,
                Optional.of(Instant.parse("2026-11-24T08:00:00Z")),
                "QuietHours",
                "Until 9.");
        assertThat(WorkOrders.readResult(WorkOrders.write(result))).isEqualTo(result);
    }

    @Test
    void theSameOrderAlwaysGivesTheSameBytes() {
        assertThat(WorkOrders.write(INVITE)).isEqualTo(WorkOrders.write(INVITE));
    }

    @Test
    void anOrderOfAnotherVersionIsRefusedWithBothVersions() {
        String newer = WorkOrders.write(INVITE).replace("\"version\":1", "\"version\":2");
        assertThatThrownBy(() -> WorkOrders.readOrder(newer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("same release");
    }

    @Test
    void aMissingPartIsNamed() {
        String without = WorkOrders.write(INVITE).replaceFirst("\"retry\":\\{[^}]*},", "");
        assertThatThrownBy(() -> WorkOrders.readOrder(without)).hasMessageContaining("retry");
    }

    @Test
    void anUnknownPartIsRefusedAndNothingOfTheDocumentIsRepeated() {
        String with = WorkOrders.write(INVITE).replaceFirst("\\{", "{\"surprise\":1,");
        assertThatThrownBy(() -> WorkOrders.readOrder(with))
                .hasMessageContaining("surprise")
                .hasMessageNotContaining("+49")
                .hasMessageNotContaining("Carol");
    }

    @Test
    void textThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> WorkOrders.readOrder("phone,name")).hasMessageContaining("no work order");
    }

    @Test
    void noOrderPrintsPeopleMessageOrTarget() {
        assertThat(INVITE.toString())
                .contains("spring", "alice")
                .doesNotContain("+49")
                .doesNotContain("Carol")
                .doesNotContain("Hi ")
                .doesNotContain("@spring_meetup");
        assertThat(INVITE.audience().toString()).doesNotContain("+49").doesNotContain("Carol");
    }

    @Test
    void everyExitCodeIsDifferent() {
        assertThat(List.of(ExitCode.values())).extracting(ExitCode::code).doesNotHaveDuplicates();
    }
}
