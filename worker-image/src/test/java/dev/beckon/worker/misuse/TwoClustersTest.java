package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.people.Identities;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two clusters on one database: the same manifests twice, so the same names, with uids that differ. They are one team to the
 * people they write to.
 */
class TwoClustersTest extends Misuse {
    private static final String[] PEOPLE = {"bobby", "carol", "dora", "shutty", "owner"};

    /** The other cluster's account: behind it is the same Telegram user. */
    private String aliceThere;

    @BeforeEach
    void otherCluster() {
        aliceThere = UUID.randomUUID().toString();
        stage.login(aliceThere, stage.person("alice"));
    }

    private Orders there(String... people) {
        return Orders.of(aliceThere).mode(Mode.LinkOnly).people(people);
    }

    private long most() {
        return List.of(PEOPLE).stream().mapToLong(this::calls).max().orElseThrow();
    }

    private long all() {
        return List.of(PEOPLE).stream().mapToLong(this::calls).sum();
    }

    /** The reasons with which both runs end. */
    private List<String> bothAtOnce(Orders here, Orders there) {
        Pod one = stage.pod().start(Stage.inviting(here.build()));
        Pod other = stage.pod().start(Stage.inviting(there.build()));
        return List.of(one.await().result().reason(), other.await().result().reason());
    }

    /** The campaigns' logs tell of each person one contact, and why there was no other. */
    private void onceEach(Orders here, Orders there) {
        List<String> both =
                Stream.of(here, there).flatMap(orders -> words(orders).stream()).toList();
        assertThat(both.stream().filter("LinkSent"::equals)).hasSize(PEOPLE.length);
        assertThat(both.stream().filter("AlreadyContacted"::equals)).hasSize(PEOPLE.length);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theSameCampaignInBothOneAfterTheOther(Mode mode) {
        run(links("bobby").mode(mode));
        long before = calls("bobby");
        Orders again = there("bobby").mode(mode);
        run(again);
        assertThat(calls("bobby")).isEqualTo(before);
        assertThat(words(again)).hasSize(1).isSubsetOf("AlreadyContacted", "AlreadyMember");
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE).size()).isLessThanOrEqualTo(1);
    }

    @Test
    void theSameCampaignInBothAtOnce() {
        Orders here = links(PEOPLE);
        Orders there = there(PEOPLE);
        bothAtOnce(here, there);
        assertThat(most()).isEqualTo(1);
        onceEach(here, there);
        assertThat(all()).isEqualTo(PEOPLE.length);
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }

    @Test
    void theSameCampaignInBothAtOnceByTwoUsers() {
        Orders there = Orders.of(stage.login("zoey")).mode(Mode.LinkOnly).people(PEOPLE);
        Orders here = links(PEOPLE);
        bothAtOnce(here, there);
        assertThat(most()).isEqualTo(1);
        onceEach(here, there);
    }

    @Test
    void campaignsForTwoChatsInBothAtOnce() {
        List<String> ends = bothAtOnce(links(PEOPLE), there(PEOPLE).target("@second_meetup"));
        assertThat(ends).contains("FrequencyCap");
        assertThat(most()).as("one contact in a week, for whatever chat").isEqualTo(1);
    }

    @Test
    void aQuotaInEachIsOneQuota() {
        List<String> ends = bothAtOnce(
                links(PEOPLE).limits(2, 2, 5, 100),
                there(PEOPLE).limits(2, 2, 5, 100).target("@second_meetup"));
        assertThat(ends).containsOnly("DailyLimit");
        assertThat(all()).isEqualTo(2);
    }

    @Test
    void aChatsQuotaInEachIsOneQuota() {
        Orders there = Orders.of(stage.login("zoey"))
                .mode(Mode.LinkOnly)
                .people(PEOPLE)
                .perChatPerDay(2);
        assertThat(bothAtOnce(links(PEOPLE).perChatPerDay(2), there)).containsOnly("ChatLimit");
        assertThat(all()).isEqualTo(2);
    }

    @Test
    void anOptOutThatOneHeardOfBindsTheOther() {
        stage.ledger().suppressions().add(List.of(Identities.ofUsername("bobby")), OptionalLong.empty(), "AskedByMail");
        Orders orders = there("bobby");
        run(orders);
        refused(orders, "bobby", 0, "Suppressed");
    }

    @Test
    void whoLeftTheChatOfOneIsNotInvitedByTheOther() {
        leaves("bobby");
        run(links("carol"));
        Orders orders = there("bobby").mode(Mode.InviteOrLink);
        run(orders);
        refused(orders, "bobby", 0, "Suppressed", "LeftBefore");
    }

    private Lease held(String account) {
        return ((LeaseResult.Acquired)
                        stage.ledger().leases().acquire(account, "elsewhere", Priority.Invite, Duration.ofMinutes(2)))
                .lease();
    }

    @Test
    void aLimitationThatOneMetBindsTheOtherUntilAPersonAcknowledged() {
        Lease lease = held(alice);
        stage.ledger().breakers().limitAccount(lease, "PeerFlood", "PEER_FLOOD");
        stage.ledger().leases().release(lease);
        Ending ending =
                stage.pod().withoutTelegram().run(Stage.inviting(there("bobby").build()));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        pass(Duration.ofDays(30));
        assertThat(run(there("bobby")).result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void aFloodWaitThatOneWasToldBindsTheOther() {
        Lease lease = held(alice);
        stage.ledger()
                .accounts()
                .coolDown(lease, stage.world().clock().instant().plusSeconds(900));
        stage.ledger().leases().release(lease);
        Orders orders = there("bobby");
        Ending ending = stage.pod().withoutTelegram().run(Stage.inviting(orders.build()));
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void onceTheWeekIsOverTheSameCampaignOfTheOtherStillDoesNothing() {
        contacted(links("bobby"), "bobby");
        pass(NEXT_WEEK);
        Orders again = there("bobby");
        run(again);
        refused(again, "bobby", 1, "AlreadyContacted");
    }
}
