/** What a team does with its accounts, parsers and schedules by kubectl, with the released workers and real TDLib, judged by what Telegram saw. */
package dev.beckon.demo.endtoend;
