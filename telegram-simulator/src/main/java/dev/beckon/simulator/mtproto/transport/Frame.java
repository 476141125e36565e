package dev.beckon.simulator.mtproto.transport;

/** A transport's payload, and whether the client asks for a quick acknowledgement of it. */
@SuppressWarnings("ArrayRecordComponent") // Bytes of the protocol: made once, read, never compared.
public record Frame(byte[] payload, boolean quickAck) {}
