package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.invite.PersonRecords;
import dev.beckon.ledger.people.Identities;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many campaigns are no way to contact a person more often: deleted and made again, renamed, by other accounts, for other chats. */
class ManyCampaignsTest extends Misuse {
    private String sameUserAgain() {
        String uid = UUID.randomUUID().toString();
        stage.login(uid, stage.person("alice"));
        return uid;
    }

    private Orders by(String account) {
        return Orders.of(account).mode(Mode.LinkOnly).people("bobby");
    }

    @Test
    void deletedAndMadeAgain() {
        contacted(links("bobby"), "bobby");
        pass(NEXT_WEEK);
        Orders again = links("bobby");
        run(again);
        refused(again, "bobby", 1, "AlreadyContacted");
    }

    @Test
    void madeAgainAndAgainFor90Days() {
        contacted(links("bobby"), "bobby");
        for (int week = 0; week < 12; week++) {
            pass(NEXT_WEEK);
            Orders again = links("bobby");
            run(again);
            refused(again, "bobby", 1, "AlreadyContacted");
        }
    }

    @Test
    void withAnotherMessage() {
        contacted(links("bobby"), "bobby");
        pass(NEXT_WEEK);
        Orders again = links("bobby").message("One more time, {{first_name}}: {{link}}");
        run(again);
        refused(again, "bobby", 1, "AlreadyContacted");
    }

    @Test
    void editedAfterItFinished() {
        Orders orders = links("bobby");
        contacted(orders, "bobby");
        pass(NEXT_WEEK);
        Ending ending = run(orders.message("A better text: {{link}}").retry(10, Duration.ofSeconds(10)));
        assertThat(ending.result().reason()).as("nobody is left").isEqualTo("AllDone");
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(words(orders)).containsExactly("LinkSent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://t.me/meetup", "t.me/meetup", "@MEETUP", "id"})
    void withTheChatWrittenDifferently(String target) {
        contacted(links("bobby"), "bobby");
        pass(NEXT_WEEK);
        Orders again = links("bobby").target(target.equals("id") ? Long.toString(chat("Meetup")) : target);
        run(again);
        refused(again, "bobby", 1, "AlreadyContacted");
    }

    @Test
    void byAnotherAccountOfTheTeam() {
        contacted(links("bobby"), "bobby");
        pass(NEXT_WEEK);
        Orders again = by(stage.login("zoey"));
        run(again);
        refused(again, "bobby", 1, "AlreadyContacted");
    }

    @Test
    void byTheSameAccountUnderAnotherName() {
        contacted(links("bobby"), "bobby");
        pass(NEXT_WEEK);
        Orders again = by(sameUserAgain());
        run(again);
        refused(again, "bobby", 1, "AlreadyContacted");
    }

    @Test
    void byTwoAccountsOfOneCampaign() {
        String zoey = stage.login("zoey");
        Orders both = Orders.of(alice, zoey).mode(Mode.LinkOnly).people("bobby", "carol", "dora");
        stage.invite(both.build(alice));
        stage.invite(both.build(zoey));
        assertThat(stage.invite(both.build(alice)).result().reason())
                .as("nobody is left")
                .isEqualTo("AllDone");
        assertThat(calls("bobby") + calls("carol") + calls("dora")).isEqualTo(3);
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(words(both)).containsExactly("LinkSent", "LinkSent", "LinkSent");
    }

    @ParameterizedTest
    @CsvSource({"LinkOnly, @second_meetup", "InviteOrLink, @second_meetup", "InviteAndMessage, @third_meetup"})
    void forAnotherChatInTheSameWeek(Mode mode, String chat) {
        contacted(links("bobby"), "bobby");
        pass(Duration.ofDays(6));
        Orders other = links("bobby").mode(mode).target(chat);
        waits(run(other), other, "bobby", 1, "FrequencyCap");
    }

    @Test
    void forTheSameChatInAnotherModeInTheSameWeek() {
        contacted(links("bobby"), "bobby");
        Orders other = links("bobby").mode(Mode.InviteOrLink);
        waits(run(other), other, "bobby", 1, "FrequencyCap");
    }

    @Test
    void byAnotherAccountForAnotherChatInTheSameWeek() {
        contacted(links("bobby"), "bobby");
        Orders other = by(stage.login("zoey")).target("@second_meetup");
        waits(run(other), other, "bobby", 1, "FrequencyCap");
    }

    @Test
    void aFourthTimeWithin90Days() {
        contacted(links("bobby"), "bobby");
        for (String chat : new String[] {"@second_meetup", "@third_meetup"}) {
            pass(NEXT_WEEK);
            contacted(links("bobby").target(chat), "bobby");
        }
        pass(NEXT_WEEK);
        Orders fourth = links("bobby").target("@fourth_meetup");
        waits(run(fourth), fourth, "bobby", 3, "FrequencyCap");
        pass(Duration.ofDays(90));
        run(fourth);
        assertThat(calls("bobby")).as("the cap is one of time").isEqualTo(4);
    }

    @Test
    void anInvitationOfWhomOnlyALinkReachedIsNoSecondTryInTheSameCampaign() {
        Orders orders = links("shutty").mode(Mode.InviteOrLink);
        run(orders);
        assertThat(stage.tried(stage.person("shutty"), How.MESSAGE)).isEqualTo(1);
        pass(NEXT_WEEK);
        run(orders);
        assertThat(stage.tried(stage.person("shutty"), How.INVITE)).isEqualTo(1);
        assertThat(stage.tried(stage.person("shutty"), How.MESSAGE)).isEqualTo(1);
    }

    @Test
    void aPrivacyRefusalEarnsOneLinkForEver() {
        run(links("shutty").mode(Mode.InviteOrLink));
        pass(Duration.ofDays(100));
        Orders later = links("shutty").mode(Mode.InviteOrLink);
        run(later);
        assertThat(stage.tried(stage.person("shutty"), How.MESSAGE)).isEqualTo(1);
        assertThat(reasons(later)).isNotEmpty().isSubsetOf("AlreadyContacted", "PrivacyRestricted");
    }

    @Test
    void twoCampaignsAtOnceWhoseWorkersTakeTurnsInTheMiddleOfAPerson() {
        Orders first = links("bobby");
        Orders second = by(stage.login("zoey"));
        boolean[] done = {false};
        Pod pod = stage.pod().wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("findByUsername") && !done[0]) {
                done[0] = true;
                stage.invite(second.build());
            }
        }));
        pod.run(Stage.inviting(first.build()));
        assertThat(done[0]).isTrue();
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(words(second)).containsExactly("LinkSent");
        assertThat(words(first)).containsExactly("AlreadyContacted");
    }

    @Test
    void afterThePersonsDataWereErased() {
        contacted(links("bobby"), "bobby");
        try (StewardLedger steward = stage.steward()) {
            for (PersonRecords.Kept kept : steward.people().find(Identities.ofUsername("bobby"))) {
                steward.erasure().erase(kept);
            }
        }
        Orders soon = links("bobby").target("@second_meetup");
        waits(run(soon), soon, "bobby", 1, "FrequencyCap");
        pass(NEXT_WEEK);
        Orders again = links("bobby");
        run(again);
        refused(again, "bobby", 1, "AlreadyContacted", "Suppressed");
    }

    @Test
    void afterTheCampaignsRetentionIsOver() {
        Orders first = links("bobby").retention(Duration.ofDays(1));
        contacted(first, "bobby");
        pass(NEXT_WEEK);
        forgotten(first);
        Orders again = links("bobby");
        run(again);
        refused(again, "bobby", 1, "AlreadyContacted");
    }

    @Test
    void afterRetentionTheFrequencyCapStillHolds() {
        Orders first = links("bobby").retention(Duration.ofDays(1));
        contacted(first, "bobby");
        pass(Duration.ofDays(3));
        forgotten(first);
        Orders other = links("bobby").target("@second_meetup");
        Ending ending = run(other);
        waits(ending, other, "bobby", 1, "FrequencyCap");
    }
}
