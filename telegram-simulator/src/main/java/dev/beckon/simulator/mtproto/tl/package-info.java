/**
 * TL, the binary language of MTProto: a schema read from its text, objects as named fields, and a codec that refuses
 * whatever the schema does not allow. Nothing here knows what a constructor means.
 */
package dev.beckon.simulator.mtproto.tl;
