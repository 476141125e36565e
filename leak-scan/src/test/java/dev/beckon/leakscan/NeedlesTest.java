package dev.beckon.leakscan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeedlesTest {
    private final Needles needles = new Needles()
            .with("a person's name", "Anna")
            .with("a person's phone", "+491700000001")
            .with("a person's name", "Konstantin");

    @Test
    void aPhoneIsFoundWithAndWithoutItsPlus() {
        assertThat(needles.kindsIn("to=491700000001;")).containsExactly("a person's phone");
        assertThat(needles.kindsIn("+491700000001")).containsExactly("a person's phone");
    }

    @Test
    void aShortNameIsFoundAsAWordAndNotWithinAnother() {
        assertThat(needles.kindsIn("{\"who\":\"Anna\"}")).containsExactly("a person's name");
        assertThat(needles.kindsIn("Annapolis, annals")).isEmpty();
    }

    @Test
    void aLongNameIsFoundAnywhere() {
        assertThat(needles.kindsIn("xKonstantiny")).containsExactly("a person's name");
    }

    @Test
    void theValueOfASecretIsFoundAndTheTextOfAMessage() {
        needles.withSecrets("{\"items\":[{\"data\":{\"password\":\"c2VjcmV0LXdvcmQ=\",\"jdbc-url\":\"eA==\"}}]}")
                .withMessages(List.of("Hello {{first_name}}, this is the spring meetup: {{link}}"));
        assertThat(needles.kindsIn("login with secret-word")).containsExactly("the key password of a Secret");
        assertThat(needles.kindsIn("..., this is the spring meetup: http")).containsExactly("message text");
    }

    @Test
    void eachLineOfAMessageIsFoundHoweverItsEndIsWritten() {
        needles.withMessages(List.of("Good morning, readers!\nThe book of the month is here.\n{{link}}\nBye"));
        assertThat(needles.kindsIn("{\"text\":\"Good morning, readers!\\nThe book"))
                .containsExactly("message text");
        assertThat(needles.kindsIn("The book of the month is here.")).containsExactly("message text");
        assertThat(needles.kindsIn("Bye, good morning")).isEmpty();
    }

    @Test
    void theNameOfAnAccountAsAResourceIsNoFind() {
        assertThat(needles.butFor(List.of("Anna")).kindsIn("pod bring-Anna-1")).isEmpty();
    }

    @Test
    void aShortNameIsNoFindWithinWhatLooksLikeChance() {
        assertThat(needles.kindsIn("session 7Anna9 xAnna anna")).isEmpty();
        assertThat(needles.kindsIn("{\"text\":\"invited\\nAnna\"}")).containsExactly("a person's name");
    }

    @Test
    void everyPersonOfAnAudienceFileIsFoundAlsoOfALineThatIsRefused() {
        needles.withAudience("""
                phone,username,first_name,consent_basis,consent_evidence,consent_at
                +49 (1512) 999-9999,,Eva,OptIn,ticket shop,2026-10-02
                ,@marta_silva,,Unknown,,
                "+4915120000007,,Paula,OptIn,ticket shop,2026-10-05
                call her on Monday,,,,,
                """);
        for (String leak : List.of(
                "+49 (1512) 999-9999",
                "4915129999999",
                "to Eva.",
                "marta_silva",
                "4915120000007",
                "who=Paula",
                "line 5: call her on Monday")) {
            assertThat(needles.kindsIn(leak)).as(leak).containsExactly("a person of an audience");
        }
    }

    @Test
    void theFormOfAnAudienceFileIsNoFind() {
        needles.withAudience("phone,first_name,consent_basis,consent_at\n+4915129999999,Eva,OptIn,2026-10-02\n");
        needles.withAudience("username,source_administered\nmarta_silva,true\ne_robot,false\n");
        assertThat(needles.kindsIn("2026-10-02T10:00:00Z phone first_name consent_basis OptIn Evaluation true false"))
                .isEmpty();
    }

    @Test
    void whatAWebhookOrAnAudiencesAddressNeedsIsSecret() {
        needles.withSecretValue("signing-key", "sign-with-this")
                .withSecretValue("header", "Authorization: Bearer abc-def");
        assertThat(needles.kindsIn("signs by sign-with-this")).containsExactly("the key signing-key of a Secret");
        assertThat(needles.kindsIn("token abc-def was refused")).containsExactly("the key header of a Secret");
    }

    @Test
    void ordinaryLinesHoldNothing() {
        assertThat(needles.kindsIn("2026-11-25T12:00:00Z INFO Holds the account, fence 3"))
                .isEmpty();
    }
}
