package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.webhook.WebhookEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-25T22:00:00Z");
    private static final Consent CAMPAIGN =
            new Consent(Consent.Basis.Contract, Optional.of("form v3"), Optional.empty());

    private static WebhookEvent read(Map<String, String> fields) {
        return EventReader.read(fields, CAMPAIGN, Optional.of("ab"), NOW);
    }

    private static void assertRefused(String sentence, Map<String, String> fields) {
        assertThatThrownBy(() -> read(fields)).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.status()).isEqualTo(422);
            assertThat(e.getMessage()).contains(sentence).endsWith(".");
            fields.values().stream()
                    .filter(value -> value.length() > 4)
                    .forEach(value -> assertThat(e.getMessage()).doesNotContain(value));
        });
    }

    @Test
    void whatAnEventSaysIsKeptWithThePerson() {
        WebhookEvent event = read(Map.of(
                "phone", " +49 (176) 123-45678 ",
                "first_name", "Ann",
                "locale", "de-DE",
                "consent_basis", "optin",
                "consent_evidence", "pressed 1",
                "consent_at", "2026-11-25T21:59:58Z",
                "event_id", "call-17"));
        assertThat(event.person().identities().phone()).contains("+4917612345678");
        assertThat(event.person().firstName()).contains("Ann");
        assertThat(event.person().locale()).contains("de-DE");
        assertThat(event.person().consent())
                .isEqualTo(new Consent(
                        Consent.Basis.OptIn, Optional.of("pressed 1"), Optional.of("2026-11-25T21:59:58Z")));
        assertThat(event.eventId()).contains("call-17");
        assertThat(event.signature()).contains("ab");
        assertThat(event.receivedAt()).isEqualTo(NOW);
    }

    @Test
    void whatItDoesNotSayIsTheCampaignsAndNow() {
        Consent consent = read(Map.of("ct_phone", "+4917612345678", "first_name", " "))
                .person()
                .consent();
        assertThat(consent)
                .isEqualTo(new Consent(Consent.Basis.Contract, Optional.of("form v3"), Optional.of(NOW.toString())));
    }

    @Test
    void bothPhoneFieldsMayNameOnePerson() {
        assertThat(read(Map.of("phone", "+49 176 12345678", "ct_phone", "+4917612345678"))
                        .person()
                        .identities()
                        .phone())
                .contains("+4917612345678");
        assertRefused("name two numbers", Map.of("phone", "+4917612345678", "ct_phone", "+4917612345679"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4917612345678|no country code",
                "017612345678|no country code",
                "004917612345678|no country code",
                "+99917612345678|begins with no country's code",
                "+4917|too short",
                "+49176123456789012345678|too long",
                "+1 800 FLOWERS99999|too long",
                "+491761234567 ext. 5|extension",
                "@ann_miller|no phone number",
                "+|no phone number"
            })
    void whatIsNoNumberIsRefusedWithItsReason(String phone, String sentence) {
        assertRefused(sentence, Map.of("phone", phone));
    }

    @Test
    void whoIsNotNamedIsMissed() {
        assertRefused("There is no phone", Map.of());
        assertRefused("There is no phone", Map.of("phone", " ", "ct_phone", ""));
    }

    @Test
    void eachFieldHasItsBounds() {
        String phone = "+4917612345678";
        assertRefused("phone is longer than 64", Map.of("phone", "+" + "1".repeat(64)));
        assertRefused("first_name is longer than 128", Map.of("phone", phone, "first_name", "x".repeat(129)));
        assertRefused("control character", Map.of("phone", phone, "first_name", "Ann\nBob"));
        assertRefused("no language tag", Map.of("phone", phone, "locale", "de DE!"));
        assertRefused("none of OptIn", Map.of("phone", phone, "consent_basis", "maybe"));
        assertRefused("consent_evidence is longer", Map.of("phone", phone, "consent_evidence", "x".repeat(257)));
        assertRefused("consent_at is no date", Map.of("phone", phone, "consent_at", "05.10.2026"));
        assertRefused("event_id is longer", Map.of("phone", phone, "event_id", "x".repeat(129)));
    }
}
