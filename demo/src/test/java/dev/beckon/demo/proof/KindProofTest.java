package dev.beckon.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.ParserJob;
import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.ParserReport;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A parser and a schedule of which all witnesses tell the same, and one thing at a time that must turn the verdict red. */
class KindProofTest {
    private static final long EMIL = 900;
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Post FIRST = new Post(NOON, EMIL, "@news", "first");
    private static final Post SECOND = new Post(NOON.plusSeconds(60), EMIL, "@news", "second");
    private static final List<Post> BOTH = List.of(FIRST, SECOND);
    private static final List<Long> PEOPLE = List.of(1L, 2L, 3L);
    private static final List<Long> MEMBERS = List.of(1L, 2L, 3L, 4L, 5L);

    /** Four members of five that the ledger keeps or knows to be a bot or deleted, and the fifth. */
    private static KindEvidence evidence(
            List<Long> people,
            List<Long> members,
            long shownListed,
            List<Post> posts,
            long shownPublished,
            long published) {
        ParserJob parser = Serialization.unmarshal("""
                metadata: {name: walkers, uid: p}
                spec: {source: "@old"}
                status: {progress: {collected: 3, listed: %d, chatTotal: 5, bots: 1, deleted: 1}}
                """.formatted(shownListed), ParserJob.class);
        AutopostSchedule schedule = Serialization.unmarshal("""
                metadata: {name: news, uid: s}
                spec: {targets: ["@news"], account: {name: emil}}
                status: {progress: {summary: 2/3, published: %d}, outcomeUnknown: 0}
                """.formatted(shownPublished), AutopostSchedule.class);
        ParserReport.Run run = new ParserReport.Run(
                "d",
                Dataset.State.Complete,
                people.size(),
                new Dataset.Counts(5, 5, 5, 1, 1, 0, 0),
                true,
                Optional.empty(),
                NOON,
                Optional.of(NOON),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new KindEvidence(
                List.of(parser),
                List.of(schedule),
                Map.of("p", new ParserReport("p", run, Optional.of(run))),
                Map.of("p", people),
                Map.of("p", members),
                Map.of(
                        "s",
                        new AutopostReport(
                                "s",
                                1,
                                3,
                                2,
                                Optional.empty(),
                                published,
                                0,
                                0,
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                1)),
                posts,
                List.of(contact(-30), contact(-15), contact(90)));
    }

    private static Contact contact(long seconds) {
        return new Contact(
                NOON.plusSeconds(seconds), "message", true, "ok", EMIL, 1, 7, Optional.empty(), Optional.empty());
    }

    static Stream<Arguments> wrongs() {
        return Stream.of(
                Arguments.argumentSet(
                        "somebody is missing",
                        evidence(List.of(1L, 2L), MEMBERS, 5, BOTH, 2, 2),
                        List.of(
                                "walkers: the status says collected 3, the ledger has 2",
                                "walkers: Telegram has 5 members, the ledger 2 and left 2 out")),
                Arguments.argumentSet(
                        "somebody is there twice",
                        evidence(List.of(1L, 2L, 2L), MEMBERS, 5, BOTH, 2, 2),
                        List.of("walkers: the ledger has somebody twice")),
                Arguments.argumentSet(
                        "somebody is no member",
                        evidence(List.of(1L, 2L, 9L), MEMBERS, 5, BOTH, 2, 2),
                        List.of("walkers: the ledger has somebody who is no member")),
                Arguments.argumentSet(
                        "the status tells of another list",
                        evidence(PEOPLE, MEMBERS, 4, BOTH, 2, 2),
                        List.of("walkers: the status says listed 4, the ledger has 5")),
                Arguments.argumentSet(
                        "a post is there twice",
                        evidence(PEOPLE, MEMBERS, 5, List.of(FIRST, SECOND, FIRST), 2, 2),
                        List.of(
                                "news: the ledger says 2 published, Telegram has 3 posts",
                                "news: a post is in @news 2 times")),
                Arguments.argumentSet(
                        "a post is lost",
                        evidence(PEOPLE, MEMBERS, 5, List.of(FIRST), 2, 2),
                        List.of("news: the ledger says 2 published, Telegram has 1 post")),
                Arguments.argumentSet(
                        "the status tells of another number",
                        evidence(PEOPLE, MEMBERS, 5, BOTH, 1, 2),
                        List.of("news: the status says published 1, the ledger has 2")));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void turnsRed(KindEvidence evidence, List<String> sentences) {
        KindProof.Verdict verdict = KindProof.verdict(evidence);
        assertThat(verdict.agrees()).isFalse();
        assertThat(verdict.disagreements()).containsExactlyElementsOf(sentences);
    }

    @Test
    void isGreenWhenAllAgreeAndPrintsATableForEachKind() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean agrees = KindProof.print(
                evidence(PEOPLE, MEMBERS, 5, BOTH, 2, 2), new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(agrees).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().map(String::strip))
                .contains(
                        "PARSER                 CHAT             STATUS           LEDGER                       TELEGRAM HAS     AGREE",
                        "walkers                @old             5 of 5 listed    3 people, 1 bot, 1 deleted   5 members        ✓",
                        "news                   @news            2/3 used         2 published                  2 posts          ✓");
    }

    @Test
    void aPostBetweenTwoPeopleOfACampaignShowsThatItsAccountWasGivenUp() {
        assertThat(KindProof.handovers(evidence(PEOPLE, MEMBERS, 5, List.of(FIRST), 1, 1)))
                .containsExactly(
                        "Account emil published for news at 12:00:00, after 2 and before 1 of its campaign's people: it was given up"
                                + " for the post.");
    }

    @Test
    void aPostAfterTheLastPersonShowsNothing() {
        Post late = new Post(NOON.plusSeconds(300), EMIL, "@news", "late");
        KindEvidence evidence = evidence(PEOPLE, MEMBERS, 5, List.of(late), 1, 1);
        assertThat(KindProof.handovers(evidence)).isEmpty();
        assertThat(KindProof.verdict(evidence).agrees()).isTrue();
        assertThat(KindProof.ofDemonstration(evidence).disagreements())
                .containsExactly("No account was given up for a post while its campaign was at work");
    }
}
