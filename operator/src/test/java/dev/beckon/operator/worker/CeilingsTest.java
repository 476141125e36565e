package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.beckon.workorder.Ceilings;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** What the API server's schema allows is what a worker takes: neither more, which would stall, nor less. */
class CeilingsTest {
    private static JsonNode spec(String crd) throws IOException {
        try (InputStream yaml = CeilingsTest.class.getResourceAsStream("/crds/" + crd + ".beckon.dev.yaml")) {
            return new YAMLMapper()
                    .readTree(yaml)
                    .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
        }
    }

    private static int highest(JsonNode spec, String field) {
        JsonNode schema = spec.at("/" + field.replace(".", "/properties/"));
        assertThat(schema.has("maximum")).as(field + " has a maximum").isTrue();
        return schema.get("maximum").asInt();
    }

    private static String rules(JsonNode spec, String field) {
        return spec.at("/" + field.replace(".", "/properties/") + "/x-kubernetes-validations")
                .toString();
    }

    @Test
    void anAccountsLimitsHaveTheSameCeilings() throws IOException {
        JsonNode account = spec("telegramaccounts");
        assertThat(highest(account, "limits.invitesPerDay")).isEqualTo(Ceilings.INVITES_PER_DAY);
        assertThat(highest(account, "limits.messagesPerDay")).isEqualTo(Ceilings.MESSAGES_PER_DAY);
        assertThat(highest(account, "limits.joinsPerDay")).isEqualTo(Ceilings.JOINS_PER_DAY);
        assertThat(highest(account, "limits.lookupsPerDay")).isEqualTo(Ceilings.LOOKUPS_PER_DAY);
    }

    @Test
    void aParsersLimitHasTheSameCeiling() throws IOException {
        assertThat(highest(spec("parserjobs"), "limit")).isEqualTo(Ceilings.PARSED_PEOPLE);
    }

    @Test
    void aScheduleHasAsManyTargetsAsAWorkerTakes() throws IOException {
        assertThat(spec("autopostschedules").at("/targets/maxItems").asInt()).isEqualTo(Ceilings.POST_TARGETS);
    }

    @Test
    void aCampaignsPaceHasTheSameBounds() throws IOException {
        JsonNode campaign = spec("invitecampaigns");
        assertThat(highest(campaign, "pacing.perChatPerDay")).isEqualTo(Ceilings.PER_CHAT_PER_DAY);
        assertThat(highest(campaign, "retry.maxAttempts")).isEqualTo(Ceilings.MOST_ATTEMPTS);
        assertThat(highest(campaign, "breaker.minAttempts")).isEqualTo(Ceilings.MOST_BREAKER_ATTEMPTS);
        assertThat(rules(campaign, "pacing.delay.min"))
                .contains(">= duration('" + Ceilings.SHORTEST_PAUSE.toSeconds() + "s')");
        assertThat(rules(campaign, "retry.backoff"))
                .contains(">= duration('" + Ceilings.SHORTEST_BACKOFF.toSeconds() + "s')");
        assertThat(rules(campaign, "breaker.failureRatio")).contains("self <= 1.0");
    }
}
