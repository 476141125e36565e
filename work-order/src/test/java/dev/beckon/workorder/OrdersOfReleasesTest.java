package dev.beckon.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents as releases wrote them, kept for ever: a file here is neither changed nor removed. A worker begins with the order of the operator
 * that made its Job, and an operator that was upgraded, or rolled back, reads what workers of the other release tell.
 *
 * <p>An order has to stay as it was to the byte, too: its digest stands at the Job, and by another one the operator takes the resource for
 * edited and has its worker begin anew. So what a document gets later is absent until somebody asks for it
 * ({@code @JsonInclude(NON_ABSENT)}), has a meaning when it is absent, and gets a file of its own: {@code -Dbeckon.update=true} writes those
 * that are missing.
 */
class OrdersOfReleasesTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/beckon/workorder");

    private static final AccountRef ALICE = new AccountRef(
            "team",
            "alice",
            "uid-alice",
            new AccountRef.Limits(40, 30, 5, 100),
            Optional.of(new AccountRef.Proxy("proxy.example", 1080)));

    private static final AccountRef BOB =
            new AccountRef("team", "bob", "uid-bob", new AccountRef.Limits(1, 2, 3, 4), Optional.empty());

    private static InviteOrder invite(InviteOrder.Audience audience, boolean whole) {
        return new InviteOrder(
                1,
                whole ? ALICE : BOB,
                new InviteOrder.CampaignRef("team", "spring", "uid-spring", 3, 7),
                List.of("uid-alice", "uid-bob"),
                "@spring_meetup",
                audience,
                whole
                        ? new InviteOrder.Consent(Optional.of("OptIn"), Optional.of("form v3"))
                        : new InviteOrder.Consent(Optional.empty(), Optional.empty()),
                InviteOrder.Mode.InviteOrLink,
                Optional.of("Hi {{first_name}}: {{link}}").filter(_ -> whole),
                new InviteOrder.Pacing(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(90),
                        new InviteOrder.Window("09:00", "20:00", "Europe/Berlin", List.of("Mon", "Tue")),
                        100,
                        Duration.ofMinutes(5)),
                new InviteOrder.Retry(3, Duration.ofMinutes(10)),
                new InviteOrder.Breaker(0.5, 20),
                Optional.of(Instant.parse("2026-12-01T00:00:00Z")).filter(_ -> whole),
                Duration.ofMinutes(10),
                Duration.ofDays(90));
    }

    private static ParseOrder parse(boolean whole) {
        return new ParseOrder(
                1,
                BOB,
                new ParseOrder.ParserRef("team", "our-group", "uid-parser", 2),
                Optional.of("uid-parser-2").filter(_ -> whole),
                "@our_group",
                whole ? ParseOrder.Collect.Authors : ParseOrder.Collect.Members,
                new ParseOrder.Filters(
                        true,
                        false,
                        true,
                        Optional.of(Duration.ofDays(30)).filter(_ -> whole),
                        Optional.of(Instant.parse("2026-10-01T00:00:00Z")).filter(_ -> whole),
                        Optional.of("Car").filter(_ -> whole)),
                500,
                Duration.ofMinutes(5),
                Optional.of(new ParseOrder.Export(ParseOrder.Format.Csv, "lists/members.csv"))
                        .filter(_ -> whole),
                Optional.of(Duration.ofDays(30)).filter(_ -> whole));
    }

    private static PublishOrder publish(PublishOrder.Content content, Optional<PublishOrder.EarlierRuns> earlier) {
        return new PublishOrder(
                1,
                BOB,
                new PublishOrder.ScheduleRef("team", "morning", "uid-morning", 4),
                List.of("@ours", "-1001234567890"),
                content,
                PublishOrder.Order.Sequential,
                PublishOrder.WhenExhausted.Stop,
                earlier.map(_ -> "uid-morning-now-1"),
                earlier.map(_ -> Duration.ofHours(1)),
                Duration.ofMinutes(5),
                earlier);
    }

    static Stream<Arguments> orders() {
        InviteOrder.Person person = new InviteOrder.Person(
                Optional.of("+491701234567"), Optional.of("carol"), Optional.of(7L), Optional.of("Carol"));
        return Stream.of(
                Arguments.of("invite-inline", invite(new InviteOrder.Audience.Inline(List.of(person)), true)),
                Arguments.of("invite-file", invite(new InviteOrder.Audience.File("guests.csv"), false)),
                Arguments.of("invite-parsed", invite(new InviteOrder.Audience.Parsed("uid-parser"), false)),
                Arguments.of(
                        "invite-url",
                        invite(new InviteOrder.Audience.Url("https://example.org/guests.csv", false), false)),
                Arguments.of("invite-webhook", invite(new InviteOrder.Audience.Webhook(Duration.ofMinutes(2)), false)),
                Arguments.of("login", new LoginOrder(1, ALICE, LoginOrder.Method.QrCode, LoginOrder.Purpose.LogIn)),
                Arguments.of(
                        "login-check", new LoginOrder(1, BOB, LoginOrder.Method.PhoneCode, LoginOrder.Purpose.Check)),
                Arguments.of("parse", parse(false)),
                Arguments.of("parse-whole", parse(true)),
                Arguments.of("publish", publish(new PublishOrder.Content.Folder(""), Optional.empty())),
                Arguments.of(
                        "publish-replacing",
                        publish(
                                new PublishOrder.Content.Inline(List.of(new PublishOrder.Post(
                                        Optional.of("monday"), "**Hello**", Optional.of("sun.png")))),
                                Optional.of(PublishOrder.EarlierRuns.Replace))));
    }

    static Stream<Arguments> results() {
        return Stream.of(
                Arguments.of(
                        "completed", new RunResult(1, RunResult.Ending.COMPLETED, Optional.empty(), "Done", "All.")),
                Arguments.of(
                        "waiting",
                        new RunResult(
                                1,
                                RunResult.Ending.WAITING,
                                Optional.of(Instant.parse("2026-11-24T08:00:00Z")),
                                "QuietHours",
                                "Until nine.")));
    }

    private static String kept(String folder, String name, String now) throws IOException {
        Path file = FOLDER.resolve(folder).resolve(name + ".json");
        if (Boolean.getBoolean("beckon.update") && !Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, now + "\n");
        }
        return Files.readString(file).strip();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void anOrderIsToTheByteWhatTheReleaseBeforeWrote(String name, WorkOrder order) throws IOException {
        String kept = kept("orders", name, WorkOrders.write(order));

        assertThat(WorkOrders.write(order)).isEqualTo(kept);
        assertThat(WorkOrders.readOrder(kept)).isEqualTo(order);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void aResultOfTheReleaseBeforeIsRead(String name, RunResult result) throws IOException {
        assertThat(WorkOrders.readResult(kept("results", name, WorkOrders.write(result))))
                .isEqualTo(result);
    }

    @Test
    void everyFileIsOfADocumentThatIsTried() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("orders"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            orders().map(it -> (String) it.get()[0]).toList());
        }
    }

    /** As operators wrote it before there were other purposes. */
    @Test
    void aLoginWithoutAPurposeIsALogin() {
        String older = WorkOrders.write(new LoginOrder(1, BOB, LoginOrder.Method.BotToken))
                .replace(",\"purpose\":\"LogIn\"", "");

        assertThat(older).doesNotContain("purpose");
        assertThat(WorkOrders.readOrder(older)).isEqualTo(new LoginOrder(1, BOB, LoginOrder.Method.BotToken));
    }

    /** A worker that passed over what it does not know would do more, or to others, than it was asked. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void anOrderOfALaterReleaseThatAsksForMoreIsRefused(String name, WorkOrder order) {
        String later = WorkOrders.write(order).replaceFirst("\\{", "{\"onlyToAdults\":true,");

        assertThatThrownBy(() -> WorkOrders.readOrder(later)).hasMessageContaining("onlyToAdults is not known");
    }
}
