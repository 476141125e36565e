/**
 * Looks for people and secrets where they must not be. The end-to-end runs and the tests of operator and worker say what must not be found
 * ({@link dev.beckon.leakscan.Needles}, {@link dev.beckon.leakscan.SecretBytes}) and where to look
 * ({@link dev.beckon.leakscan.Haystack}).
 */
package dev.beckon.leakscan;
