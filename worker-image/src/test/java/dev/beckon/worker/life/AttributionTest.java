package dev.beckon.worker.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.WorldEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttributionTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long ALICE = 1;
    private static final long BOBBY = 2;
    private static final long CAROL = 3;
    private static final long CHAT = 4;

    private final Attribution attribution = new Attribution();

    private void contacted(long person, How how, String result, boolean delivered) {
        attribution.happened(new WorldEvent.Contacted(new Contact(NOON, ALICE, person, how, CHAT, result, delivered)));
    }

    private void sentLate(long id, Act act) {
        attribution.happened(new WorldEvent.Deferred(id, NOON, act));
    }

    private void arrives(long id) {
        attribution.happened(new WorldEvent.DeferredDone(id));
    }

    private Iterable<Integer> campaigns() {
        return attribution.made().stream().map(Attribution.Made::campaign).toList();
    }

    private Iterable<Boolean> afterTheOptOut() {
        return attribution.made().stream().map(Attribution.Made::optedOut).toList();
    }

    @Test
    void aContactIsOfTheCampaignAtWorkAlsoAfterItsRun() {
        attribution.begins(1);
        contacted(BOBBY, How.INVITE, "ok", true);
        attribution.begins(0);
        contacted(CAROL, How.INVITE, "ok", true);

        assertThat(campaigns()).containsExactly(1, 0);
    }

    @Test
    void whatArrivesLateIsOfTheCampaignThatSentIt() {
        attribution.begins(1);
        contacted(BOBBY, How.MESSAGE, "late", false);
        sentLate(7, new Act.Send(ALICE, BOBBY, "Hello", 9));
        attribution.begins(0);
        arrives(7);
        contacted(BOBBY, How.MESSAGE, "ok", true);
        contacted(CAROL, How.MESSAGE, "ok", true);

        assertThat(campaigns()).containsExactly(1, 1, 0);
    }

    @Test
    void whatIsSentAfterAnOptOutIsToldFromWhatWasSentBeforeThoughItIsNoonAllTheTime() {
        contacted(BOBBY, How.MESSAGE, "ok", true);
        attribution.optsOut(BOBBY);
        contacted(CAROL, How.MESSAGE, "ok", true);
        attribution.begins(1);
        contacted(BOBBY, How.MESSAGE, "ok", true);

        assertThat(afterTheOptOut()).containsExactly(false, false, true);
    }

    @Test
    void whatArrivesAfterAnOptOutWasSentBeforeIt() {
        sentLate(7, new Act.Send(ALICE, BOBBY, "Hello", 9));
        attribution.optsOut(BOBBY);
        sentLate(8, new Act.Add(ALICE, CHAT, BOBBY));
        arrives(7);
        contacted(BOBBY, How.MESSAGE, "ok", true);
        arrives(8);
        contacted(BOBBY, How.INVITE, "ok", true);

        assertThat(afterTheOptOut()).containsExactly(false, true);
    }

    /** Otherwise a second contact would count as the first campaign's own. */
    @Test
    void anInvitationThatCameTooLateLendsItsCampaignToNoLaterOne() {
        attribution.begins(0);
        contacted(BOBBY, How.INVITE, "late", false);
        sentLate(7, new Act.Add(ALICE, CHAT, BOBBY));
        arrives(7);
        contacted(BOBBY, How.INVITE, "too-late", false);
        attribution.begins(1);
        contacted(BOBBY, How.INVITE, "ok", true);

        assertThat(campaigns()).containsExactly(0, 0, 1);
    }

    @Test
    void twoThatAreUnderWayAtOnceAreEachOfTheirSender() {
        attribution.begins(0);
        sentLate(7, new Act.Add(ALICE, CHAT, BOBBY));
        attribution.begins(1);
        sentLate(8, new Act.Add(ALICE, CHAT, BOBBY));
        arrives(8);
        contacted(BOBBY, How.INVITE, "ok", true);
        arrives(7);
        contacted(BOBBY, How.INVITE, "too-late", false);

        assertThat(campaigns()).containsExactly(1, 0);
    }

    @Test
    void aLateMessageThatHadComeAlreadyLendsItsCampaignToNobodyElse() {
        attribution.begins(0);
        sentLate(7, new Act.Send(ALICE, BOBBY, "Hello", 9));
        attribution.begins(1);
        arrives(7);
        contacted(CAROL, How.MESSAGE, "ok", true);
        contacted(BOBBY, How.INVITE, "ok", true);

        assertThat(campaigns()).containsExactly(1, 1);
    }
}
