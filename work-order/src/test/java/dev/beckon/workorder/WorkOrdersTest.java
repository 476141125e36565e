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

    private static final ParseOrder PARSE = new ParseOrder(
            WorkOrder.VERSION,
            ALICE,
            new ParseOrder.ParserRef("team", "our-group", "uid-parser", 2),
            Optional.of("uid-parser-2"),
            "https://t.me/+s3cretHash",
            ParseOrder.Collect.Authors,
            new ParseOrder.Filters(
                    true,
                    false,
                    true,
                    Optional.of(Duration.ofDays(30)),
                    Optional.of(Instant.parse("2026-10-01T00:00:00Z")),
                    Optional.of("Carol")),
            500,
            Duration.ofMinutes(5),
            Optional.of(new ParseOrder.Export(ParseOrder.Format.Csv, "lists/members.csv")),
            Optional.of(Duration.ofDays(30)));

    @Test
    void anInviteOrderReadsAsItWasWritten() {
        assertThat(WorkOrders.readOrder(WorkOrders.write(INVITE))).isEqualTo(INVITE);
    }

    private static InviteOrder with(InviteOrder.Audience audience) {
        return new InviteOrder(
                INVITE.version(),
                INVITE.account(),
                INVITE.campaign(),
                INVITE.accountUids(),
                INVITE.target(),
                audience,
                INVITE.consent(),
                INVITE.mode(),
                INVITE.message(),
                INVITE.pacing(),
                INVITE.retry(),
                INVITE.breaker(),
                INVITE.deadline(),
                INVITE.slice(),
                INVITE.retention());
    }

    @Test
    void everyKindOfAudienceReadsAsItWasWritten() {
        List<InviteOrder.Audience> kinds = List.of(
                new InviteOrder.Audience.File("guests.csv"),
                new InviteOrder.Audience.Parsed("uid-parser"),
                new InviteOrder.Audience.Url("https://example.org/guests.csv?token=s3cret", false));
        for (InviteOrder.Audience audience : kinds) {
            InviteOrder order = with(audience);
            assertThat(WorkOrders.readOrder(WorkOrders.write(order))).isEqualTo(order);
            assertThat(order + " " + audience).doesNotContain("s3cret").doesNotContain("example.org");
        }
    }

    @Test
    void aParseOrderReadsAsItWasWritten() {
        assertThat(WorkOrders.readOrder(WorkOrders.write(PARSE))).isEqualTo(PARSE);
        assertThat(WorkOrders.write(PARSE)).contains("\"kind\":\"Parse\"");
    }

    @Test
    void aParseOrderWithTheLeastReadsAsItWasWritten() {
        ParseOrder least = new ParseOrder(
                WorkOrder.VERSION,
                ALICE,
                PARSE.parser(),
                Optional.empty(),
                "@our_group",
                ParseOrder.Collect.Members,
                new ParseOrder.Filters(true, true, false, Optional.empty(), Optional.empty(), Optional.empty()),
                10_000,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty());
        assertThat(WorkOrders.readOrder(WorkOrders.write(least))).isEqualTo(least);
    }

    @Test
    void anUnknownPartOfAParseOrderIsRefusedByName() {
        String with = WorkOrders.write(PARSE).replaceFirst("\\{", "{\"surprise\":1,");
        assertThatThrownBy(() -> WorkOrders.readOrder(with))
                .hasMessageContaining("surprise")
                .hasMessageNotContaining("s3cretHash")
                .hasMessageNotContaining("Carol");
    }

    @Test
    void aParseOrderPrintsNeitherSourceNorQuery() {
        assertThat(PARSE + " " + PARSE.filters())
                .contains("our-group", "alice")
                .doesNotContain("s3cretHash")
                .doesNotContain("Carol");
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
