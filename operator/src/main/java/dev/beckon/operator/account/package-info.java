/**
 * {@code TelegramAccount}: a login Job when a login is needed, and a status that tells whether campaigns can use the account.
 * {@link dev.beckon.operator.account.AccountReconciler} reads observe, plan, act, tell.
 */
package dev.beckon.operator.account;
