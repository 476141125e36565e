/**
 * The port to Telegram: what a worker may ask of it, in the field's own terms, and the mapping of Telegram's answers to
 * outcomes. Engines live in sub-packages; callers know only {@link dev.beckon.telegram.TelegramEngine} and {@link
 * dev.beckon.telegram.TelegramSession}.
 */
package dev.beckon.telegram;
