package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostScheduleStatus.Outcome;
import dev.beckon.crd.AutopostScheduleStatus.TargetOutcome;
import dev.beckon.crd.AutopostScheduleStatus.UnknownOutcome;
import dev.beckon.ledger.content.PublicationState;
import dev.beckon.ledger.content.TargetKeys;
import dev.beckon.ledger.report.AutopostReport.InTarget;
import dev.beckon.ledger.report.AutopostReport.Spread;
import dev.beckon.ledger.report.AutopostReport.UnknownPost;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PostTargetsTest {
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00.123Z");
    private static final String LINK = "https://t.me/+AbCdEfGhIjKl";

    private final Map<String, InTarget> targets = new HashMap<>();
    private List<UnknownPost> unknown = List.of();
    private boolean again;
    private boolean ended;

    private void in(String target, PublicationState state, String reason, String link) {
        targets.put(
                TargetKeys.of(target),
                new InTarget(state, Optional.ofNullable(reason), Optional.ofNullable(link), Optional.of(AT)));
    }

    private PostTargets of(String... written) {
        return PostTargets.of(List.of(written), Optional.of(new Spread("run", "one", again, ended, targets)), unknown);
    }

    @Test
    void eachTargetIsToldAsItIsWrittenInTheSpecsOrder() {
        in("@third", PublicationState.Failed, "ChatWriteForbidden", null);
        in("@first", PublicationState.Published, null, "https://t.me/first/7");
        in(LINK, PublicationState.OutcomeUnknown, null, null);
        Instant second = Instant.parse("2026-11-23T12:00:00Z");

        assertThat(of("@first", LINK, "@third").outcomes())
                .containsExactly(
                        new TargetOutcome("@first", Outcome.Published, null, "https://t.me/first/7", second),
                        new TargetOutcome("invite link spec.targets[1]", Outcome.OutcomeUnknown, null, null, second),
                        new TargetOutcome("@third", Outcome.Failed, "ChatWriteForbidden", null, second));
    }

    @Test
    void oneThatIsNoTargetAnyMoreIsNotTold() {
        in("@gone", PublicationState.Failed, "TargetRemoved", null);
        assertThat(of("@first").outcomes()).extracting(TargetOutcome::target).containsExactly("@first");
    }

    @ParameterizedTest
    @CsvSource({"false,false,Pending", "false,true,NotTried", "true,false,NotTried", "true,true,NotTried"})
    void aTargetThatTheRunHasNotComeToIsPendingOnlyWhileItMayComeThere(boolean again, boolean ended, Outcome outcome) {
        this.again = again;
        this.ended = ended;
        assertThat(of("@first").outcomes()).containsExactly(new TargetOutcome("@first", outcome, null, null, null));
    }

    @Test
    void aPostWithoutItsFormattingIsPublishedAndSaysSo() {
        in("@first", PublicationState.PlainText, null, null);
        assertThat(of("@first").outcomes()).singleElement().satisfies(it -> {
            assertThat(it.outcome()).isEqualTo(Outcome.Published);
            assertThat(it.reason()).isEqualTo("PlainText");
        });
    }

    @ParameterizedTest
    @EnumSource
    void eachStateOfTheLedgerHasItsWord(PublicationState state) {
        in("@first", state, null, null);
        assertThat(of("@first").outcomes()).extracting(TargetOutcome::outcome).doesNotContain(Outcome.NotTried);
    }

    @Test
    void aPostOfUnknownOutcomeIsToldWithItsChatsAndHowManyThereAre() {
        unknown = List.of(new UnknownPost(
                "one",
                Stream.of("@second", "@gone", "@first").map(TargetKeys::of).toList()));
        assertThat(of("@first", "@second", "@third").unknown())
                .containsExactly(new UnknownOutcome("one", 3, List.of("@first", "@second")));
    }

    @Test
    void beforeTheFirstPostNothingIsTold() {
        PostTargets none = PostTargets.of(List.of("@first"), Optional.empty(), List.of());
        assertThat(none.outcomes()).isEmpty();
        assertThat(none.unknown()).isEmpty();
    }
}
