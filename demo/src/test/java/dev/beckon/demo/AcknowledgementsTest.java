package dev.beckon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaign;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private static final String TRIPPED = "{breaker: {id: PeerFlood-1, reason: PeerFlood}}";

    private final List<String> said = new ArrayList<>();
    private final List<String> annotated = new ArrayList<>();
    private final Acknowledgements byAPerson = Acknowledgements.byAPerson(this::enter, this::annotate);
    private int enters;

    private void annotate(String name, String annotation) {
        annotated.add(name + " " + annotation);
    }

    private boolean enter() {
        boolean pressed = enters > 0;
        enters = 0;
        return pressed;
    }

    private boolean waits(Acknowledgements looker, String name, String status) {
        String yaml = "metadata: {name: " + name + "}\nstatus: " + status;
        return looker.look(Serialization.unmarshal(yaml, InviteCampaign.class), said::add);
    }

    @Test
    void aPersonIsToldOnceAndWaitedFor() {
        assertThat(waits(byAPerson, "sunday", TRIPPED)).isTrue();
        assertThat(waits(byAPerson, "sunday", TRIPPED)).isTrue();
        assertThat(said)
                .containsExactly(
                        "Campaign sunday waits for a person: PeerFlood",
                        "$ kubectl annotate campaign sunday --overwrite beckon.dev/acknowledge=PeerFlood-1"
                                + "        # in another terminal, or press Enter here");
        assertThat(annotated).isEmpty();
    }

    @Test
    void enterAcknowledgesOnceAndThePersonIsFree() {
        enters = 1;
        assertThat(waits(byAPerson, "sunday", TRIPPED)).isFalse();
        assertThat(waits(byAPerson, "sunday", TRIPPED)).isFalse();
        assertThat(annotated).containsExactly("sunday beckon.dev/acknowledge=PeerFlood-1");
    }

    @Test
    void theNextEnterIsForTheCampaignThatStillWaits() {
        enters = 1;
        waits(byAPerson, "sunday", TRIPPED);
        enters = 1;
        assertThat(waits(byAPerson, "sunday", TRIPPED)).isFalse();
        assertThat(waits(byAPerson, "monday", "{breaker: {id: PeerFlood-2, reason: PeerFlood}}"))
                .isFalse();
        assertThat(annotated).hasSize(2);
    }

    @Test
    void whoAnnotatesElsewhereIsFreeWithoutEnter() {
        assertThat(waits(byAPerson, "sunday", TRIPPED)).isTrue();
        assertThat(waits(byAPerson, "sunday", "{state: Running}")).isFalse();
        assertThat(waits(byAPerson, "monday", "null")).isFalse();
    }

    @Test
    void aDemoThatNobodyLooksAtWaitsForNobody() {
        Acknowledgements byThemselves = Acknowledgements.byThemselves(this::annotate);
        assertThat(waits(byThemselves, "sunday", TRIPPED)).isFalse();
        assertThat(annotated).containsExactly("sunday beckon.dev/acknowledge=PeerFlood-1");
        assertThat(said.getLast()).doesNotContain("Enter");
    }
}
