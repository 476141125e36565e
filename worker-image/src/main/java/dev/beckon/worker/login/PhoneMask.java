package dev.beckon.worker.login;

/** The team's own phone number as its status may show it. */
final class PhoneMask {
    private static final int SHOWN_BEFORE = 3;
    private static final int SHOWN_AFTER = 2;

    private PhoneMask() {}

    /** {@code +49••••••••12}: the plus and two digits, dots, the last two digits. */
    static String mask(String phone) {
        String e164 = phone.startsWith("+") ? phone : "+" + phone;
        int hidden = e164.length() - SHOWN_BEFORE - SHOWN_AFTER;
        if (hidden < 1) {
            return "•".repeat(e164.length());
        }
        return e164.substring(0, SHOWN_BEFORE) + "•".repeat(hidden) + e164.substring(e164.length() - SHOWN_AFTER);
    }
}
