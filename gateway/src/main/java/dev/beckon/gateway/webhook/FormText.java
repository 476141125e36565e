package dev.beckon.gateway.webhook;

import dev.beckon.gateway.problem.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Reads {@code application/x-www-form-urlencoded}, strictly: the JDK's and the server's own decoders put other characters in
 * the place of what they can't read, and a phone must not be guessed.
 */
final class FormText {
    private FormText() {}

    /**
     * The fields that mean something.
     *
     * @param where for sentences, such as query
     */
    static Map<String, String> fields(String text, String where) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals), where);
            if (!Fields.NAMES.contains(name)) {
                continue;
            }
            String raw = equals < 0 ? "" : pair.substring(equals + 1);
            // A form's plus is a space, but a phone begins with none: who wrote it forgot to encode it.
            boolean phone = name.equals(Fields.PHONE) || name.equals(Fields.CT_PHONE);
            String value = phone && raw.startsWith("+") ? "+" + decoded(raw.substring(1), where) : decoded(raw, where);
            if (fields.put(name, value) != null) {
                throw new Refused(400, "The field " + name + " is in the " + where + " more than once.");
            }
        }
        return fields;
    }

    private static String decoded(String text, String where) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c == '%') {
                bytes.write(octet(text, i, where));
                i += 2;
            } else if (c == '+') {
                bytes.write(' ');
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c) - 1;
            }
        }
        return utf8(bytes.toByteArray(), where);
    }

    private static int octet(String text, int at, String where) {
        if (at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2))) {
            return HexFormat.fromHexDigits(text, at + 1, at + 3);
        }
        throw new Refused(400, "A percent sign in the " + where + " is not followed by two hexadecimal digits.");
    }

    /** Text of bytes. */
    static String utf8(byte[] bytes, String where) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refused(400, "The " + where + " is not UTF-8.");
        }
    }
}
