package dev.beckon.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Whitespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text is known again after what TDLib and Telegram do to it, and no other text is taken for it. */
class WordsTest {
    /** As in TDLib's clean_input_string, which works on bytes, with its replace_offending_characters. */
    private static String tdlib(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < in.length; i++) {
            int c = at(in, i);
            if (c == '\r') {
                continue;
            }
            if (c <= ' ' && c != '\n') {
                out.write(' ');
            } else if (c == 0xe2 && at(in, i + 1) == 0x80 && at(in, i + 2) >= 0xa8 && at(in, i + 2) <= 0xae) {
                i += 2;
            } else if (c == 0xcc && List.of(0xb3, 0xbf, 0x8a).contains(at(in, i + 1))) {
                i++;
            } else {
                out.write(c);
            }
        }
        return out.toString(StandardCharsets.UTF_8).replaceAll("[\u200e\u200f](?=[\u200e\u200f])", "\u200c");
    }

    private static int at(byte[] bytes, int i) {
        return i < bytes.length ? bytes[i] & 0xff : 0;
    }

    /** Whatever TDLib, Telegram or people's keyboards do something with, among letters. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> special = Arbitraries.of(
                "a",
                "å",
                "Å",
                "\u212b",
                "\u030a",
                "\u0333",
                "\u033f",
                "\u0301",
                "\u0323",
                "\u0307",
                "é",
                "ệ",
                "가",
                "\u1100\u1161",
                "\u2028",
                "\u202a",
                "\u202e",
                "\u200b",
                "\u200d",
                "\u200e",
                "\u200f",
                "\ufe0f",
                "\ufe0e",
                "\u00a0",
                "\u2000",
                " ",
                "\n",
                "\r",
                "\t",
                "\u0000",
                "\u001f",
                "\u007f",
                "\u0085",
                "❤",
                "🎉",
                "👩");
        Arbitrary<String> any = Arbitraries.strings()
                .ofMaxLength(3)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
        return Arbitraries.frequencyOf(Tuple.of(5, special), Tuple.of(1, any))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Property
    void aTextIsKnownAgainAfterTdlibCleanedIt(@ForAll("texts") String text) {
        assertThat(Words.same(text, tdlib(text))).isTrue();
        assertThat(Words.same(text, tdlib(text).strip())).isTrue();
        assertThat(Words.cleaned(text).replaceAll("[\u200c\u200e\u200f]", ""))
                .isEqualTo(tdlib(text).replaceAll("[\u200c\u200e\u200f]", ""));
    }

    @Property
    void aTextIsKnownAgainAfterItsAccentsWereComposedOrTakenApart(@ForAll("texts") String text) {
        assertThat(Words.same(text, Normalizer.normalize(text, Normalizer.Form.NFC)))
                .isTrue();
        assertThat(Words.same(text, Normalizer.normalize(text, Normalizer.Form.NFD)))
                .isTrue();
        assertThat(Words.same(text, Normalizer.normalize(tdlib(text), Normalizer.Form.NFC)))
                .isTrue();
    }

    @Property
    void whatIsComparedStaysAsItIs(@ForAll("texts") String text) {
        assertThat(Words.of(Words.of(text))).isEqualTo(Words.of(text));
        assertThat(Words.cleaned(Words.cleaned(text))).isEqualTo(Words.cleaned(text));
    }

    @Property
    void ofLettersAndBlanksOnlyTheBlanksAreLeftOut(
            @ForAll @AlphaChars @NumericChars @Whitespace String one,
            @ForAll @AlphaChars @NumericChars @Whitespace String other) {
        assertThat(Words.same(one, other)).isEqualTo(letters(one).equals(letters(other)));
    }

    private static String letters(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "");
    }

    @ParameterizedTest
    @CsvSource({"Båt, Boat", "❤, 🎉", "résumé, resume", "one!, one", "One, one", "가, 나", "a, b"})
    void otherWordsAreOthers(String one, String other) {
        assertThat(Words.same(one, other)).isFalse();
    }

    @Test
    void aLetterWithARingIsSentWithoutItAndKnownAgain() {
        assertThat(Words.cleaned("Ba\u030at\tto \u2028Malmö\r\n")).isEqualTo("Bat to Malmö\n");
        assertThat(Words.same("Ba\u030at", "Bat")).isTrue();
        assertThat(Words.same("❤\ufe0f", "❤")).isTrue();
    }
}
