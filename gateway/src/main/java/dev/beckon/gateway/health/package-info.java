/** What {@code /health} tells: whether the gateway lives, whether it knows its doors, and what it can't reach just now. */
package dev.beckon.gateway.health;
