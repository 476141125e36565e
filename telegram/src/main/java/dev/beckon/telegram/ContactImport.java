package dev.beckon.telegram;

/**
 * Somebody who is a contact of the account since their number was imported.
 *
 * @param before whether they were one before that call: the account's owner has them without this number, or in another spelling
 */
public record ContactImport(TelegramUser user, boolean before) {}
