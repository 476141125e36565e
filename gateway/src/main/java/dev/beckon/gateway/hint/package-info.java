/** Tells the operator over Redis that somebody came, so that a campaign's worker is up within seconds. */
package dev.beckon.gateway.hint;
