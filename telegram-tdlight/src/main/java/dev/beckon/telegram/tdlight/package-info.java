/**
 * The engine over tdlight-java instead of {@code td_json_client}: requests and answers pass its typed API, which is the same
 * schema compiled to classes. Sessions, errors and everything else are {@link dev.beckon.telegram.tdlib}'s. Built by the Maven
 * profile {@code tdlight} alone, for its artifacts are not on Maven Central; no worker uses it.
 */
package dev.beckon.telegram.tdlight;
