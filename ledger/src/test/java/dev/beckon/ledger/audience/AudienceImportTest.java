package dev.beckon.ledger.audience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.OutcomeLog;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.CampaignReport.LineCount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("integration")
class AudienceImportTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final String account = fixture.account();
    private final String campaign = fixture.campaign(account);

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<OutcomeLog.Row> log() {
        List<OutcomeLog.Row> rows = new ArrayList<>();
        fixture.ledger.outcomes().forEach(campaign, rows::add);
        return rows;
    }

    @Test
    void everyLineIsAccountedForAndABadOneCostsOnlyItself() {
        String first = LedgerFixture.phone();
        String gone = LedgerFixture.phone();
        fixture.ledger.suppressions().add(List.of(Identities.ofPhone(gone)), OptionalLong.empty(), "OptedOut");
        ImportResult result = fixture.importLines(
                campaign,
                "phone,username,consent_basis",
                first + ",,",
                first + ",other_" + LedgerFixture.number() + ",",
                "0170 123,,",
                gone + ",,",
                LedgerFixture.phone() + ",,Unknown",
                "",
                LedgerFixture.phone() + ",,Contract");
        assertThat(result).isEqualTo(new ImportResult(6, 2, 0, 1, 1, 1, 0, 1, false));
        CampaignReport report = fixture.report(campaign);
        assertThat(report.imported()).isTrue();
        assertThat(report.counts()).isEqualTo(new CampaignReport.Counts(4, 2, 0, 0, 0, 0, 0, 2, 0));
        assertThat(report.lines()).containsExactly(new LineCount("BadLine", 1), new LineCount("Duplicate", 1));
        assertThat(log())
                .extracting(OutcomeLog.Row::ordinal, OutcomeLog.Row::reason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(3L, "Duplicate"),
                        org.assertj.core.groups.Tuple.tuple(4L, "BadLine"),
                        org.assertj.core.groups.Tuple.tuple(5L, "Suppressed"),
                        org.assertj.core.groups.Tuple.tuple(6L, "NoConsent"));
        assertThat(log())
                .filteredOn(row -> row.reason().equals("BadLine"))
                .singleElement()
                .satisfies(row -> assertThat(row.raw().orElseThrow())
                        .contains("country code")
                        .doesNotContain("0170"));
    }

    @Test
    void theSameFileAgainChangesNothing() {
        String text = LedgerFixture.phone() + "\n" + LedgerFixture.phone() + "\nbad";
        assertThat(fixture.importText(campaign, text).imported()).isEqualTo(2);
        assertThat(fixture.importText(campaign, text)).isEqualTo(ImportResult.NOTHING);
        assertThat(fixture.report(campaign).counts().total()).isEqualTo(2);
        assertThat(log()).hasSize(1);
    }

    @Test
    void anEditedFileAddsWhoIsNewAndLogsNobodyTwice() {
        String one = LedgerFixture.phone();
        String two = LedgerFixture.phone();
        String three = LedgerFixture.phone();
        fixture.importLines(campaign, one, two);
        ImportResult second = fixture.importLines(campaign, three, two, one, three);
        assertThat(second.imported()).isEqualTo(1);
        assertThat(second.known()).isEqualTo(2);
        assertThat(second.duplicates()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(3);
        Lease lease = fixture.lease(account);
        List<String> claimed = IntStream.range(0, 3)
                .mapToObj(i -> fixture.claim(lease, campaign)
                        .person()
                        .identities()
                        .phone()
                        .orElseThrow())
                .toList();
        assertThat(claimed).containsExactlyInAnyOrder(one, two, three);
    }

    @Test
    void whoLackedConsentIsJudgedAnewWhenTheCampaignStatesIt() {
        byte[] file = LedgerFixture.phone().getBytes(UTF_8);
        AudienceSource source = () -> new ByteArrayInputStream(file);
        AudienceImport imports = fixture.ledger.audienceImport();
        ImportResult without =
                imports.run(campaign, source, Consent.of(Consent.Basis.Unknown)).orElseThrow();
        assertThat(without.withoutConsent()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts().skipped()).isEqualTo(1);
        ImportResult with =
                imports.run(campaign, source, Consent.of(Consent.Basis.OptIn)).orElseThrow();
        assertThat(with.imported()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts()).isEqualTo(new CampaignReport.Counts(1, 1, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void whomAParserReadFromAForeignChatIsSkippedAndOnALaterListOfOnesOwnJudgedAnew() {
        String first = LedgerFixture.phone();
        String second = LedgerFixture.phone();
        String own = LedgerFixture.phone();
        ImportResult parsed = fixture.importLines(
                campaign,
                "phone,consent_basis,source_administered",
                first + ",OptIn,false",
                second + ",,false",
                second + ",OptIn,true",
                own + ",,true");
        assertThat(parsed).isEqualTo(new ImportResult(4, 1, 0, 1, 0, 0, 2, 0, false));
        assertThat(fixture.report(campaign).counts()).isEqualTo(new CampaignReport.Counts(3, 1, 0, 0, 0, 0, 0, 2, 0));
        assertThat(fixture.report(campaign).outcomes())
                .containsExactly(new CampaignReport.OutcomeCount("SourceNotAdministered", 2));
        assertThat(log())
                .extracting(OutcomeLog.Row::ordinal, OutcomeLog.Row::reason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(2L, "SourceNotAdministered"),
                        org.assertj.core.groups.Tuple.tuple(3L, "SourceNotAdministered"),
                        org.assertj.core.groups.Tuple.tuple(4L, "Duplicate"));

        ImportResult later = fixture.importLines(campaign, "phone,consent_basis", first + ",OptIn");
        assertThat(later.imported()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts()).isEqualTo(new CampaignReport.Counts(2, 2, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aListOfNobodyButAForeignChatsPeopleIsReadAndBringsNobody() {
        ImportResult result =
                fixture.importLines(campaign, "username,source_administered", "u" + LedgerFixture.number() + ",false");
        assertThat(result.foreign()).isEqualTo(1);
        assertThat(fixture.report(campaign).imported()).isTrue();
        assertThat(fixture.report(campaign).counts().pending()).isZero();
    }

    @Test
    void inlinePeopleComeWithTheirNames() {
        AudienceSource inline = AudienceSource.inline(List.of(
                new AudienceSource.InlinePerson(
                        Optional.empty(),
                        Optional.of("@Ann_" + LedgerFixture.number()),
                        Optional.empty(),
                        Optional.of("A \"x\", B")),
                new AudienceSource.InlinePerson(
                        Optional.empty(), Optional.empty(), Optional.of(LedgerFixture.number()), Optional.empty())));
        ImportResult result = fixture.ledger
                .audienceImport()
                .run(campaign, inline, Consent.of(Consent.Basis.OptIn))
                .orElseThrow();
        assertThat(result.imported()).isEqualTo(2);
        assertThat(fixture.claim(fixture.lease(account), campaign).person().firstName())
                .contains("A \"x\", B");
    }

    @Test
    void peopleAreSharedEvenlyAmongTheAccounts() {
        String other = fixture.account();
        String shared = fixture.campaign(account, other);
        fixture.importText(
                shared,
                IntStream.range(0, 40).mapToObj(i -> LedgerFixture.phone()).collect(Collectors.joining("\n")));
        assertThat(fixture.report(shared).accounts())
                .extracting(CampaignReport.AccountShare::pending)
                .containsExactly(20L, 20L);
    }

    @Test
    void aFileThatIsNoAudienceIsRefusedWithASentence() {
        assertThatThrownBy(() -> fixture.importText(campaign, "first_name,locale\nAnn,de"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("phone, username, user_id");
        byte[] utf16 = "\uFEFFphone\n+491701234567".getBytes(StandardCharsets.UTF_16BE);
        assertThatThrownBy(() -> fixture.ledger
                        .audienceImport()
                        .run(campaign, () -> new ByteArrayInputStream(utf16), Consent.of(Consent.Basis.OptIn)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("UTF-16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\r\n  \n", "phone\n", "\uFEFFusername,first_name"})
    void anAudienceThatNamesNobodyIsRefusedEachTimeUntilItNamesSomebody(String nobody) {
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> fixture.importText(campaign, nobody))
                    .isInstanceOf(EmptyAudienceException.class)
                    .hasMessageContaining("names nobody");
            assertThat(fixture.report(campaign).imported()).isFalse();
        }
        assertThat(fixture.importText(campaign, LedgerFixture.phone()).imported())
                .isEqualTo(1);
        assertThat(fixture.report(campaign).imported()).isTrue();
    }

    @Test
    void anAudienceThatIsEmptiedAfterItsImportTakesNobodyAwayAndIsNoFault() {
        String list = LedgerFixture.phone() + "\n" + LedgerFixture.phone();
        fixture.importText(campaign, list);
        for (int time = 0; time < 2; time++) {
            assertThat(fixture.importText(campaign, "").imported()).isZero();
            assertThat(fixture.report(campaign).imported()).isTrue();
        }
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(2);
        String more = list + "\n" + LedgerFixture.phone();
        assertThat(fixture.importText(campaign, more).imported()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(3);
    }

    @Test
    void anAudienceOfWhichNoLineCanBeReadIsRefusedEachTimeUntilItIsMended() {
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> fixture.importLines(campaign, "phone", "0170 1", "", "x\"y"))
                    .isInstanceOf(UnreadableAudienceException.class)
                    .hasMessageContaining("None of the audience's 2 lines can be read. The first is line 2: ");
            assertThat(fixture.report(campaign).imported()).isFalse();
            assertThat(fixture.ledger.audienceImport().isComplete(campaign)).isFalse();
        }
        assertThat(fixture.importLines(campaign, "phone", LedgerFixture.phone(), "0170 1")
                        .imported())
                .isEqualTo(1);
        assertThat(fixture.report(campaign).imported()).isTrue();
        BadLines bad = fixture.ledger.audienceImport().badLines(campaign);
        assertThat(bad.total()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(1);
    }

    @Test
    void anAudienceThatCanBeReadIsNoneThatCanNot() {
        String gone = LedgerFixture.phone();
        fixture.ledger.suppressions().add(List.of(Identities.ofPhone(gone)), OptionalLong.empty(), "OptedOut");
        assertThat(fixture.importLines(campaign, gone, "bad").suppressed()).isEqualTo(1);
    }

    @Test
    void ofTheBadLinesTheFirstAreTold() {
        String text = IntStream.range(0, 30).mapToObj(i -> "bad").collect(Collectors.joining("\n"));
        fixture.importText(campaign, LedgerFixture.phone() + "\n" + text);
        BadLines bad = fixture.ledger.audienceImport().badLines(campaign);
        assertThat(bad.total()).isEqualTo(30);
        assertThat(bad.first()).hasSize(BadLines.MOST);
        assertThat(bad.first().getFirst().number()).isEqualTo(2);
        assertThat(bad.first()).allSatisfy(line -> assertThat(line.problem()).endsWith("."));
    }

    @Test
    void whoLeftTheCampaignsAccountsGetsNobodyNew() {
        fixture.importLines(campaign, LedgerFixture.phone());
        String next = fixture.account();
        fixture.ledger.campaigns().register(campaign, "team", "meetup", List.of(next));

        fixture.importLines(campaign, LedgerFixture.phone(), LedgerFixture.phone(), LedgerFixture.phone());

        assertThat(fixture.report(campaign).accounts())
                .extracting(CampaignReport.AccountShare::accountUid, CampaignReport.AccountShare::pending)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(account, 1L),
                        org.assertj.core.groups.Tuple.tuple(next, 3L));
    }

    @Test
    void manyWhoImportAtOnceImportOnce() throws Exception {
        String text = IntStream.range(0, 3 * AudienceImport.BATCH_LINES)
                .mapToObj(i -> "@u" + fixture.chat + "_" + i)
                .map(name -> name.replace('-', 'x'))
                .collect(Collectors.joining("\n"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<ImportResult>>> all = IntStream.range(0, 3)
                    .mapToObj(i -> threads.submit(() -> fixture.ledger
                            .audienceImport()
                            .run(
                                    campaign,
                                    () -> new ByteArrayInputStream(text.getBytes(UTF_8)),
                                    Consent.of(Consent.Basis.OptIn))))
                    .toList();
            long imported = 0;
            for (var each : all) {
                imported += each.get().map(ImportResult::imported).orElse(0L);
            }
            assertThat(imported).isEqualTo(3L * AudienceImport.BATCH_LINES);
        }
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(3L * AudienceImport.BATCH_LINES);
    }

    /** Answers one text after the other, and the last for ever. */
    private AudienceSource changing(String... texts) {
        ArrayDeque<String> left = new ArrayDeque<>(List.of(texts));
        return () -> new ByteArrayInputStream((left.size() > 1 ? left.remove() : left.peek()).getBytes(UTF_8));
    }

    private ImportResult importFrom(AudienceSource source) {
        return fixture.ledger
                .audienceImport()
                .run(campaign, source, Consent.of(Consent.Basis.OptIn))
                .orElseThrow();
    }

    @Test
    void aFileThatChangesBetweenItsTwoReadingsIsTheOneThatWasImported() {
        String before = LedgerFixture.phone();
        String after = before + "\n" + LedgerFixture.phone();
        assertThat(importFrom(changing(before, after)).imported()).isEqualTo(2);
        assertThat(importFrom(changing(after))).isEqualTo(ImportResult.NOTHING);
        assertThat(fixture.report(campaign).counts().total()).isEqualTo(2);
    }

    @Test
    void aFileThatChangesWhileItsImportIsResumedIsReadFromItsStart() throws IOException {
        // More batches than are sealed ahead: some are committed before the end.
        int people = 8 * AudienceImport.BATCH_LINES;
        List<String> names = IntStream.range(0, people)
                .mapToObj(i -> "@u" + Math.abs(fixture.chat) + "_" + i)
                .toList();
        String first = String.join("\n", names);
        String turned = String.join("\n", names.reversed());
        // Ends in the middle, as by a kill: some of it is in.
        AudienceSource broken = brokenAtTheSecondReading(first);
        assertThatThrownBy(() -> importFrom(broken)).isInstanceOf(UnreadableAudienceException.class);
        assertThat(fixture.report(campaign).counts().total()).isBetween(1L, people - 1L);

        assertThatThrownBy(() -> importFrom(changing(first, turned)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("read again from its start");
        importFrom(changing(turned));
        assertThat(fixture.report(campaign).imported()).isTrue();
        assertThat(fixture.report(campaign).counts().total()).isEqualTo(people);
    }

    private static AudienceSource brokenAtTheSecondReading(String text) throws IOException {
        AtomicInteger opened = new AtomicInteger();
        byte[] bytes = text.getBytes(UTF_8);
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        return () -> opened.incrementAndGet() == 1
                ? new ByteArrayInputStream(bytes)
                : new SequenceInputStream(new ByteArrayInputStream(bytes, 0, bytes.length - 3), broken);
    }
}
