/**
 * The engine over TDLib, Telegram's own client library, by its C interface {@code td_json_client} and the JDK's Foreign
 * Function API. A distribution's library, or TDLight's native build, exports the same
 * functions and is found by its path; what is tested is TDLib 1.8.67.
 *
 * <p>TDLib ends the whole process when one of its inner checks fails, and when the process ends while a client is open: a
 * worker keeps one account a process, and closes its session before it leaves.
 */
package dev.beckon.telegram.tdlib;
