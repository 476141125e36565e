package dev.beckon.ledger.content;

import java.time.Instant;

/**
 * An intent: a run's post is about to be sent to a chat, or was when its worker died.
 *
 * @param runStartedAt the beginning of its run, whose deadline counts from there
 * @param plain whether it is sent without formatting, which Telegram refused
 * @param refused Telegram refused it, see {@link Publications#refused}
 */
public record Publication(
        long id,
        long runId,
        String scheduleUid,
        Instant runStartedAt,
        TakenPost post,
        long chatId,
        boolean plain,
        Instant openedAt,
        boolean refused) {}
