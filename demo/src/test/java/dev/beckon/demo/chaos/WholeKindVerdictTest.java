package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.ParserJob;
import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.Kinds.Trouble;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.WholeKinds.Posting;
import dev.beckon.demo.proof.KindEvidence;
import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.workorder.ParseOrder.Collect;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A parser and a schedule of which all witnesses tell the same, and one thing at a time that must turn a whole run red. */
class WholeKindVerdictTest {
    private static final Account ALICE = new Account(0, "team0", "a", 100, "+491700000001");
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private static final Posting OF_BOT = new Posting(
            new Schedule(Scenarios.bot(1, "b"), "team1-posts", "t", List.of("news1"), List.of(), Optional.empty()),
            2,
            false,
            true);

    private Collect collect = Collect.Members;
    private List<Long> people = List.of(1L, 2L, 3L);
    private String parserState = "Succeeded";
    private long collected = 3;
    private String sha256 = "abc";
    private String scheduleState = "Exhausted";
    private int used = 2;
    private int shownPublished = 4;
    private int published = 4;
    private int unknown;
    private int cutOff;
    private boolean inKubernetes = true;
    private Optional<Posting> another = Optional.empty();
    private List<Contact> contacts = List.of();
    private List<Post> posts = List.of(post("news0", 1), post("talk0", 1), post("news0", 2), post("talk0", 2));

    private Posting posting() {
        return new Posting(
                new Schedule(ALICE, "team0-posts", "s", List.of("news0", "talk0"), List.of(), Optional.empty()),
                2,
                false,
                false);
    }

    private WholeKinds kinds() {
        Parser parser = new Parser(ALICE, "team0-people", "p", "crowd0", 3, collect, List.of(), Trouble.SENT_TWICE);
        return new WholeKinds(
                List.of(parser), another.map(it -> List.of(posting(), it)).orElse(List.of(posting())));
    }

    private static Post post(String chat, int n) {
        return new Post(
                NOON.plusSeconds(60L * n),
                ALICE.userId(),
                "@chaos_" + chat,
                "Post number " + n + " of the schedule team0-posts is here");
    }

    private ParserJob parser() {
        return Serialization.unmarshal("""
                metadata: {name: team0-people, uid: p}
                spec: {source: "@chaos_crowd0"}
                status:
                  state: %s
                  waitingFor: Account
                  progress: {scanned: 4, collected: %d, listed: 4, chatTotal: 4, duplicates: 1}
                  dataset: {id: p-1, rows: 3, sha256: %s}
                """.formatted(parserState, collected, sha256), ParserJob.class);
    }

    private AutopostSchedule schedule() {
        return Serialization.unmarshal(
                """
                metadata: {name: team0-posts, uid: s}
                spec: {targets: ["@chaos_news0", "@chaos_talk0"], account: {name: team0}}
                status:
                  state: %s
                  missed: 3
                  progress: {summary: %d/2, total: 2, used: %d, round: 1, published: %d}
                  failures: 0
                  outcomeUnknown: %d
                """.formatted(scheduleState, used, used, shownPublished, unknown), AutopostSchedule.class);
    }

    private static ParserReport parserReport() {
        ParserReport.Run run = new ParserReport.Run(
                "p-1",
                Dataset.State.Complete,
                3,
                new Dataset.Counts(4, 4, 4, 0, 0, 0, 1),
                true,
                Optional.of("abc"),
                NOON,
                Optional.of(NOON),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new ParserReport("p", run, Optional.of(run));
    }

    private AutopostReport autopostReport() {
        return new AutopostReport(
                "s",
                1,
                2,
                2,
                Optional.empty(),
                published,
                0,
                unknown,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                1);
    }

    private KindEvidence evidence() {
        return new KindEvidence(
                inKubernetes ? List.of(parser()) : List.of(),
                inKubernetes ? List.of(schedule()) : List.of(),
                Map.of("p", parserReport()),
                Map.of("p", people),
                Map.of("p", List.of(1L, 2L, 3L)),
                Map.of("s", autopostReport()),
                posts,
                contacts);
    }

    /** By the judge of the whole run, so that nothing of this is left out there. */
    private List<String> wrongs() {
        Scenario scenario = new Scenario(List.of(ALICE), List.of(), List.of(), List.of(), List.of(), List.of());
        KindEvidence evidence = evidence();
        Facts facts = new Facts(List.of(), 0, Map.of(), List.of(), Map.of(), 0, List.of(), List.of());
        return WholeVerdict.of(
                        new WholeWork(scenario, kinds()),
                        new WholePlan(0, List.of()),
                        new WholeFacts(
                                facts,
                                WholeFinder.kinds(kinds(), evidence, Map.of("a", AccountState.Ready), cutOff),
                                evidence,
                                List.of(),
                                List.of(),
                                Set.of(),
                                0,
                                0,
                                List.of(),
                                Duration.ZERO))
                .wrongs();
    }

    @Test
    void aRunInWhichAllTellTheSameIsGreenThoughMinutesWereMissed() {
        assertThat(wrongs()).isEmpty();
    }

    @Test
    void aPostThatIsThereTwiceMakesItRed() {
        posts = new ArrayList<>(posts);
        posts.add(post("talk0", 2));
        assertThat(wrongs()).containsExactly("team0-posts: post 2 was published twice in talk0: 2 messages");
    }

    @Test
    void aPostThatTheLedgerCallsPublishedStandsInItsChat() {
        posts = posts.subList(0, 3);
        assertThat(wrongs())
                .containsExactly(
                        "team0-posts: 1 posts are not where they should be, though the outcome of 0 is unknown",
                        "team0-posts: the ledger has 4 posts as published, Telegram saw 3");
    }

    @Test
    void noMoreOutcomesAreUnknownThanCallsWereCutOff() {
        published = 3;
        shownPublished = 3;
        unknown = 1;
        posts = posts.subList(0, 3);
        assertThat(wrongs())
                .containsExactly("the outcome of 1 posts is unknown, though only 0 of their calls were cut off");

        cutOff = 1;
        assertThat(wrongs()).isEmpty();
    }

    @Test
    void aRowThatIsLostOrDoubledMakesItRed() {
        people = List.of(1L, 3L);
        assertThat(wrongs()).containsExactly("team0-people, run 1: 1 of 3 members are missing in its dataset");

        people = List.of(1L, 2L, 3L, 3L);
        assertThat(wrongs()).containsExactly("team0-people, run 1: 1 people are in its dataset twice");
    }

    @Test
    void whoWroteInItsChatIsInADatasetOfAuthorsAndNobodyElse() {
        collect = Collect.Authors;
        people = List.of(7L, 8L);
        posts = new ArrayList<>(posts);
        posts.add(new Post(NOON, 7, "@chaos_crowd0", "Hello"));
        posts.add(new Post(NOON, 8, "@chaos_crowd0", "Hello"));
        posts.add(new Post(NOON, 7, "@chaos_crowd0", "Hello"));
        assertThat(wrongs()).isEmpty();

        people = List.of(7L, 8L, 9L);
        assertThat(wrongs()).containsExactly("team0-people, run 1: 1 people in its dataset are no members");
    }

    @Test
    void aParserThatIsStuckMakesItRed() {
        parserState = "Waiting";
        assertThat(wrongs()).containsExactly("team0-people: came to no end: Waiting 4 scanned, waits for Account");
    }

    @Test
    void aScheduleThatIsStuckMakesItRed() {
        scheduleState = "Scheduled";
        assertThat(wrongs()).containsExactly("team0-posts: came to no end: Scheduled 2/2 used, 4 published");
    }

    @Test
    void aScheduleThatCallsItselfExhaustedWithPostsLeftIsStuck() {
        used = 1;
        assertThat(wrongs())
                .containsExactly(
                        "team0-posts: came to no end: Exhausted 1/2 used, 4 published",
                        "team0-posts: the status says used 1, the ledger has 2");
    }

    @Test
    void aStatusThatDiffersFromTheLedgerMakesItRed() {
        collected = 2;
        assertThat(wrongs()).containsExactly("team0-people: the status says collected 2, the ledger has 3");

        collected = 3;
        sha256 = "def";
        assertThat(wrongs())
                .containsExactly("team0-people: the status says sha256 Optional[def], the ledger has Optional[abc]");

        sha256 = "abc";
        shownPublished = 3;
        assertThat(wrongs()).containsExactly("team0-posts: the status says published 3, the ledger has 4");
    }

    @Test
    void whatKubernetesDoesNotKnowAnyMoreMakesItRed() {
        inKubernetes = false;
        assertThat(wrongs())
                .containsExactly(
                        "team0-people: Kubernetes does not know it", "team0-posts: Kubernetes does not know it");
    }

    @Test
    void aLongRunInWhichNoAccountWasGivenUpForAPostProvesNothing() {
        another = Optional.of(posting());
        assertThat(WholeKindVerdict.of(kinds(), evidence()))
                .containsExactly("no account was given up for a post in the midst of its campaigns");

        contacts = List.of(contact(NOON), contact(NOON.plusSeconds(90)));
        assertThat(WholeKindVerdict.of(kinds(), evidence())).isEmpty();
    }

    @Test
    void aBotHasNoCampaignsThatCouldBeInterrupted() {
        another = Optional.of(OF_BOT);
        assertThat(WholeKindVerdict.of(kinds(), evidence()))
                .containsExactly("team1-posts: Kubernetes does not know it");
    }

    private static Contact contact(Instant at) {
        return new Contact(at, "message", true, "ok", ALICE.userId(), 1, 2_000_001, Optional.empty(), Optional.empty());
    }
}
