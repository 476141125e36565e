/**
 * The demo's environment as suites through kubectl use it: started once for all of them, each with people and chats of its own in one world,
 * and judged by what Telegram saw.
 */
package dev.beckon.demo.stage;
