/** What {@code /health} tells: whether the gateway lives, and what it can't reach just now. */
package dev.beckon.gateway.health;
