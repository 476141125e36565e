package dev.beckon.telegram;

/** A way to speak with Telegram: TDLib in production, the simulator's in-process engine in fast tests. */
public interface TelegramEngine {
    /**
     * Opens the session kept in {@link SessionOptions#directory()}, or starts a new one there. Returns at once; {@link
     * TelegramSession#awaitLogin} tells when it can be used.
     */
    TelegramSession open(SessionOptions options);
}
