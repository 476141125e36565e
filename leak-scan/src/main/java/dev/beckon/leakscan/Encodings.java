package dev.beckon.leakscan;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds bytes in a text however they were written down: the ways in which a log or a debugger prints them. */
final class Encodings {
    /** Bounded: a group that is repeated without end exhausts the stack. The next match goes on behind. */
    private static final String AT_MOST = ",400}+";

    private static final Pattern HEX = Pattern.compile("\\p{XDigit}{24,}+");
    private static final Pattern HEX_PAIRS = Pattern.compile("\\p{XDigit}{2}(?:[ :]\\p{XDigit}{2}){11" + AT_MOST);
    private static final Pattern NUMBERS = Pattern.compile("-?\\d{1,3}(?:, ?-?\\d{1,3}){11" + AT_MOST);
    private static final Pattern BASE_64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}+");

    private Encodings() {}

    /** The text itself, one byte a character, and all that stands in it encoded. */
    static void each(byte[] content, Consumer<byte[]> consumer) {
        consumer.accept(content);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        // Bytes that went through a string of characters: each above 127 became two.
        consumer.accept(new String(content, StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1));
        matches(HEX, text, run -> hex(run, consumer));
        matches(HEX_PAIRS, text, run -> consumer.accept(HexFormat.of().parseHex(run.replaceAll("[ :]", ""))));
        matches(NUMBERS, text, run -> consumer.accept(numbers(run)));
        matches(BASE_64, text, run -> base64(run, consumer));
    }

    private static void matches(Pattern pattern, String text, Consumer<String> consumer) {
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            consumer.accept(matcher.group());
        }
    }

    /** What comes before the first byte may look like a digit of it. */
    private static void hex(String run, Consumer<byte[]> consumer) {
        for (int from = 0; from < 2; from++) {
            consumer.accept(HexFormat.of().parseHex(run, from, from + (run.length() - from) / 2 * 2));
        }
    }

    /** The bytes may begin anywhere in what was encoded, and letters may stand before the first one. */
    private static void base64(String run, Consumer<byte[]> consumer) {
        String url = run.replace('+', '-').replace('/', '_');
        for (int from = 0; from < 4; from++) {
            consumer.accept(Base64.getUrlDecoder().decode(url.substring(from, from + (url.length() - from) / 4 * 4)));
        }
    }

    private static byte[] numbers(String run) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String number : run.split(",", -1)) {
            bytes.write(Integer.parseInt(number.strip()));
        }
        return bytes.toByteArray();
    }
}
