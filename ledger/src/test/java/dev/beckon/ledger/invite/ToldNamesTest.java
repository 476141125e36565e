package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.people.Identities;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list may name a person wrongly in every kind; the rules are asked by each of its names and by each that Telegram tells. */
class ToldNamesTest extends OneCampaign {
    private final long number = LedgerFixture.number();
    private final Identities listed =
            new Identities(Optional.of(phone), Optional.of("listed_" + number), Optional.of(number));
    private final Identities told = new Identities(
            Optional.of(LedgerFixture.phone()), Optional.of("told_" + number), Optional.of(LedgerFixture.number()));

    private static Stream<Identities> each(Identities all) {
        return Stream.of(
                Identities.ofPhone(all.phone().orElseThrow()),
                Identities.ofUsername(all.username().orElseThrow()),
                Identities.ofUserId(all.userId().orElseThrow()));
    }

    private Claim claimed(String campaignUid) {
        fixture.importText(campaignUid, "phone,username,user_id\n" + phone + ",listed_" + number + "," + number + "\n");
        return fixture.claim(lease, campaignUid);
    }

    private Identities name(String kind, Identities of) {
        return each(of).toList().get(List.of("phone", "username", "user id").indexOf(kind));
    }

    /** Another campaign's person, of whom a list knows nothing but a phone that is nobody's yet. */
    private OpenResult opened(OpenRequest request) {
        String other = fixture.campaign(account);
        fixture.importLines(other, LedgerFixture.phone());
        return intents.open(lease, fixture.claim(lease, other), request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"phone", "username", "user id"})
    void anOptOutByWhatTelegramTellsCounts(String kind) {
        Claim claim = claimed(campaign);
        fixture.ledger.suppressions().add(List.of(name(kind, told)), OptionalLong.empty(), "OptedOut");
        assertThat(open(claim, Action.Invite, told))
                .isEqualTo(new OpenResult.Skipped(OpenResult.SkipReason.Suppressed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"phone", "username", "user id"})
    void aFurtherNameCountsToo(String kind) {
        Claim claim = claimed(campaign);
        Identities further = name(kind, told);
        fixture.ledger.suppressions().add(List.of(further), OptionalLong.empty(), "OptedOut");
        OpenRequest request = new OpenRequest(
                fixture.chat,
                Action.Invite,
                List.of(Identities.ofUserId(LedgerFixture.number()), further),
                Optional.empty(),
                9,
                9,
                Optional.empty());
        assertThat(intents.open(lease, claim, request))
                .isEqualTo(new OpenResult.Skipped(OpenResult.SkipReason.Suppressed));
    }

    @Test
    void whoWasContactedIsKnownByEveryNameThatAnybodyTold() {
        Intent intent = ((OpenResult.Opened) open(claimed(campaign), Action.Invite, told)).intent();
        Stream.concat(each(listed), each(told)).forEach(name -> {
            assertThat(opened(request(fixture.chat, name)))
                    .as("the same in this chat, in flight")
                    .isEqualTo(new OpenResult.Skipped(OpenResult.SkipReason.AlreadyContacted));
            assertThat(opened(request(fixture.chat - 1, name)))
                    .as("in another chat the same week")
                    .isInstanceOfSatisfying(
                            OpenResult.Wait.class,
                            wait -> assertThat(wait.reason()).isEqualTo(OpenResult.WaitReason.FrequencyCap));
        });
        intents.settle(lease, intent, Settlement.invited());
    }

    private static OpenRequest request(long chat, Identities told) {
        return new OpenRequest(chat, Action.Invite, told, Optional.empty(), 1000, 1000);
    }

    @Test
    void whoLeftIsOnTheListByEveryName() {
        Intent intent = ((OpenResult.Opened) open(claimed(campaign), Action.Invite, told)).intent();
        fixture.ledger.leases().release(lease);
        lease = fixture.lease(account);
        Intent found = intents.openOf(lease).getFirst();
        assertThat(found.names()).isEqualTo(intent.names());
        intents.settle(
                lease,
                found,
                Settlement.skipped("LeftBefore")
                        .with(new Settlement.Effect.Suppress(Suppressions.Scope.ThisChat, "LeftBefore")));
        assertThat(Stream.concat(each(listed), each(told)))
                .allMatch(name -> fixture.ledger.suppressions().covers(name, fixture.chat));
    }
}
