package dev.beckon.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.content.Opening;
import dev.beckon.ledger.content.PostKeys;
import dev.beckon.ledger.content.Publication;
import dev.beckon.ledger.content.PublicationState;
import dev.beckon.ledger.content.Publications;
import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.content.PublishRuns;
import dev.beckon.ledger.content.PublishRuns.Turn;
import dev.beckon.ledger.content.TakenPost;
import dev.beckon.ledger.content.TargetKeys;
import dev.beckon.ledger.report.AutopostReport.InTarget;
import dev.beckon.ledger.report.AutopostReport.Spread;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the operator's own user reads of schedules. */
@Tag("integration")
class AutopostReportTest {
    private static final List<TakenPost> POSTS = List.of(
            new TakenPost("a", "First", true, Optional.empty()), new TakenPost("b", "Second", true, Optional.empty()));

    private final LedgerFixture fixture = new LedgerFixture();
    private final OperatorLedger operator = fixture.database.operatorLedger(fixture.clock);
    private final Lease lease = fixture.lease(fixture.account());
    private final String schedule = LedgerFixture.uid();

    @AfterEach
    void close() {
        operator.close();
        fixture.close();
    }

    private PublishRun begin(String uid) {
        PublishRuns.Run run = new PublishRuns.Run(uid, schedule, "team", "morning");
        return fixture.ledger.publishRuns().begin(lease, run).orElseThrow();
    }

    private PublishRun take(String uid) {
        return ((Turn.Taken) fixture.ledger.publishRuns().turn(lease, begin(uid), POSTS, false, left -> 0)).run();
    }

    private void settle(PublishRun run, String target, PublishOutcome outcome) {
        Publications.Wish wish = new Publications.Wish(run, target, LedgerFixture.number(), OptionalInt.empty());
        Publication intent = ((Opening.Opened) fixture.ledger.publications().open(lease, wish)).intent();
        fixture.ledger.publications().settle(lease, intent, outcome);
    }

    private AutopostReport report() {
        return operator.reports().autoposts(List.of(schedule)).get(schedule);
    }

    private static Map<String, InTarget> targets(AutopostReport report) {
        return report.spread().orElseThrow().targets();
    }

    @Test
    void aScheduleWithoutARunIsAbsent() {
        assertThat(operator.reports().autoposts(List.of(schedule))).isEmpty();
        assertThat(operator.reports().autoposts(List.of())).isEmpty();
    }

    @Test
    void aRunThatEndedIsToldWithWhatBecameOfItsPost() {
        PublishRun run = take("r1");
        settle(run, "@one", new PublishOutcome.Published(5, "x".repeat(200), Optional.of("https://t.me/one/5")));
        settle(run, "@two", new PublishOutcome.Failed("ChatAdminRequired", "CHAT_ADMIN_REQUIRED"));
        settle(run, "@three", new PublishOutcome.Unknown("no answer"));
        fixture.ledger.publishRuns().end(lease, run);

        AutopostReport report = report();
        assertThat(report.postsTotal()).isEqualTo(2);
        assertThat(report.postsUsed()).isEqualTo(1);
        assertThat(report.remaining()).isEqualTo(1);
        assertThat(report.postsDigest()).contains(PostKeys.digest(List.of("b", "a")));
        assertThat(report.round()).isEqualTo(1);
        assertThat(List.of(report.published(), report.failures(), report.outcomeUnknown()))
                .containsExactly(1L, 1L, 1L);
        assertThat(report.lastPost()).get().satisfies(post -> {
            assertThat(post.textStart()).hasSize(64);
            assertThat(post.link()).contains("https://t.me/one/5");
            assertThat(post.at()).isEqualTo(fixture.clock.instant());
        });
        assertThat(report.unfinished()).isEmpty();
        assertThat(report.newest()).get().satisfies(newest -> {
            assertThat(newest.runUid()).isEqualTo("r1");
            assertThat(newest.state()).isEqualTo(PublishRun.State.Complete);
            assertThat(newest.post()).contains("a");
            assertThat(List.of(newest.published(), newest.failed(), newest.outcomeUnknown()))
                    .containsExactly(1, 1, 1);
            assertThat(newest.lastError().orElseThrow().reason()).isEqualTo("ChatAdminRequired");
            assertThat(newest.endedAt()).isPresent();
        });
        assertThat(report.spread().map(Spread::post)).contains("a");
        assertThat(report.spread().orElseThrow().ended()).isTrue();
        Optional<Instant> at = Optional.of(fixture.clock.instant());
        assertThat(targets(report))
                .containsExactly(
                        entry(
                                TargetKeys.of("@one"),
                                new InTarget(
                                        PublicationState.Published,
                                        Optional.empty(),
                                        Optional.of("https://t.me/one/5"),
                                        at)),
                        entry(
                                TargetKeys.of("@two"),
                                new InTarget(
                                        PublicationState.Failed,
                                        Optional.of("ChatAdminRequired"),
                                        Optional.empty(),
                                        at)),
                        entry(
                                TargetKeys.of("@three"),
                                new InTarget(PublicationState.OutcomeUnknown, Optional.empty(), Optional.empty(), at)));
        assertThat(report.unknown())
                .containsExactly(new AutopostReport.UnknownPost("a", List.of(TargetKeys.of("@three"))));
        assertThat(report.sequence()).isLessThanOrEqualTo(operator.reports().sequence());
    }

    /** Its publications are forgotten after the contents' retention. */
    @Test
    void ofAPostWhoseTargetsAreForgottenNothingIsToldAboutThem() {
        fixture.ledger.publishRuns().end(lease, take("r1"));

        assertThat(report().newest().map(AutopostReport.Run::runUid)).contains("r1");
        assertThat(report().spread()).isEmpty();
    }

    @Test
    void aRunThatFoundNoPostLeavesTheOneBeforeItTold() {
        PublishRun run = take("r1");
        settle(run, "@one", new PublishOutcome.Published(5, "Text", Optional.empty()));
        fixture.ledger.publishRuns().end(lease, run);
        fixture.ledger.publishRuns().end(lease, begin("r2"));

        assertThat(report().newest().orElseThrow().runUid()).isEqualTo("r2");
        assertThat(report().spread().map(Spread::runUid)).contains("r1");
        assertThat(targets(report())).containsOnlyKeys(TargetKeys.of("@one"));

        // With its post, before it came to any chat.
        take("r3");
        assertThat(report().spread().map(Spread::runUid)).contains("r3");
        assertThat(report().spread().orElseThrow().ended()).isFalse();
        assertThat(targets(report())).isEmpty();
    }

    @Test
    void aTargetThatIsTriedOnceMoreTellsNothingOfItsLastOutcome() {
        PublishRun run = take("r1");
        settle(run, "@one", new PublishOutcome.Failed("ChatAdminRequired", "CHAT_ADMIN_REQUIRED"));
        fixture.ledger.publishRuns().end(lease, run);
        assertThat(targets(report()).get(TargetKeys.of("@one")).reason()).contains("ChatAdminRequired");

        take("r1");
        assertThat(targets(report()).get(TargetKeys.of("@one")))
                .isEqualTo(
                        new InTarget(PublicationState.Pending, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void eachScheduleIsToldWithItsOwnTargets() {
        settle(take("r1"), "@one", new PublishOutcome.Unknown("no answer"));
        String other = LedgerFixture.uid();
        PublishRuns.Run unlike = new PublishRuns.Run("r1", other, "team", "evening");
        PublishRun begun = fixture.ledger.publishRuns().begin(lease, unlike).orElseThrow();
        settle(
                ((Turn.Taken) fixture.ledger.publishRuns().turn(lease, begun, POSTS, false, left -> 1)).run(),
                "@two",
                new PublishOutcome.Unknown("no answer"));

        Map<String, AutopostReport> reports = operator.reports().autoposts(List.of(schedule, other));
        assertThat(targets(reports.get(schedule))).containsOnlyKeys(TargetKeys.of("@one"));
        assertThat(targets(reports.get(other))).containsOnlyKeys(TargetKeys.of("@two"));
        assertThat(reports.get(schedule).unknownPosts()).containsExactly("a");
        assertThat(reports.get(other).unknownPosts()).containsExactly("b");
    }

    /** Whoever has it published again has so in the chats of its last turn, so these are told. */
    @Test
    void aPostThatIsUnknownOfTwoTurnsIsToldWithTheChatsOfTheLast() {
        for (String run : List.of("r1", "r2")) {
            PublishRun taken = ((Turn.Taken)
                            fixture.ledger.publishRuns().turn(lease, begin(run), POSTS.subList(0, 1), true, left -> 0))
                    .run();
            settle(taken, "@" + run, new PublishOutcome.Unknown("no answer"));
            fixture.ledger.publishRuns().end(lease, taken);
        }
        assertThat(report().unknown())
                .containsExactly(new AutopostReport.UnknownPost("a", List.of(TargetKeys.of("@r2"))));
    }

    @Test
    void aRunThatWaitsIsToldBesideTheOneThatBeganLater() {
        PublishRun waiting = take("r1");
        Instant next = Instant.parse("2026-12-01T00:00:00Z");
        fixture.ledger.publishRuns().waits(lease, waiting, Optional.of(next), Optional.of("FloodWait"));
        fixture.ledger.publishRuns().end(lease, begin("r2"));

        AutopostReport report = report();
        assertThat(report.newest().orElseThrow().runUid()).isEqualTo("r2");
        assertThat(report.unfinished()).singleElement().satisfies(run -> {
            assertThat(run.runUid()).isEqualTo("r1");
            assertThat(run.state()).isEqualTo(PublishRun.State.Waiting);
            assertThat(run.nextActionAt()).contains(next);
            assertThat(run.waitingFor()).contains("FloodWait");
        });
    }
}
