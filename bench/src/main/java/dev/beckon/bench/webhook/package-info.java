/** How many events a gateway keeps, how long each caller waits, and how soon their people are called. */
package dev.beckon.bench.webhook;
