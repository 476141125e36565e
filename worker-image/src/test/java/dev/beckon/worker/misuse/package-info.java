/**
 * Ways in which a user of Beckon would try to make it spam, and what came of each at Telegram: nothing that the rules forbid, and
 * a reason in the log. What the API server refuses already is tried with the custom resources.
 */
package dev.beckon.worker.misuse;
