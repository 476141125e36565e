/**
 * What is looked at after a run: whether Telegram, the ledger and every status tell the same of each person, and whether
 * anything that identifies a person, or any secret, stands where it must not.
 */
package dev.beckon.demo.proof;
