/**
 * What every kind of run shares that works with an account's session: taking the account and giving it back
 * ({@link dev.beckon.worker.run.AccountTurn}), what is held meanwhile ({@link dev.beckon.worker.run.OpenAccount}), waits with an ear
 * for wishes ({@link dev.beckon.worker.run.Waits}), and what a refusal of Telegram means for the run
 * ({@link dev.beckon.worker.run.AccountTrouble}, {@link dev.beckon.worker.run.Consequences}).
 */
package dev.beckon.worker.run;
