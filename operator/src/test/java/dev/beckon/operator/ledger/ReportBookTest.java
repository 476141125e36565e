package dev.beckon.operator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.ledger.LedgerDoor.Reports;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportBookTest {
    private static final ResourceID SPRING = new ResourceID("spring", "team");
    private static final Subject SUBJECT = Subject.campaign("uid");

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final ReportBook book = new ReportBook((InstantSource) () -> now);

    private Reading<CampaignReport> ask(Object basis) {
        return book.campaign("uid", SPRING, basis, Optional.of(Duration.ofSeconds(15)));
    }

    private static Reports reports(long pending, long sequence) {
        CampaignReport report = new CampaignReport(
                "uid",
                true,
                new CampaignReport.Counts(pending, pending, 0, 0, 0, 0, 0, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sequence);
        return new Reports(Map.of(Subject.campaign("uid"), report), sequence);
    }

    @Test
    void whatWasAskedForIsReadOnceAndTold() {
        assertThat(ask("a")).isInstanceOf(Reading.Asked.class);
        Map<Subject, Object> batch = book.take(10);
        assertThat(batch).containsOnlyKeys(SUBJECT);

        assertThat(book.answered(batch, reports(3, 7), now)).containsEntry(SUBJECT, SPRING);
        assertThat(ask("a"))
                .isInstanceOfSatisfying(
                        Reading.Known.class,
                        known -> assertThat(known.sequence()).isEqualTo(7));
        assertThat(book.take(10)).isEmpty();
    }

    @Test
    void aReportThatWasAskedForBeforeAWorkerEndedIsNotGivenOut() {
        ask("a");
        Map<Subject, Object> batch = book.take(10);
        ask("b");

        book.answered(batch, reports(3, 7), now);

        assertThat(ask("b")).isInstanceOf(Reading.Asked.class);
        assertThat(book.take(10)).containsEntry(SUBJECT, "b");
    }

    @Test
    void whoeverHasJustWrittenSomethingDoesNotReadWhatWasThereBefore() {
        ask("a");
        book.answered(book.take(10), reports(3, 7), now);
        book.changed(SUBJECT);
        Map<Subject, Object> onItsWay = book.take(10);
        book.refresh(SUBJECT);

        assertThat(book.answered(onItsWay, reports(3, 7), now)).isEmpty();
        assertThat(ask("a")).isInstanceOf(Reading.Asked.class);
        assertThat(book.answered(book.take(10), reports(3, 500), now)).containsKey(SUBJECT);
        assertThat(ask("a"))
                .isInstanceOfSatisfying(
                        Reading.Known.class,
                        known -> assertThat(known.sequence()).isEqualTo(500));
    }

    @Test
    void aHigherNumberAloneIsNoNewsALowerOneIs() {
        ask("a");
        book.answered(book.take(10), reports(3, 7), now);
        book.changed(SUBJECT);
        assertThat(book.answered(book.take(10), reports(3, 8), now)).isEmpty();
        book.changed(SUBJECT);
        assertThat(book.answered(book.take(10), reports(2, 9), now)).containsKey(SUBJECT);
        book.changed(SUBJECT);
        assertThat(book.answered(book.take(10), reports(2, 4), now)).containsKey(SUBJECT);
    }

    @Test
    void anOldReportIsGivenOutAndReadAgain() {
        ask("a");
        book.answered(book.take(10), reports(3, 7), now);
        now = now.plusSeconds(16);

        assertThat(ask("a")).isInstanceOf(Reading.Known.class);
        assertThat(book.take(10)).containsKey(SUBJECT);
    }

    @Test
    void aLedgerThatIsAwayIsToldOnceAndItsReturnToo() {
        ask("a");
        Map<Subject, Object> batch = book.take(10);
        assertThat(book.failed(batch, "away")).containsKey(SUBJECT);
        assertThat(ask("a")).isEqualTo(new Reading.Unreachable<>(now, "away"));
        assertThat(book.failed(book.take(10), "away")).isEmpty();

        assertThat(book.answered(book.take(10), reports(3, 7), now)).containsKey(SUBJECT);
        assertThat(ask("a")).isInstanceOf(Reading.Known.class);
    }

    @Test
    void oneThatKnewItsReportAndMetALostLedgerHearsOfTheReturnInALaterBatchToo() {
        ask("a");
        book.answered(book.take(10), reports(3, 7), now);
        Subject other = Subject.account("other");
        book.account("other", new ResourceID("alice", "team"), "a", Optional.empty());
        book.failed(book.take(10), "away");
        assertThat(ask("a")).isInstanceOf(Reading.Unreachable.class);

        Map<Subject, Object> healing = book.take(1);
        book.answered(healing, reports(3, 7), now);
        Map<Subject, ResourceID> later = book.answered(book.take(10), reports(3, 7), now);

        assertThat(healing).containsOnlyKeys(other);
        assertThat(later).containsEntry(SUBJECT, SPRING);
    }

    @Test
    void anOutageThatLastsIsToldToThoseWhoDidNotAskToo() {
        ask("a");
        book.answered(book.take(10), reports(3, 7), now);
        assertThat(book.failed(book.take(10), "away")).isEmpty();
        now = now.plus(ReportBook.LASTS);

        assertThat(book.failed(book.take(10), "away")).containsEntry(SUBJECT, SPRING);
        assertThat(ask("a")).isInstanceOf(Reading.Unreachable.class);
        assertThat(book.failed(book.take(10), "away")).isEmpty();
        assertThat(book.answered(book.take(10), reports(3, 7), now)).containsEntry(SUBJECT, SPRING);
    }

    @Test
    void anIdleOperatorLooksWhetherItsLedgerStillAnswers() throws InterruptedException {
        ask("a");
        book.answered(book.take(10), reports(3, 7), now);

        book.awaitWanted(Duration.ZERO);

        assertThat(book.take(10)).isEmpty();
    }

    @Test
    void hintsAboutStrangersAndTheDeletedAreLeftAlone() {
        book.changed(Subject.campaign("stranger"));
        ask("a");
        book.forget(SUBJECT);
        book.changed(SUBJECT);

        assertThat(book.take(10)).isEmpty();
    }

    @Test
    void aLedgerThatFellHoldsWhoeverIsNewAndIsReadAgainForAllOthers() {
        ask("a");
        book.answered(book.take(10), reports(3, 50), now);
        book.campaign("fresh", new ResourceID("fresh", "team"), "a", Optional.empty());

        book.answered(book.take(10), new Reports(Map.of(), 7), now);

        Reading<CampaignReport> reading =
                book.campaign("fresh", new ResourceID("fresh", "team"), "a", Optional.empty());
        assertThat(RestoredLedger.seen(null, reading)).isEqualTo(50);
        assertThat(RestoredLedger.seen(40L, reading))
                .as("one of its own counts")
                .isEqualTo(40);
        assertThat(book.take(10)).as("what was read before is not so any more").containsOnlyKeys(SUBJECT);
        book.answered(Map.of(SUBJECT, "a"), reports(3, 7), now);
        assertThat(book.take(10)).as("and read once").isEmpty();
    }

    @Test
    void anOperatorThatHasJustStartedKnowsByTheStatusesThatTheLedgerFell() {
        book.saw(null);
        book.saw(90L);
        ask("a");
        book.answered(book.take(10), reports(3, 7), now);
        assertThat(RestoredLedger.seen(null, ask("a"))).isEqualTo(90);
        ask("b");
        book.answered(book.take(10), reports(3, 91), now);
        assertThat(RestoredLedger.seen(null, ask("b"))).isNull();
    }
}
