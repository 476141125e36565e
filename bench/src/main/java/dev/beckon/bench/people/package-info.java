/** What a worker does, against a script on Telethon on the same data centre; judged by what the data centre saw. */
package dev.beckon.bench.people;
