package dev.beckon.demo.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.demo.stage.CampaignYaml;
import dev.beckon.demo.stage.Stage;
import dev.beckon.demo.stage.StageExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Lists that say of people, and of the accounts, what is not so. */
@Tag("misuse")
@Tag("end-to-end")
@Isolated("two of its accounts share one quota, in the same environment as the suites beside it")
@ExtendWith(StageExtension.class)
class ListsByYamlTest {
    private static final String CONSENT = "  consent: {basis: OptIn, evidence: asked at the door}\n";

    private static Stage team;

    @BeforeAll
    static void aTeamWithOneUserUnderTwoNames(Stage stage) {
        team = stage;
        Team.settle(team, Team.LISTS, "lists.yaml");
    }

    @AfterEach
    void nobodyIsContactedTwice() {
        assertThat(team.contactedTwice()).isEmpty();
    }

    private static CampaignYaml campaign(String name, String account) {
        return Team.campaign(name, account).in(Team.LISTS);
    }

    private static String withoutConsent(CampaignYaml campaign) {
        assertThat(campaign.text()).contains(CONSENT);
        return campaign.text().replace(CONSENT, "");
    }

    private static void succeeds(String campaign) {
        team.await(Team.LISTS, "campaign/" + campaign, ".status.state", "Succeeded");
    }

    /** The reasons, then how many people each was told for. */
    private static List<String> outcomes(String campaign) {
        return team.field(Team.LISTS, "campaign/" + campaign, ".status.outcomes[*]['reason','count']");
    }

    @Test
    void peopleInTheResourceWithoutConsent() {
        assertThatThrownBy(() -> team.apply(
                        withoutConsent(campaign("inline-without", "ines").people("l_without"))))
                .hasMessageContaining("consent is missing");
    }

    @Test
    void linesWithoutConsentAndWithOneThatNobodyKnows() {
        team.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: guests, namespace: %s}
                data:
                  guests.csv: |
                    username,consent_basis,consent_evidence
                    l_without,,
                    l_unknown,Unknown,old database
                """.formatted(Team.LISTS));
        team.apply(withoutConsent(
                campaign("without-consent", "ines").audience("{configMapRef: {name: guests, key: guests.csv}}")));
        succeeds("without-consent");
        assertThat(outcomes("without-consent")).containsExactly("NoConsent", "2");
        assertThat(team.calls("l_without") + team.calls("l_unknown")).isZero();
    }

    @Test
    void aNameBesideAnIdThatIsNotTheirs() {
        team.apply(campaign("mistaken", "ines")
                .audience("{inline: [{username: l_mistaken, userId: 17}]}")
                .text());
        succeeds("mistaken");
        assertThat(outcomes("mistaken")).containsExactly("IdentityMismatch", "1");
        assertThat(team.calls("l_mistaken")).isZero();
    }

    @Test
    void twoAccountsOfOneTelegramUser() {
        team.apply(campaign("quota", "jenny").people("l_quota_1").text());
        succeeds("quota");
        team.apply(campaign("quota-again", "jenny-again").people("l_quota_2").text());
        team.await(Team.LISTS, "campaign/quota-again", ".status.waitingFor", "DailyLimit");
        assertThat(team.calls("l_quota_1")).isEqualTo(1);
        assertThat(team.calls("l_quota_2")).isZero();
    }
}
