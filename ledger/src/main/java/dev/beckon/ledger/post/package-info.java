/**
 * Posts as people write them: what a text is without its markup, which picture belongs to it, and what Telegram would not take.
 * Pure. A worker reads by these rules what it is about to publish, the operator what was just written, so that both say the same of
 * the same post; neither may hold a copy.
 */
package dev.beckon.ledger.post;
