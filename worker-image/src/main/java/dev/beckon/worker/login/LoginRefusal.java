package dev.beckon.worker.login;

import dev.beckon.workorder.LoginOrder;

/**
 * That Telegram refused a login for good: nothing that is typed while it waits would help.
 *
 * @param reason a word in CamelCase, as in the condition
 * @param sentence Telegram's word, and what to mend; it names no phone number
 */
record LoginRefusal(String reason, String sentence) {
    /** Telegram's word for a phone number that has no account (core.telegram.org/method/auth.signIn). */
    static final String NOT_REGISTERED = "PHONE_NUMBER_UNOCCUPIED";

    static LoginRefusal of(String raw, LoginOrder.Method method) {
        if (raw.contains(NOT_REGISTERED)) {
            return new LoginRefusal(
                    "PhoneNotRegistered",
                    "Telegram has no account of this phone number (" + raw
                            + "): correct the key 'phone' of the Secret of spec.login.secretRef, or sign up with the number in"
                            + " an official Telegram app first.");
        }
        return new LoginRefusal("LoginRefused", "Telegram refused the login (" + raw + "): " + mend(raw, method));
    }

    /** Whether no better code or password would help: it is the phone number itself that is refused. */
    static boolean isOfThePhone(String raw) {
        return raw.contains("PHONE_NUMBER_");
    }

    private static String mend(String raw, LoginOrder.Method method) {
        if (raw.contains("API_ID") || raw.contains("api_id") || raw.contains("api_hash")) {
            return "correct 'api-id' and 'api-hash' of the Secret of spec.apiCredentials, from my.telegram.org.";
        }
        if (isOfThePhone(raw)) {
            return "correct the key 'phone' of the Secret of spec.login.secretRef: + and the country's code, then the number, such as"
                    + " +4915112345678.";
        }
        return switch (method) {
            case PhoneCode -> "correct the keys 'phone', 'code' and 'password' of the Secret of spec.login.secretRef.";
            case BotToken -> "correct the key 'bot-token' of the Secret of spec.login.secretRef.";
            case QrCode -> "look at the account in Telegram, then start the login again.";
        };
    }
}
