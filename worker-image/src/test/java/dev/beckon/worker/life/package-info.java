/** Random lives of campaigns: settings, answers of Telegram, kills and restarts, judged by the world's truth. */
package dev.beckon.worker.life;
