package dev.beckon.ledger.steward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Identities;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The suppression list in the team's hands. */
@Tag("integration")
class SuppressionListTest {
    private static final OptionalLong EVERYWHERE = OptionalLong.empty();

    private final LedgerFixture fixture = new LedgerFixture();
    private final StewardLedger steward = fixture.database.stewardLedger(fixture.keys, fixture.clock);
    private final SuppressionList list = steward.suppressions();
    // The database is shared: what is decided here is told apart by who decided it.
    private final Decision decision = new Decision("AskedByMail", "SUP-" + LedgerFixture.number());
    private final Identities person = Identities.ofPhone(LedgerFixture.phone());

    @AfterEach
    void close() {
        steward.close();
        fixture.close();
    }

    private List<Change> audit() {
        List<Change> changes = new ArrayList<>();
        list.audit(change -> {
            if (change.decision().by().equals(decision.by())) {
                changes.add(change);
            }
        });
        return changes;
    }

    @Test
    void whoIsAddedIsCoveredForEveryWorkerAndTheAuditSaysOnWhoseWord() {
        assertThat(list.add(List.of(person), EVERYWHERE, decision)).isEqualTo(1);

        assertThat(fixture.ledger.suppressions().covers(person, fixture.chat)).isTrue();
        assertThat(list.of(person)).singleElement().satisfies(entry -> {
            assertThat(entry.chatId()).isEmpty();
            assertThat(entry.reason()).isEqualTo("AskedByMail");
            assertThat(entry.since()).isEqualTo(fixture.clock.instant());
        });
        assertThat(audit()).singleElement().satisfies(change -> {
            assertThat(change.action()).isEqualTo(Change.Action.Added);
            assertThat(change.decision()).isEqualTo(decision);
        });
    }

    @Test
    void addingAgainAddsNothingAndKeepsTheFirstTime() {
        list.add(List.of(person), EVERYWHERE, decision);
        fixture.clock.advance(Duration.ofDays(1));

        assertThat(list.add(List.of(person), EVERYWHERE, new Decision("Other", decision.by())))
                .isZero();
        assertThat(list.of(person).getFirst().reason()).isEqualTo("AskedByMail");
        assertThat(audit()).hasSize(1);
    }

    @Test
    void anEntryForOneChatLeavesTheOthers() {
        list.add(List.of(person), OptionalLong.of(fixture.chat), decision);

        assertThat(fixture.ledger.suppressions().covers(person, fixture.chat)).isTrue();
        assertThat(fixture.ledger.suppressions().covers(person, fixture.chat - 1))
                .isFalse();
    }

    @Test
    void whoIsTakenOffIsNotCoveredAndTheAuditKeepsBoth() {
        list.add(List.of(person), EVERYWHERE, decision);

        assertThat(list.remove(List.of(person), EVERYWHERE, new Decision("AddedByMistake", decision.by())))
                .isEqualTo(1);
        assertThat(fixture.ledger.suppressions().covers(person, fixture.chat)).isFalse();
        assertThat(audit()).extracting(Change::action).containsExactly(Change.Action.Added, Change.Action.Removed);
        assertThat(list.remove(List.of(person), EVERYWHERE, decision)).isZero();
        assertThat(audit()).hasSize(2);
    }

    @Test
    void whoIsTakenOffByOneNameStaysSuppressedByTheOthers() {
        Identities byAll = new Identities(
                person.phone(), Optional.of("name" + LedgerFixture.number()), Optional.of(LedgerFixture.number()));
        list.add(List.of(byAll), EVERYWHERE, decision);

        list.remove(List.of(person), EVERYWHERE, decision);

        assertThat(fixture.ledger.suppressions().covers(byAll, fixture.chat)).isTrue();
    }

    @Test
    void theEntryOfOneChatIsNoneOfEveryChat() {
        list.add(List.of(person), OptionalLong.of(fixture.chat), decision);

        assertThat(list.remove(List.of(person), EVERYWHERE, decision)).isZero();
        assertThat(fixture.ledger.suppressions().covers(person, fixture.chat)).isTrue();
    }

    @Test
    void eachChangeRaisesTheLedgersNumberSoThatALostOneIsNoticed() {
        long before = sequence();
        list.add(List.of(person), EVERYWHERE, decision);
        long added = sequence();
        list.remove(List.of(person), EVERYWHERE, decision);
        assertThat(added).isGreaterThan(before);
        assertThat(sequence()).isGreaterThan(added);
    }

    private long sequence() {
        return fixture.report(fixture.campaign()).sequence();
    }

    @Test
    void whatWasExportedComesBackAfterAnOlderBackupWithItsOwnTimeAndReason() throws IOException {
        list.add(List.of(person), OptionalLong.of(fixture.chat), decision);
        Suppressed before = list.of(person).getFirst();
        StringWriter file = new StringWriter();
        assertThat(steward.file().write(list, file)).isPositive();
        assertThat(file.toString()).doesNotContain(person.phone().orElseThrow().substring(1));
        list.remove(List.of(person), OptionalLong.of(fixture.chat), decision);
        fixture.clock.advance(Duration.ofDays(3));

        assertThat(restore(file.toString())).isEqualTo(1);
        assertThat(list.of(person)).containsExactly(before);
        assertThat(audit().getLast().action()).isEqualTo(Change.Action.Restored);
        assertThat(restore(file.toString())).isZero();
    }

    private int restore(String file) throws IOException {
        int[] missing = {0};
        steward.file()
                .read(
                        new BufferedReader(new StringReader(file)),
                        entries -> missing[0] += list.restore(entries, decision));
        return missing[0];
    }

    @Test
    void aListOfManyPagesIsReadWhole() {
        List<Identities> many = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            many.add(Identities.ofUserId(LedgerFixture.number()));
        }
        assertThat(list.add(many, OptionalLong.of(fixture.chat), decision)).isEqualTo(2_500);

        long[] found = {0};
        list.forEach(entry -> {
            if (entry.chatId().equals(OptionalLong.of(fixture.chat))) {
                found[0]++;
            }
        });
        assertThat(found[0]).isEqualTo(2_500);
    }

    @Test
    void aFileOfOtherKeysIsRefused() throws IOException {
        StringWriter file = new StringWriter();
        steward.file().write(list, file);
        SuppressionFile other = new SuppressionFile(LedgerKeys.generate().lookupKeys());

        assertThatThrownBy(() -> other.read(new BufferedReader(new StringReader(file.toString())), entries -> {}))
                .hasMessageContaining("other look-up keys");
    }

    @Test
    void aFileOfAnOlderLookupKeyIsReadWithTheNewOneBesideIt() throws IOException {
        StringWriter file = new StringWriter();
        steward.file().write(list, file);
        SuppressionFile rotated =
                new SuppressionFile(fixture.keys.withNewLookupKey().lookupKeys());

        rotated.read(new BufferedReader(new StringReader(file.toString())), entries -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zz", "00112233445566778899aabbccddeeff,x,Word,2026-11-23T10:00:00Z", "00,,Word,2026", ",,,"})
    void aDamagedLineIsToldByItsNumberAndNotByWhatItHolds(String line) throws IOException {
        StringWriter file = new StringWriter();
        steward.file().write(list, file);
        String head = file.toString().lines().limit(2).reduce("", (a, b) -> a + b + "\n");

        assertThatThrownBy(() -> restore(head + line))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("Line 3")
                .hasMessageNotContaining("0011");
    }

    @Test
    void anythingElseIsNoFileOfThisList() {
        assertThatThrownBy(() -> restore("phone\n+491701234567\n"))
                .hasMessageContaining("suppression add")
                .hasMessageNotContaining("4917");
    }

    @ParameterizedTest
    @CsvSource({"asked by mail,support", "A,+491701234567", "A,anna@example.org", "'',support", "A,''"})
    void aDecisionHoldsNoPerson(String reason, String by) {
        assertThatThrownBy(() -> new Decision(reason, by)).isInstanceOf(LedgerException.class);
    }
}
