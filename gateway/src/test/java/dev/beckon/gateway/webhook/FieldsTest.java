package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.gateway.problem.Refused;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private static Map<String, String> read(String query, String type, byte[] body) {
        return Fields.of(new Call(
                "POST",
                "/webhook/team/spring",
                query,
                name -> name.equals("Content-Type") && !type.isEmpty() ? List.of(type) : List.of(),
                body));
    }

    private static Map<String, String> read(String query, String type, String body) {
        return read(query, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(int status, String sentence, String query, String type, String body) {
        assertRefused(status, sentence, query, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(int status, String sentence, String query, String type, byte[] body) {
        assertThatThrownBy(() -> read(query, type, body)).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.getMessage()).contains(sentence).endsWith(".").doesNotContain("4917");
        });
    }

    @Test
    void fieldsComeByQueryFormAndJsonAndOthersArePassedOver() {
        Map<String, String> expected = Map.of("phone", "+4917612345678", "first_name", "Änn B");
        assertThat(read("phone=%2B4917612345678&first_name=%C3%84nn+B&utm=1", "", ""))
                .isEqualTo(expected);
        assertThat(read("", FORM, "phone=%2B4917612345678&first_name=Änn%20B&utm"))
                .isEqualTo(expected);
        assertThat(read("", FORM + "; charset=UTF-8", "phone=%2B4917612345678&first_name=%C3%84nn+B"))
                .isEqualTo(expected);
        assertThat(read("", JSON, "{\"phone\":\"+4917612345678\",\"first_name\":\"Änn B\",\"x\":[{}],\"locale\":null}"))
                .isEqualTo(expected);
        assertThat(read("first_name=%C3%84nn+B", JSON + ";charset=\"utf-8\"", "{\"phone\":\"+4917612345678\"}"))
                .isEqualTo(expected);
    }

    @Test
    void aPhonesPlusMayBeForgottenToBeEncoded() {
        assertThat(read("ct_phone=+4917612345678", "", "")).containsEntry("ct_phone", "+4917612345678");
        assertThat(read("first_name=+x", "", "")).containsEntry("first_name", " x");
    }

    @Test
    void anIdMayBeANumber() {
        assertThat(read("", JSON, "{\"event_id\":17}")).containsEntry("event_id", "17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"phone\":1", "{\"phone\":\"a\",\"phone\":\"b\"}", "{} x", "nope", "\uFEFF{}"})
    void whatIsNoJsonIsRefused(String body) {
        assertRefused(400, "no JSON document", "", JSON, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"+4917612345678\"", "1", "null", " "})
    void jsonThatIsNoObjectIsRefused(String body) {
        assertRefused(400, "no JSON object", "", JSON, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phone|{\"phone\":4917612345678}",
                "phone|{\"phone\":[\"+4917612345678\"]}",
                "ct_phone|{\"ct_phone\":{}}",
                "first_name|{\"first_name\":true}",
                "event_id|{\"event_id\":1.5}"
            })
    void aFieldOfTheWrongTypeIsNamed(String field, String body) {
        assertRefused(422, "The field " + field + " is no text", "", JSON, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"phone=%", "phone=%2", "phone=%zz", "phone=%-1", "%q=1"})
    void aBrokenPercentSignIsRefused(String text) {
        assertRefused(400, "percent sign in the query", text, "", "");
        assertRefused(400, "percent sign in the body", "", FORM, text);
    }

    @Test
    void whatIsNotUtf8IsRefusedAndNeverGuessed() {
        assertRefused(400, "The query is not UTF-8", "first_name=%C4", "", "");
        assertRefused(400, "not percent-encoded", "first_name=\u00C4", "", "");
        byte[] latin1 = "{\"first_name\":\"\u00C4nn\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(400, "The body is not UTF-8", "", JSON, latin1);
        byte[] utf16 = "{\"phone\":\"+1\"}".getBytes(StandardCharsets.UTF_16LE);
        assertRefused(400, "The body is no JSON document", "", JSON, utf16);
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        assertRefused(400, "phone is in the query more than once", "phone=1&phone=1", "", "");
        assertRefused(400, "phone is in the body more than once", "", FORM, "phone=1&phone=2");
        assertRefused(400, "phone is in the query and in the body", "phone=1", FORM, "phone=2");
        assertThat(read("phone=1", FORM, "phone=1")).containsOnlyKeys("phone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "multipart/form-data; boundary=x", "application/xml", "json"})
    void aBodyOfAnotherTypeIsRefused(String type) {
        assertRefused(415, "neither application/json", "", type, "phone=1");
    }

    @Test
    void anotherCharsetAndACompressedBodyAreRefused() {
        assertRefused(415, "charset", "", JSON + "; charset=windows-1251", "{}");
        Call zipped = new Call(
                "POST", "/", "", name -> List.of(name.equals("Content-Encoding") ? "gzip" : JSON), new byte[] {1});
        assertThatThrownBy(() -> Fields.of(zipped)).hasMessageContaining("compressed");
    }

    @Property
    void whateverTheTextItIsReadOrRefused(@ForAll String text) {
        try {
            assertThat(new HashMap<>(FormText.fields(text, "body")))
                    .allSatisfy((name, value) -> assertThat(Fields.NAMES).contains(name));
        } catch (Refused e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }
}
