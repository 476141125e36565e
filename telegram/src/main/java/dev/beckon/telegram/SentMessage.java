package dev.beckon.telegram;

import java.time.Instant;

/** A message that Telegram took. */
public record SentMessage(long chatId, long messageId, Instant at) {}
