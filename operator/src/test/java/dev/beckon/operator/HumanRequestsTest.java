package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaign;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

class HumanRequestsTest {
    private static final String UID = "c";

    private final HumanRequests requests = new HumanRequests();

    private static InviteCampaign asked(String value) {
        InviteCampaign campaign = new InviteCampaign();
        campaign.setMetadata(new ObjectMetaBuilder()
                .withUid(UID)
                .addToAnnotations(HumanRequests.REQUEUE, value)
                .build());
        return campaign;
    }

    private boolean isFresh(String value, String before) {
        return requests.fresh(asked(value), HumanRequests.REQUEUE, before).isPresent();
    }

    private String remembered(String value) {
        return requests.remembered(asked(value), HumanRequests.REQUEUE, "before");
    }

    @Test
    void aValueIsFreshUntilItWasSeenTo() {
        assertThat(isFresh("x", null)).isTrue();
        assertThat(isFresh(" ", null)).isFalse();

        requests.done(UID, HumanRequests.REQUEUE, "x");

        assertThat(isFresh("x", null)).isFalse();
        assertThat(isFresh("y", null)).isTrue();
    }

    @Test
    void whatTheStatusRemembersIsNotFreshForAnotherProcess() {
        assertThat(isFresh("x", "x")).isFalse();
        assertThat(isFresh("no plain word", HumanRequests.word("no plain word")))
                .isFalse();
    }

    /** The ledger then says that it was used, and the person is told. */
    @Test
    void aValueThatComesBackAfterAnotherIsAskedForAgain() {
        requests.decided(UID, HumanRequests.REQUEUE, "x");
        requests.decided(UID, HumanRequests.REQUEUE, "y");

        assertThat(isFresh("x", "y")).isTrue();
    }

    @Test
    void onlyWhatWasDecidedIsRemembered() {
        requests.done(UID, HumanRequests.REQUEUE, "x");
        assertThat(remembered("x")).isEqualTo("before");

        requests.decided(UID, HumanRequests.REQUEUE, "x");
        assertThat(remembered("x")).isEqualTo("x");
        assertThat(remembered("y")).isEqualTo("before");
    }

    @Test
    void aResourceThatIsGoneIsForgotten() {
        requests.decided(UID, HumanRequests.REQUEUE, "x");

        requests.forget(UID);

        assertThat(isFresh("x", null)).isTrue();
    }
}
