/** How many events a gateway keeps, and how long each caller waits. */
package dev.beckon.bench.webhook;
