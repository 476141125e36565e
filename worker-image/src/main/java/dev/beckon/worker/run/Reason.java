package dev.beckon.worker.run;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Telegram's error names as a condition's reason: {@code CHAT_ADMIN_REQUIRED} reads {@code ChatAdminRequired}. */
public final class Reason {
    private static final Pattern NAME = Pattern.compile("\\b[A-Z][A-Z]+(?:_[A-Z0-9]+)+\\b");
    private static final int MAX_LENGTH = 64;

    private Reason() {}

    /** @param otherwise when the text names none */
    public static String of(String raw, String otherwise) {
        Matcher matcher = NAME.matcher(raw);
        if (!matcher.find()) {
            return otherwise;
        }
        StringBuilder reason = new StringBuilder();
        for (String word : matcher.group().split("_", -1)) {
            reason.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return reason.length() > MAX_LENGTH ? otherwise : reason.toString();
    }
}
