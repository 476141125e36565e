package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.KindFacts.Rows;
import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.Kinds.Trouble;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.ParseOrder.Collect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The judge of logins, parsers and posts sees each harm. */
class KindVerdictTest {
    private static final Account ALICE = new Account(0, "team0", "a", 100, "+491700000001");
    private static final Parser PARSER =
            new Parser(ALICE, "people", "parser", "crowd0", 2, Collect.Members, List.of(1), Trouble.SENT_TWICE);
    private static final Schedule SCHEDULE =
            new Schedule(ALICE, "posts", "schedule", List.of("news0", "talk0"), List.of(1), Optional.empty());
    private static final Rows ALL = new Rows(true, List.of(1L, 2L, 3L), true);

    private List<Post> posts = List.of(post("news0", 1), post("talk0", 1), post("news0", 2), post("talk0", 2));
    private AutopostReport report = report(4, 0, 0, List.of());
    private int cutOff;
    private List<Rows> datasets = List.of(ALL);
    private Map<String, AccountState> accounts = Map.of("a", AccountState.Ready);
    private int givenUp = 1;
    private List<Scenario.Campaign> meanwhile = List.of();

    private static Post post(String chat, int n) {
        return new Post(Instant.EPOCH, ALICE.userId(), "@chaos_" + chat, SCHEDULE.post(n));
    }

    private static AutopostReport report(
            long published, long failed, long unknown, List<AutopostReport.Run> unfinished) {
        return new AutopostReport(
                "schedule",
                1,
                30,
                2,
                Optional.empty(),
                published,
                failed,
                unknown,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                unfinished,
                1);
    }

    private static AutopostReport.Run unfinished() {
        return new AutopostReport.Run(
                "run-2",
                PublishRun.State.Running,
                false,
                Optional.of("post-2"),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                0,
                0,
                Optional.empty());
    }

    private List<String> wrongs() {
        return KindVerdict.of(
                List.of(ALICE),
                new Kinds(List.of(PARSER), List.of(SCHEDULE), meanwhile),
                new KindFacts(
                        posts,
                        Map.of("schedule", report),
                        Map.of("schedule", 2),
                        cutOff,
                        Map.of("parser", List.of(1L, 2L, 3L)),
                        Map.of("parser", datasets),
                        accounts,
                        givenUp));
    }

    private void without(Post lost) {
        posts = posts.stream().filter(post -> !post.equals(lost)).toList();
    }

    private void with(Post more) {
        posts = new ArrayList<>(posts);
        posts.add(more);
    }

    @Test
    void aRunInWhichNothingWentWrongIsGreen() {
        assertThat(wrongs()).isEmpty();
    }

    @Test
    void aSecondMessageWithAPostShowsThatIntentOrSettlementIsMissing() {
        with(post("talk0", 2));
        assertThat(wrongs()).containsExactly("posts: post 2 was published twice in talk0: 2 messages");
        Verdict posts = new Verdict(wrongs());
        Verdict people = new Verdict(List.of("Human[1] was contacted twice: 0 invites, 2 messages"));
        List<String> called = List.of("Human[2] came by webhook and was contacted twice: 0 invites, 2 messages");
        for (Protection protection : List.of(Protection.INTENT, Protection.SETTLEMENT)) {
            assertThat(protection.missedBy(posts)).isPresent();
            assertThat(protection.missedEverywhereBy(posts)).isEmpty();
            assertThat(protection.missedEverywhereBy(people)).isEmpty();
            assertThat(protection.missedEverywhereBy(people.and(posts.wrongs())))
                    .isEmpty();
            assertThat(protection.missedEverywhereBy(posts.and(called))).isEmpty();
            assertThat(protection.missedEverywhereBy(people.and(called).and(posts.wrongs())))
                    .isPresent();
        }
    }

    @Test
    void aPostThatIsNowhereIsLostUnlessItsOutcomeIsUnknown() {
        without(post("talk0", 2));
        report = report(3, 0, 0, List.of());
        assertThat(wrongs())
                .containsExactly("posts: 1 posts are not where they should be, though the outcome of 0 is unknown");

        report = report(3, 0, 1, List.of());
        cutOff = 1;
        assertThat(wrongs()).isEmpty();
    }

    @Test
    void noMoreOutcomesAreUnknownThanCallsWereCutOff() {
        report = report(3, 0, 1, List.of());
        assertThat(wrongs())
                .containsExactly("the outcome of 1 posts is unknown, though only 0 of their calls were cut off");
    }

    @Test
    void theLedgerTellsOfAsManyPostsAsTelegramSaw() {
        report = report(3, 0, 0, List.of());
        assertThat(wrongs()).containsExactly("posts: the ledger has 3 posts as published, Telegram saw 4");

        without(post("talk0", 2));
        report = report(4, 0, 1, List.of());
        cutOff = 1;
        assertThat(wrongs()).containsExactly("posts: the ledger has 4 posts as published, Telegram saw 3");
    }

    @Test
    void aPostThatFailedIsLost() {
        report = report(4, 1, 0, List.of());
        assertThat(wrongs()).containsExactly("posts: 1 posts failed");
    }

    @Test
    void aRunOfAScheduleThatIsStuckMakesItRed() {
        report = report(4, 0, 0, List.of(unfinished()));
        assertThat(wrongs()).containsExactly("posts: 1 runs came to no end");
    }

    @Test
    void aPostWhoseTurnItWasNotMakesItRed() {
        with(post("news0", 3));
        assertThat(wrongs()).containsExactly("posts: Telegram saw a post in news0 whose turn it was not");
    }

    @Test
    void aRowThatIsLostDoubledOrStrangeMakesItRed() {
        datasets = List.of(ALL, new Rows(true, List.of(1L, 3L), true));
        assertThat(wrongs()).containsExactly("people, run 2: 1 of 3 members are missing in its dataset");

        datasets = List.of(new Rows(true, List.of(1L, 2L, 2L, 3L), true));
        assertThat(wrongs()).containsExactly("people, run 1: 1 people are in its dataset twice");

        datasets = List.of(new Rows(true, List.of(1L, 2L, 3L, 4L), true));
        assertThat(wrongs()).containsExactly("people, run 1: 1 people in its dataset are no members");
    }

    @Test
    void aDatasetThatIsNotCompleteOrHasNoWholeFileMakesItRed() {
        datasets = List.of(new Rows(false, List.of(1L), false));
        assertThat(wrongs()).containsExactly("people, run 1: its dataset is not complete");

        datasets = List.of(new Rows(true, ALL.people(), false));
        assertThat(wrongs()).containsExactly("people, run 1: its file is not there, not whole, or not alone");

        datasets = List.of();
        assertThat(wrongs()).containsExactly("people: no run came to its end");
    }

    @Test
    void anAccountWhoseLoginCameToNoEndMakesItRed() {
        accounts = Map.of("a", AccountState.LoginRequired);
        assertThat(wrongs()).containsExactly("team0: its login came to no end, the ledger has it as LoginRequired");
    }

    @Test
    void aRunInWhichNoAccountChangedHandsProvesNothing() {
        givenUp = 0;
        assertThat(wrongs()).isEmpty();

        meanwhile = List.of(new Scenario.Campaign(
                "bring-meanwhile0", "uid", "meanwhile0", Mode.LinkOnly, List.of(ALICE), true, List.of()));
        assertThat(wrongs()).containsExactly("no worker ever gave its account up to one of higher rank");
    }
}
