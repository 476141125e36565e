package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.BadInput;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.Paths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a basis nobody is contacted, whatever else is written. */
class ConsentTest extends Misuse {
    private void runCsv(Orders orders, String header, String line) {
        Pod pod = stage.pod().mount(Paths.AUDIENCE + "/guests.csv", header + "\n" + line + "\n");
        pod.run(Stage.inviting(orders.file("guests.csv").build()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "Unknown")
    void aCampaignWithoutABasis(String basis) {
        Orders orders = links("bobby").consent(basis);
        run(orders);
        refused(orders, "bobby", 0, "NoConsent");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void inEveryMode(Mode mode) {
        Orders orders = links("bobby").mode(mode).consent(null);
        run(orders);
        refused(orders, "bobby", 0, "NoConsent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yes", "optin", "OPTIN", "LegitimateInterest", "true", "*"})
    void aBasisOfOnesOwnInvention(String basis) {
        Orders orders = links("bobby").consent(basis);
        assertThatThrownBy(() -> run(orders))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("OptIn, ExistingMember");
        assertThat(calls("bobby")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unknown", "LegitimateInterest", "yes", "None"})
    void aLineWhoseOwnBasisIsNoneInACampaignWithOne(String basis) {
        Orders orders = links();
        runCsv(orders, "username,consent_basis,consent_evidence", "bobby," + basis + ",form");
        refused(orders, "bobby", 0, "NoConsent", "BadLine");
    }

    @Test
    void aPersonOfACampaignWithoutConsentIsListedOnceMoreWithOne() {
        Orders orders = links().consent(null);
        runCsv(orders, "username,consent_basis,consent_evidence", "bobby,,\nbobby,OptIn,form");
        assertThat(calls("bobby")).as("whichever line counts, once at most").isLessThanOrEqualTo(1);
    }

    @Test
    void consentThatIsWrittenIntoTheWrongColumn() {
        Orders orders = links().consent(null);
        runCsv(orders, "username,consent", "bobby,OptIn");
        refused(orders, "bobby", 0, "NoConsent", "BadLine");
    }
}
