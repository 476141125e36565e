/** How a caller is refused: a status and one sentence, as RFC 9457 has it. */
package dev.beckon.gateway.problem;
