package dev.beckon.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static final String CAMPAIGN = """
            apiVersion: beckon.dev/v1alpha1
            kind: InviteCampaign
            metadata: {name: spring, namespace: default}
            spec:
              target: "@spring_meetup"
              accounts: {names: [alice]}
              audience: {inline: [{phone: "+491701234567", firstName: Bob}]}
              consent: {basis: OptIn, evidence: form of 2026-10-01}
              message: "Dear {{first_name}}: {{link}}"
              deadline: 2026-12-24T18:00:00+01:00
              pacing: {hibernateAfter: 1m30s}
              aFieldOfALaterRelease: 1
            """;

    @Test
    void aManifestIsReadWithTheDefaultsOfTheSchema() {
        InviteCampaign campaign = YAML.unmarshal(CAMPAIGN, InviteCampaign.class);

        assertThat(campaign.getSpec().pacing().hibernateAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(campaign.getSpec().pacing().delay().min()).isEqualTo(Duration.ofSeconds(30));
        assertThat(campaign.getSpec().pacing().window().days()).containsExactly(Pacing.Day.values());
        assertThat(campaign.getSpec().deadline()).isEqualTo(Instant.parse("2026-12-24T17:00:00Z"));
        assertThat(campaign.getSpec().mode()).isEqualTo(InviteCampaignSpec.Mode.InviteOrLink);
        assertThat(campaign.getSpec().retention()).isEqualTo(Duration.ofDays(90));
        assertThat(campaign.getSpec().worker()).isNull();
        assertThat(campaign.getStatus()).isNull();
    }

    @Test
    void writingAndReadingKeepsEverything() {
        InviteCampaign campaign = YAML.unmarshal(CAMPAIGN, InviteCampaign.class);
        campaign.setStatus(InviteCampaignStatus.builder()
                .state(InviteCampaignStatus.State.Waiting)
                .progress(InviteCampaignStatus.Progress.of(10, 1, 1, 1, 1, 1, 4, 1, 0))
                .nextActionTime(Instant.parse("2026-11-23T12:00:00Z"))
                .accounts(List.of(
                        new InviteCampaignStatus.AccountProgress("alice", TelegramAccountStatus.State.Ready, 12, 28)))
                .build());

        String written = YAML.asYaml(campaign);
        InviteCampaign read = YAML.unmarshal(written, InviteCampaign.class);

        assertThat(read.getSpec()).isEqualTo(campaign.getSpec());
        assertThat(read.getStatus()).isEqualTo(campaign.getStatus());
        assertThat(written)
                .contains("summary: \"5/10\"", "hibernateAfter: \"90s\"", "nextActionTime: \"2026-11-23T12:00:00Z\"")
                .doesNotContain("conditions:", "lastError");
    }

    @Test
    void whatIsPrintedNamesNoPersonAndNoMessage() {
        InviteCampaign campaign = YAML.unmarshal(CAMPAIGN, InviteCampaign.class);
        campaign.getMetadata().setAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", CAMPAIGN));

        assertThat(campaign + " " + campaign.getSpec() + " "
                        + campaign.getSpec().audience().inline())
                .doesNotContain("+49", "Bob", "Dear")
                .contains("spring");
    }

    @Test
    void anAccountIsReadWithTheDefaultsOfTheSchema() {
        TelegramAccount account = YAML.unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: alice}
                spec: {apiCredentials: {secretRef: {name: tg-app}}}
                """, TelegramAccount.class);

        assertThat(account.getSpec().limits().invitesPerDay()).isEqualTo(40);
        assertThat(account.getSpec().login().method()).isEqualTo(TelegramAccountSpec.Method.QrCode);
    }
}
