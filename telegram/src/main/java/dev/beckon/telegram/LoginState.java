package dev.beckon.telegram;

import java.util.Optional;

/** Where a login stands. */
public sealed interface LoginState {
    /** The engine has not heard from Telegram yet. */
    record Connecting() implements LoginState {}

    /** A new session: say who you are (phone, QR code or bot token). */
    record IdentityNeeded() implements LoginState {}

    /** Telegram sent a code. */
    record CodeNeeded(int length) implements LoginState {}

    /** The account has a second factor. */
    record PasswordNeeded(String hint) implements LoginState {
        @Override
        public String toString() {
            return "PasswordNeeded[]";
        }
    }

    /** Another device of the account must scan this {@code tg://login?token=…} link. */
    record QrScanNeeded(String link) implements LoginState {
        @Override
        public String toString() {
            return "QrScanNeeded[]";
        }
    }

    /** Telegram has no account of the phone number: somebody may sign up with it in an official app, a worker never does. */
    record NotRegistered() implements LoginState {}

    /** The session works. */
    record Ready() implements LoginState {}

    /** The session ended; why, when Telegram said so. */
    record Closed(Optional<TelegramError> why) implements LoginState {}
}
