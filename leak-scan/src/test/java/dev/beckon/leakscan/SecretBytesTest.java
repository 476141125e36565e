package dev.beckon.leakscan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
    private static final byte[] KEY = random(256, 7);

    private final SecretBytes secrets = new SecretBytes().with("an auth key", KEY);

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void isFoundIn(String text) {
        assertThat(secrets.kindsIn(text.getBytes(StandardCharsets.UTF_8))).containsExactly("an auth key");
    }

    @Test
    void rawBytesAreFoundAlsoWhenALineEndsWithinThem() {
        byte[] log = new byte[600];
        Arrays.fill(log, (byte) 'x');
        System.arraycopy(KEY, 0, log, 100, 100);
        log[200] = '\n';
        System.arraycopy(KEY, 100, log, 230, 156);
        assertThat(secrets.kindsIn(log)).containsExactly("an auth key");
    }

    @Test
    void bytesThatWentThroughAStringAreFound() {
        isFoundIn("key=" + new String(KEY, StandardCharsets.ISO_8859_1));
    }

    @Test
    void hexadecimalDigitsAreFoundInEitherCaseAndWithSeparators() {
        isFoundIn("\"key\":\"" + HexFormat.of().formatHex(KEY) + "\"");
        isFoundIn("at 0" + HexFormat.of().withUpperCase().formatHex(KEY));
        isFoundIn(HexFormat.ofDelimiter(":").formatHex(KEY));
        isFoundIn("00000000  " + HexFormat.ofDelimiter(" ").formatHex(KEY, 32, 48) + "  |…|");
    }

    @Test
    void base64IsFoundInEitherAlphabetWhereverItBegins() {
        isFoundIn("session: " + Base64.getEncoder().encodeToString(KEY));
        isFoundIn("session=" + Base64.getUrlEncoder().withoutPadding().encodeToString(KEY));
        isFoundIn(Base64.getMimeEncoder().encodeToString(KEY));
        for (int before = 1; before < 4; before++) {
            byte[] document = new byte[before + KEY.length];
            System.arraycopy(KEY, 0, document, before, KEY.length);
            isFoundIn(Base64.getEncoder().encodeToString(document));
            isFoundIn("x".repeat(before) + Base64.getEncoder().encodeToString(KEY));
        }
    }

    @Test
    void aListOfNumbersIsFound() {
        isFoundIn("bytes=" + Arrays.toString(KEY));
    }

    @Test
    void aPartOfItIsFound() {
        isFoundIn("…" + HexFormat.of().formatHex(KEY, 100, 124) + "…");
    }

    @Test
    void aLargeSessionPrintedWholeIsFound() {
        byte[] session = random(200_000, 8);
        SecretBytes sessions = new SecretBytes().with("a saved session", session);
        assertThat(sessions.kindsIn(Arrays.toString(session).getBytes(StandardCharsets.UTF_8)))
                .containsExactly("a saved session");
    }

    @Test
    void otherBytesTextsAndZerosAreNoFind() {
        SecretBytes plain = new SecretBytes()
                .with("a saved session", "td.binlog\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.UTF_8));
        String log = "2026-11-25T12:00:00Z stdout F td.binlog " + HexFormat.of().formatHex(random(64, 9)) + " "
                + Base64.getEncoder().encodeToString(random(64, 10))
                + " AAAAAAAAAAAAAAAAAAAAAAAAAAAA [0, 0, 0, 0, 0, 0]";
        assertThat(secrets.kindsIn(log.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(plain.kindsIn(log.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void printingTellsNoSecret() {
        assertThat(secrets.toString()).matches("SecretBytes\\[\\d+ pieces]");
    }
}
