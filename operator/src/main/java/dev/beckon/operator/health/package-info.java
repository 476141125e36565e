/** What {@code /health} tells: whether the operator lives, and what it can't reach just now. */
package dev.beckon.operator.health;
